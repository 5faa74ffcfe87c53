"""Arranges the front page: the editor's slots first, then the newest, then section by section; no story twice, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from broadside.plugins.content.lists import ListEntry, is_over
from broadside.plugins.content.terms import Filed, Section, Translated, is_short, version_for
from broadside.plugins.due import Due
from broadside.plugins.faults import quoted
from broadside.plugins.front_matter.data import SlotData
from broadside.plugins.vocabulary import FRONT_SLOTS

NEWEST, EACH = 8, 4
"""How many stories the automatic list has, and how many each section has, if the settings do not say."""


class FrontStory(Filed, Translated, Protocol):
    """The attributes of a story that the front page needs."""

    @property
    def slug(self) -> str:
        """The slug by which an editor picks it."""


class Slot(Struct, frozen=True):
    """A place on the front page and the story in it."""

    name: str
    article: FrontStory


class Front(Struct, frozen=True):
    """The contents of the front page, from top to bottom."""

    slots: list[Slot]
    articles: list[FrontStory]
    by_section: list[tuple[Section, list[FrontStory]]]


def arrange(  # noqa: PLR0913, PLR0917 -- what is on the page, and how much of it
    wanted: Mapping[str, str],
    oldest_first: Sequence[FrontStory],
    sections: Sequence[Section],
    newest: int = NEWEST,
    per_section: int = EACH,
    lang: str = "",
) -> Front:
    """The front page with the wanted stories in its slots; in place of one that is not published comes the newest.

    Of a story and its translations, the newest are the one in the outlet's language, `lang`, or else the original.
    """
    newest_first = oldest_first[::-1]

    def queue() -> Iterator[FrontStory]:  # only a few are looked at, not the whole archive
        return (story for story in newest_first if not is_short(story) and version_for(story, lang) == story.url)

    slots = _slots(wanted, oldest_first, queue(), lang)
    shown = {version_for(slot.article, lang) for slot in slots}
    articles = _take(queue(), newest, shown)
    by_section = []
    for section in sections:
        if section.rail:
            continue
        of_section = (
            story
            for story in newest_first
            if any(other.url == section.url for other in story.sections) and version_for(story, lang) == story.url
        )
        stories = _take(of_section, per_section, shown)
        if stories:
            by_section.append((section, stories))
    return Front(slots, articles, by_section)


def _slots(
    wanted: Mapping[str, str], oldest_first: Sequence[FrontStory], queue: Iterator[FrontStory], lang: str
) -> list[Slot]:
    named = set(wanted.values())
    by_slug = {story.slug: story for story in oldest_first if story.slug in named}
    shown = {version_for(by_slug[slug], lang) for slug in wanted.values() if slug in by_slug}
    placed: set[str] = set()
    slots: list[Slot] = []
    for name in dict.fromkeys((*FRONT_SLOTS, *wanted)):
        story = by_slug.get(wanted.get(name, ""))
        if story is None or version_for(story, lang) in placed:  # it may be wanted in two slots
            story = next((story for story in queue if story.url not in shown), None)
        if story is not None:
            placed.add(version_for(story, lang))
            slots.append(Slot(name, story))
    return slots


def current(entries: Iterable[ListEntry[SlotData]], now: datetime) -> dict[str, str]:
    """Slot -> story slug, from the entries whose time is not over; of several for one slot, the first."""
    wanted: dict[str, str] = {}
    for entry in entries:
        if not is_over(entry, now):
            wanted.setdefault(entry.data.slot, entry.data.story)
    return wanted


def slot_ends(entries: Iterable[ListEntry[SlotData]], after: datetime) -> Iterator[Due]:
    """The ends of slots' times after a moment, whether or not the page then shows something else."""
    for entry in entries:
        if entry.data.until and (end := datetime.fromisoformat(entry.data.until)) > after:
            what = f"{quoted(entry.data.story)} leaves the front page's slot {quoted(entry.data.slot)}"
            yield Due(end, "slot", "front_page.yml", what)


def _take(stories: Iterable[FrontStory], most: int, shown: set[str]) -> list[FrontStory]:
    """The first stories that are not shown yet, which then count as shown."""
    taken: list[FrontStory] = []
    for story in stories:
        if len(taken) == most:
            break
        if story.url not in shown:
            shown.add(story.url)
            taken.append(story)
    return taken
