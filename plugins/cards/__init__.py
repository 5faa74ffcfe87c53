"""Draws a card for each story and each series: the picture that is shown with a shared link to it.

Adds card to articles that readers may see, not to drafts and held stories, and passes the cards of
series to their pages. The store of pictures keeps the cards between builds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from broadside.dates import moment_of
from broadside.faults import count
from broadside.look import colours
from broadside.media.picture_store import missing, store_of
from broadside.plugin import Fault, Page, Plugin, Site, give
from broadside.plugins.assets.bundle import icon
from broadside.plugins.cards.settings import CardsSettings
from broadside.plugins.cards.values import (
    Design,
    Drawing,
    alt_of,
    card_file,
    words_of,
    words_of_series,
)
from broadside.plugins.pictures import fill_store, stored
from broadside.plugins.series.fronts import series_label
from broadside.settings import Settings
from broadside.site.story import Card

if TYPE_CHECKING:  # it imports the process pool, which most builds do not need
    from broadside.media.pictures import Job

log = logging.getLogger("broadside")

KEYS = {"headline": "title", "kicker": "sections", "byline": "authors", "credit": "credit"}
"""Words on a card -> their front matter key."""


def add_cards(site: Site) -> None:
    """Give each story its card, drawing those that are missing from the store."""
    settings, own = site.settings, CardsSettings.of(site.settings)
    if not own.CARDS:
        return
    folder = own.CARD_FONTS
    mark = icon("mark.png", Path(settings.THEME), Path(settings.OUTLET_THEME))
    design = Design.of(Path(folder) if folder else None, mark, colours(settings).dark)
    since = None
    if isinstance(own.CARDS, str):
        since = moment_of(own.CARDS, site.options.rules.zone)
    drawings: dict[str, Drawing] = {}
    for story in site.every_story:
        if story.desk_status not in ("published", "hidden") or (since and story.date < since):
            continue
        words = words_of(story, settings.SITENAME, site.words.of(story.lang))
        credited = story.photo and story.photo.credit
        photo = site.content.originals[story.record.data.photo] if credited else None
        file = card_file(words, photo, design, story.record.data.focus)
        drawings[file.name] = Drawing(file, story.record, words, photo, design)
        story.card = Card(file.name, file.width, file.height, alt_of(story.photo, words))
    for each in site.content.series:
        term = site.terms.series.get(each.slug)
        if term and site.indexes[term.url].listed:
            words = words_of_series(
                term, series_label(term, site.texts), settings.SITENAME, site.options.lang
            )
            photo = (
                site.content.originals[each.data.photo]
                if term.photo and term.photo.credit
                else None
            )
            file = card_file(words, photo, design, each.data.focus)
            drawings[file.name] = Drawing(file, each, words, photo, design)
            site.series_cards[term.url] = Card(
                file.name, file.width, file.height, alt_of(term.photo, words)
            )
    lacking = (
        missing([drawing.file for drawing in drawings.values()], store_of(settings))
        if drawings
        else []
    )
    if lacking:
        log.info("Drawing %s; later builds find what is drawn.", count(len(lacking), "card"))
        site.content.faults += _draw([drawings[file.name] for file in lacking], settings)
    root = Path(settings.PATH)
    site.cards = [
        stored(name, partial(_job, drawings[name], root), settings) for name in sorted(drawings)
    ]


def pages(site: Site) -> Iterator[Page]:
    """All cards."""
    yield from site.cards


def _draw(drawings: list[Drawing], settings: Settings) -> list[Fault]:
    """Draw cards into the store; one warning names the first words without a font, because all have
    the same remedy.
    """
    # It imports Pillow, which a build without new cards does not need.
    from broadside.plugins.cards.draw import without_font

    fill_store([_job(drawing, Path(settings.PATH)) for drawing in drawings], settings)
    lacking = [
        (each.story, what) for each in drawings for what in without_font(each.words, each.design)
    ]
    if not lacking:
        return []
    (story, what), number = lacking[0], len({each.path for each, _ in lacking}) - 1
    message = f"no font has all the letters of the {what}, so its card leaves it out"
    if number:
        message += f"; {count(number, 'other card')} too"
    hint = "name a folder with a font that has them in the setting CARD_FONTS"
    return [story.fault(KEYS[what], "card-font", message, hint, "warning")]


def _job(drawing: Drawing, root: Path) -> Job:
    from broadside.plugins.cards.draw import CardJob

    path = root / (drawing.story.data.photo or drawing.story.path)
    return CardJob(path, (drawing.file,), drawing.words, drawing.photo, drawing.design)


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_cards], pages=[pages]))
