"""The front page: the editor's slots first, then the newest, then section by section; no story twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from plugins.front_matter.data import SlotData
from plugins.newsroom.lists import Entry, is_over
from plugins.newsroom.terms import Filed, Section, is_short
from plugins.vocabulary import FRONT_SLOTS

NEWEST, EACH = 8, 4
"""How many stories the automatic list has, and how many each section, where the settings do not say."""


class Placed(Filed, Protocol):
    """What the front page asks of a story."""

    @property
    def slug(self) -> str:
        """By which an editor picks it."""

    @property
    def url(self) -> str:
        """By which it is told from others."""


class Slot(Struct, frozen=True):
    """A place on the front page and the story in it."""

    name: str
    article: Placed


class Front(Struct, frozen=True):
    """What the front page shows, from top to bottom."""

    slots: list[Slot]
    articles: list[Placed]
    by_section: list[tuple[Section, list[Placed]]]


def arrange(
    wanted: Mapping[str, str],
    oldest_first: Sequence[Placed],
    sections: Sequence[Section],
    newest: int = NEWEST,
    each: int = EACH,
) -> Front:
    """The front page with the wanted stories in its slots; one that is not published gives way to the newest."""
    newest_first = oldest_first[::-1]

    def queue() -> Iterator[Placed]:  # of which a few are looked at, and not the whole archive
        return (story for story in newest_first if not is_short(story))

    slots = _slots(wanted, oldest_first, queue())
    shown = {slot.article.url for slot in slots}
    articles = _take(queue(), newest, shown)
    by_section = []
    for section in sections:
        if section.rail:
            continue
        of_section = (story for story in newest_first if any(other.url == section.url for other in story.sections))
        stories = _take(of_section, each, shown)
        if stories:
            by_section.append((section, stories))
    return Front(slots, articles, by_section)


def _slots(wanted: Mapping[str, str], oldest_first: Sequence[Placed], queue: Iterator[Placed]) -> list[Slot]:
    named = set(wanted.values())
    by_slug = {story.slug: story for story in oldest_first if story.slug in named}
    shown = {by_slug[slug].url for slug in wanted.values() if slug in by_slug}
    slots: list[Slot] = []
    for name in dict.fromkeys((*FRONT_SLOTS, *wanted)):
        story = by_slug.get(wanted.get(name, ""))
        if story is None or any(story is slot.article for slot in slots):  # it may be wanted in two
            story = next((story for story in queue if story.url not in shown), None)
        if story is not None:
            slots.append(Slot(name, story))
    return slots


def current(entries: Iterable[Entry[SlotData]], now: datetime) -> dict[str, str]:
    """Slot -> story slug of the entries whose time is not over, the first of a slot first."""
    wanted: dict[str, str] = {}
    for entry in entries:
        if not is_over(entry, now):
            wanted.setdefault(entry.data.slot, entry.data.story)
    return wanted


def _take(stories: Iterable[Placed], most: int, shown: set[str]) -> list[Placed]:
    """The first stories that are not shown yet; they count as shown then."""
    taken: list[Placed] = []
    for story in stories:
        if len(taken) == most:
            break
        if story.url not in shown:
            shown.add(story.url)
            taken.append(story)
    return taken
