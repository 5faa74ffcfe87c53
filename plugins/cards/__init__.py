"""Draws a card for each story: the picture that people see with a shared link to it.

Settings: CARDS (False, True, or the first day whose stories get one, as "2025-01-01"), CARD_FONTS (a folder of fonts
to try before our own), SITENAME, THEME and OUTLET_THEME (which have the mark, icons/mark.png), PHOTO_STORE, CACHE_PATH, JOBS.
Signals used: article_generator_finalized, article_writer_finalized. Needs newsroom and photos, whose store keeps the
cards between builds. Adds card to articles that readers may see, not to drafts and held stories.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.assets.bundle import icon
from broadside.plugins.cards.frame import Frame
from broadside.plugins.cards.values import Card, Words, alt_of, picture, words_of
from broadside.plugins.dates import moment_of
from broadside.plugins.faults import Fault, count
from broadside.plugins.fingerprint import digest
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.newsroom.records import Record
from broadside.plugins.photos import fill_store, finished, store_of
from broadside.plugins.photos.store import missing
from broadside.plugins.photos.values import Derivative, Original
from broadside.plugins.press import Press

if TYPE_CHECKING:  # it imports the process pool, which most builds do not need
    from broadside.plugins.photos.darkroom import Job

log = logging.getLogger("broadside")

Order = tuple[Derivative, Record[StoryData], Words, Original | None]
"""A card to be made: its file, its story, its words, and the photo on it."""
KEYS = {"headline": "title", "kicker": "sections", "byline": "authors", "credit": "credit"}
"""Words on a card -> the front matter key that has them."""


def plan_cards(generator: ArticlesGenerator) -> None:
    """Give each story its card, by name; it is drawn together with the pictures."""
    settings, context = generator.settings, generator.context
    context["cards"] = orders = dict[str, Order]()
    if not settings.get("CARDS"):
        return
    folder = settings.get("CARD_FONTS")
    context["card_frame"] = frame = Frame.of(
        Path(folder) if folder else None, icon("mark.png", Path(settings["THEME"]), Path(settings["OUTLET_THEME"]))
    )
    written = settings["CARDS"]
    since = None if written is True else moment_of(str(written), context["desk"].rules.zone)
    originals = context["newsroom"].originals
    for story in [*generator.articles, *generator.hidden_articles]:
        if story.desk_status not in ("published", "hidden") or (since and story.date < since):
            continue
        words, path = words_of(story, settings["SITENAME"]), story.record.data.photo
        photo = originals[path] if path else None
        file = picture(words, photo, frame)
        orders[file.name] = (file, story.record, words, photo)
        story.card = Card(file.name, file.width, file.height, alt_of(story, words))
        story.whole = digest(story.whole, repr(story.card))


def write_cards(generator: ArticlesGenerator, writer: Press) -> None:
    """Draw the cards that are missing from the store, and add all."""
    settings, orders = generator.settings, generator.context["cards"]
    if not orders:
        return
    frame, root = generator.context["card_frame"], Path(settings["PATH"])
    lacking = missing([file for file, *_ in orders.values()], store_of(settings))
    if lacking:
        log.info("Drawing %s; later builds find what is drawn.", count(len(lacking), "card"))
        generator.context["newsroom"].faults += _draw([orders[file.name] for file in lacking], frame, settings)
    for name in sorted(orders):
        writer.add_file(name, name, partial(finished, name, partial(_job, orders[name], frame, root), settings))


def _draw(orders: list[Order], frame: Frame, settings: dict[str, Any]) -> list[Fault]:
    """Draw cards into the store; the faults name the words that could not be set."""
    from broadside.plugins.cards.draw import unset  # imports Pillow, which a build without new cards does not need

    fill_store([_job(order, frame, Path(settings["PATH"])) for order in orders], settings)
    says = "no font has all letters of the {}, so its card leaves it out"
    hint = "name a folder with a font that has them in the setting CARD_FONTS"
    return [
        record.fault(KEYS[what], "card-font", says.format(what), hint, "warning")
        for _, record, words, _ in orders
        for what in unset(words, frame)
    ]


def _job(order: Order, frame: Frame, root: Path) -> Job:
    from broadside.plugins.cards.job import CardJob

    file, record, words, photo = order
    return CardJob(root / (record.data.photo or record.path), (file,), words, photo, frame)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(plan_cards)
    signals.article_writer_finalized.connect(write_cards)
