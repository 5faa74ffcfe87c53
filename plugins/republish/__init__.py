"""Offers each story to other outlets: a page with its HTML and text, ready to copy.

Settings: REPUBLISH (license, license_url, rules, and optionally pixel; None offers nothing), SITENAME, SITEURL.
Adds republish_url to articles that may be republished: those that are published, do not say `republish: no`, and are not
copies themselves; and the filter copy, which makes the copy of a story. The template republish is at …/republish/ below each; no
list, feed or sitemap names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any, cast

from markupsafe import Markup

from broadside.plugins.republish.copy import Offer, copy_of
from broadside.site import Site, signals
from broadside.site.page import Page
from broadside.site.story import Story
from broadside.urls import Urls, save_as
from broadside.words import Catalogs


def offer_stories(site: Site) -> None:
    """Give each story that is offered the address of its republish page."""
    setting = site.settings.get("REPUBLISH")
    offer = Offer.of(site.settings["SITENAME"], setting) if setting else None
    site.filters["copy"] = partial(copy, urls=site.urls, offer=offer, words=site.words)
    if offer is None:
        return
    for story in site.stories:
        if not story.canonical and story.record.data.republish == "yes":
            story.republish_url = site.urls.republish(story.url)


def pages(site: Site) -> Iterator[Page]:
    """The page of each story that is offered; it depends only on that story."""
    for story in site.stories:
        if story.republish_url:
            yield Page(save_as(story.republish_url), "republish", {"article": story})


def copy(story: Story, urls: Urls, offer: Offer | None, words: Catalogs) -> dict[str, Any]:
    """The HTML and the text of a story for others, escaped for a textarea, and how many photos are left out."""
    made = copy_of(story, urls, cast("Offer", offer), words.of(story.lang))
    return {"html": _in_a_field(made.html), "text": _in_a_field(made.text), "left_out": made.left_out}


def _in_a_field(text: str) -> Markup:
    """A text escaped for a textarea, where quotes need no escape."""
    return Markup(escape(text, quote=False))


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(offer_stories)
    signals.pages.connect(pages)
