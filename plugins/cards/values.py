"""The values for a card, from the words on it to what a template prints."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from broadside.content.records import Record
from broadside.content.terms import Series
from broadside.front_matter.data import SeriesData, StoryData
from broadside.markdown.typography import is_rtl
from broadside.media.derivatives import cut_at
from broadside.media.photos import Derivative, Focus, Original, Photo, credit_line
from broadside.plugins.cards.design import Design
from broadside.site.story import Story

WIDTH, HEIGHT = 1200, 630
"""Pixels: the size recommended for Open Graph."""
MOST_BYTES = 120_000
TOP = 1 / 3
"""How much of what is cut off a photo is cut at the top, if nobody named a point: subjects are above the middle."""
NO_BREAK = "\u00a0"
VERSION = 1
"""Raise it when draw.py changes the look of cards: every card then gets a new address."""


class Words(Struct, frozen=True):
    """The texts on a card, as plain text; `rtl` is the direction of the story's language, `lang` its tag."""

    headline: str
    kicker: str
    byline: str
    credit: str
    outlet: str
    lang: str
    rtl: bool


class Drawing(Struct, frozen=True):
    """How a card is drawn: its file, its story or series, the words and the photo on it, and the fonts and the mark."""

    file: Derivative
    story: Record[StoryData] | Record[SeriesData]
    words: Words
    photo: Original | None
    design: Design


def words_of(story: Story, outlet: str) -> Words:
    """The words on a story's card."""
    names = [(line.role, line.author.name.replace(" ", NO_BREAK)) for line in story.byline]
    writers = [name for role, name in names if not role]
    others = [f"{role} {name}" for role, name in names if role]
    kicker = [story.story_type.name] if story.story_type else []
    return Words(
        headline=story.title,
        kicker=" | ".join([*kicker, ", ".join(section.name for section in story.sections)]),
        byline=" · ".join([*([", ".join(writers)] if writers else []), *others]),
        credit=credit_line(story.photo).credit if story.photo else "",
        outlet=outlet,
        lang=story.lang,
        rtl=story.dir == "rtl",
    )


def words_of_series(series: Series, label: str, outlet: str, lang: str) -> Words:
    """The words on the card of a series; `label` says what it is."""
    credit = credit_line(series.photo).credit if series.photo else ""
    return Words(series.name, label, series.description, credit, outlet, lang, is_rtl(lang))


def alt_of(photo: Photo | None, words: Words) -> str:
    """The card described for readers who cannot see it."""
    text = f"{words.headline}. {words.byline}, {words.outlet}".replace(NO_BREAK, " ")
    shown = photo.alt if photo and words.credit else ""
    return ". ".join(filter(None, (text, words.kicker, shown)))


def card_file(words: Words, photo: Original | None, design: Design, focus: Focus | None = None) -> Derivative:
    """The file of a card; its name covers all that it shows. A photo is a JPEG; letters alone are smaller as a PNG."""
    point = f" {focus}" if photo and focus else ""
    shown = f"{VERSION} {words!r} {photo.digest if photo else ''} {design.digest}{point}"
    name = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    source = photo.digest if photo else ""
    if photo:
        return Derivative(f"cards/{name}.jpg", WIDTH, HEIGHT, "jpeg", 82, source, cut_at=cut_at(focus, TOP))
    return Derivative(f"cards/{name}.png", WIDTH, HEIGHT, "png", 0, source)
