"""Offers each story to other outlets: a page with its HTML and text, ready to copy.

Settings: REPUBLISH (license, license_url, rules, and optionally pixel; None offers nothing), SITENAME, SITEURL.
Signals used: article_generator_finalized, article_writer_finalized. Needs newsroom and press.
Adds republish_url to articles that may be republished: those that are published, do not say `republish: no`, and are not
copies themselves. Writes the template republish at …/republish/ below each; no list, feed or sitemap names it.
"""

from __future__ import annotations

from functools import partial
from html import escape

from markupsafe import Markup
from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.fingerprint import digest
from broadside.plugins.newsroom.story import Story
from broadside.plugins.press import Press
from broadside.plugins.press.environment import LazyTemplate
from broadside.plugins.republish.copy import Offer, copy_of
from broadside.plugins.urls import Urls, below, save_as


def offer_stories(generator: ArticlesGenerator) -> None:
    """Give each story that is offered the address of its republish page."""
    if not generator.settings.get("REPUBLISH"):
        return
    for story in generator.articles:
        ours = not story.canonical and story.record.data.republish == "yes"
        if ours and story.desk_status == "published":
            story.republish_url = below(story.url, "republish/")


def write_pages(generator: ArticlesGenerator, writer: Press) -> None:
    """Add the page of each story that is offered; it depends only on that story."""
    settings, context = generator.settings, generator.context
    offered = [story for story in generator.articles if story.republish_url]
    if not offered:
        return
    template, urls = generator.get_template("republish"), context["terms"].urls
    offer, frame = Offer.of(settings["SITENAME"], settings["REPUBLISH"]), writer.frame(context)

    for story in offered[::-1]:
        fingerprint = digest(frame, "republish", story.whole)
        writer.add_file(save_as(story.republish_url), fingerprint, partial(_made, template, story, urls, offer))


def _made(template: LazyTemplate, story: Story, urls: Urls, offer: Offer) -> bytes:
    copy = copy_of(story, urls, offer)
    shown = {"html": _in_a_field(copy.html), "text": _in_a_field(copy.text), "left_out": copy.left_out}
    return str(template.render(article=story, copy=shown)).encode()


def _in_a_field(text: str) -> Markup:
    """A text escaped for a textarea, where quotes need no escape."""
    return Markup(escape(text, quote=False))


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(offer_stories)
    signals.article_writer_finalized.connect(write_pages)
