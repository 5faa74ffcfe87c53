"""The front page: the editor's slots first, then the newest, then section by section; no story twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plugins.newsroom.lists import Entry
from plugins.newsroom.terms import Section

AUTOMATIC = ("lead", "second", "third")
"""Slots that are filled with the newest stories where the editor names none."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the front page and the story in it."""

    name: str
    article: Any


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows, from top to bottom."""

    slots: list[Slot]
    articles: list[Any]
    by_section: list[tuple[Section, list[Any]]]


def arrange(entries: Iterable[Entry], oldest_first: Sequence[Any], sections: Sequence[Section], now: datetime, newest: int = 8, each: int = 4) -> Front:
    """The front page at a moment: a slot whose time is over, or whose story is not published, falls back to the newest story."""
    wanted = current(entries, now)
    by_slug = {story.slug: story for story in oldest_first}
    short = {section.url for section in sections if section.rail}
    queue = [story for story in reversed(oldest_first) if not (story.sections and story.sections[0].url in short)]
    shown = {wanted[name] for name in wanted if wanted[name] in by_slug}
    slots: list[Slot] = []
    for name in list(dict.fromkeys((*AUTOMATIC, *wanted))):
        story = by_slug.get(wanted.get(name, "")) or next((each for each in queue if each.slug not in shown), None)
        if story is not None and all(story is not slot.article for slot in slots):
            shown.add(story.slug)
            slots.append(Slot(name, story))
    articles = _take(queue, newest, shown)
    by_section = []
    for section in sections:
        of_section = [story for story in reversed(oldest_first) if any(s.url == section.url for s in story.sections)] if not section.rail else []
        stories = _take(of_section, each, shown)
        if stories:
            by_section.append((section, stories))
    return Front(slots, articles, by_section)


def current(entries: Iterable[Entry], now: datetime) -> dict[str, str]:
    """Slot -> story slug of the entries whose time is not over, the first of a slot first."""
    wanted: dict[str, str] = {}
    for entry in entries:
        until = entry.data["until"]
        if not until or datetime.fromisoformat(until) > now:
            wanted.setdefault(entry.data["slot"], entry.data["story"])
    return wanted


def _take(stories: Iterable[Any], most: int, shown: set[str]) -> list[Any]:
    """The first stories that are not shown yet; they count as shown then."""
    taken = []
    for story in stories:
        if len(taken) == most:
            break
        if story.slug not in shown:
            shown.add(story.slug)
            taken.append(story)
    return taken
