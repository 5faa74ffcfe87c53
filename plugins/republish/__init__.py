"""Offers each story to other outlets: a page with its HTML and text, ready to copy.

Adds republish_url to articles that may be republished: published ones without `republish: no` that
are not copies themselves. Adds the filter copy, which makes the copy of a story. The template
republish is at …/republish/ below each; no list, feed or sitemap names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any, cast

from markupsafe import Markup
from msgspec import Struct

from broadside.content.terms import Author, signed
from broadside.markdown.bare import clean, plain
from broadside.markdown.body import fill
from broadside.media.chart_drawing import as_table
from broadside.media.photos import Photo, credit_line
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.how_made.words import how_made
from broadside.plugins.recordings.audio import Audio
from broadside.plugins.republish.settings import RepublishSettings
from broadside.site.story import Story
from broadside.site.syndication import correction, figure
from broadside.urls import Urls, save_as
from broadside.words import ENGLISH, Catalogs, Language


class Offer(Struct, frozen=True):
    """The terms on which an outlet offers its stories: its name, the licence and the licence's
    address.

    `pixel` is the address of a picture that counts readers elsewhere, with {slug} and {url} in it;
    or "".
    """

    outlet: str
    license: str
    license_url: str
    pixel: str = ""


class Copy(Struct, frozen=True):
    """A story for others: its HTML and text, and how many photos are left out."""

    html: str
    text: str
    left_out: int


def offer_stories(site: Site) -> None:
    """Give each offered story the address of its republish page."""
    setting = RepublishSettings.of(site.settings).REPUBLISH
    offer = None
    if setting:
        offer = Offer(site.settings.SITENAME, setting.license, setting.license_url, setting.pixel)
    site.filters["copy"] = partial(copy, urls=site.urls, offer=offer, words=site.words)
    if offer is None:
        return
    for story in site.stories:
        if not story.canonical and story.record.data.republish == "yes":
            story.republish_url = site.urls.republish(story.url)


def pages(site: Site) -> Iterator[Page]:
    """The page of each offered story; it depends only on that story."""
    for story in site.stories:
        if story.republish_url:
            yield Page(save_as(story.republish_url), "republish/republish", {"article": story})


def copy(story: Story, urls: Urls, offer: Offer | None, words: Catalogs) -> dict[str, Any]:
    """The HTML and the text of a story for others, escaped for a textarea, and how many photos are
    left out.
    """
    made = copy_of(story, urls, cast("Offer", offer), words.of(story.lang))
    return {
        "html": _in_a_field(made.html),
        "text": _in_a_field(made.text),
        "left_out": made.left_out,
    }


def _in_a_field(text: str) -> Markup:
    """A text escaped for a textarea, where quotes need no escape."""
    return Markup(escape(text, quote=False))


def copy_of(story: Story, urls: Urls, offer: Offer, words: Language = ENGLISH) -> Copy:
    """The copy of a story, with its byline, its corrections and its source; every link in it is
    absolute.

    `words` are those of its language.
    """
    photos = [
        *([story.photo] if story.photo else []),
        *(photo for photo in story.inline_photos if photo.src),
    ]
    parts = [
        f"<h1>{escape(story.title, quote=False)}</h1>",
        (
            f"<p><em>{escape(story.dek, quote=False)}</em></p>"
            if story.dek and not story.dek_repeats
            else ""
        ),
        _byline(story, urls, words),
        _figure(story.photo, urls) if story.photo else "",
        _audio(story.audio, urls, words) if story.audio else "",
        _body(story, urls, words),
        *(correction(each, words) for each in story.corrections),
        how_made(story, words),
        _source(story, urls, offer, words),
    ]
    inner = "\n".join(part for part in parts if part)
    pixel = _pixel(story, urls, offer)
    html = f'<article lang="{story.lang}" dir="{story.dir}">\n{inner}{pixel}\n</article>\n'
    return Copy(html, plain(inner), sum(not photo.redistribute for photo in photos))


def _body(story: Story, urls: Urls, words: Language) -> str:
    def gallery(numbers: list[int], _: str) -> str | None:
        if any(story.inline_photos[number].redistribute for number in numbers):
            return None
        return ""

    html = fill(
        story.record.body.html,
        f"{story.slug}-",
        lambda number: urls.host + story.inner_links[number],
        lambda number: _figure(story.inline_photos[number], urls),
        lambda number: as_table(story.inline_charts[number], words),
        gallery=gallery,
        film=lambda number: _figure(story.films[number].still, urls),
        files=story.file_notes,
    )
    return clean(html).strip()


def _byline(story: Story, urls: Urls, words: Language) -> str:
    def linked(author: Author) -> str:
        name = escape(author.name)
        return Markup(f'<a href="{urls.absolute(author.url)}">{name}</a>' if author.url else name)

    names = Markup(" · ").join(signed(story.byline, words, linked))
    if names:
        return f"<p>{names}</p>"
    return ""


def _audio(audio: Audio, urls: Urls, words: Language) -> str:
    """The link to a story's recording."""
    link = f'<a href="{urls.absolute(audio.file.url)}">{words.gettext("Listen to this story")}</a>'
    return f"<p>{link} ({audio.file.note.both})</p>"


def _figure(photo: Photo, urls: Urls) -> str:
    """A photo with its credit; "" if the outlet may not pass it on."""
    if photo.redistribute:
        return figure(photo, credit_line(photo).words, urls)
    return ""


def _source(story: Story, urls: Urls, offer: Offer, words: Language) -> str:
    url = urls.absolute(story.url)
    said = words.gettext(
        "This story was first published by %(outlet)s on %(date)s, at %(address)s, and is"
        " republished under %(license)s.",
        outlet=Markup(f'<a href="{urls.site}/">{escape(offer.outlet)}</a>'),
        date=words.long_date(story.date),
        address=Markup(f'<a href="{url}">{url}</a>'),
        license=Markup(f'<a href="{escape(offer.license_url)}">{escape(offer.license)}</a>'),
    )
    return f"<p>{said}</p>"


def _pixel(story: Story, urls: Urls, offer: Offer) -> str:
    if not offer.pixel:
        return ""
    address = offer.pixel.replace("{slug}", story.slug).replace("{url}", urls.absolute(story.url))
    return f'\n<img src="{escape(address)}" alt="" width="1" height="1">'


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[offer_stories], pages=[pages]))
