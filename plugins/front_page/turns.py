"""Finds out when the front page changes because a slot's time is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from broadside.plugins.content import lists
from broadside.plugins.content.content import Content, ReadOptions
from broadside.plugins.content.terms import Section, Translation
from broadside.plugins.due import Due
from broadside.plugins.faults import quoted
from broadside.plugins.front_page.arrange import Front, arrange, current

BLINK = timedelta(microseconds=1)
"""The shortest time that a clock can show."""


class Story(Struct, frozen=True):
    """The attributes of a story that are needed to arrange a front page."""

    slug: str
    url: str
    date: datetime
    sections: tuple[Section, ...]
    languages: list[Translation]


def turns(content: Content, reading: ReadOptions, after: datetime, newest: int, each: int) -> Iterator[Due]:
    """The ends of slots' times after a moment, except those that do not change what the page shows."""
    entries = content.lists.front_page
    ends = {datetime.fromisoformat(entry.data.until): entry for entry in entries if entry.data.until}
    if not any(end > after for end in ends):
        return
    sections = lists.sections(content.lists.sections, reading.urls)
    stories = _stories(content, reading, sections)

    def front(clock: datetime, out: list[Story]) -> Front:
        return arrange(current(entries, clock), out, list(sections.values()), newest, each, reading.lang)

    for end, entry in ends.items():
        out = [story for story in stories if story.date <= end]
        if end > after and front(end - BLINK, out) != front(end, out):
            what = f"{quoted(entry.data.story)} leaves the front page's slot {quoted(entry.data.slot)}"
            yield Due(end, "slot", "front_page.yml", what)


def _stories(content: Content, reading: ReadOptions, sections: dict[str, Section]) -> list[Story]:
    """All stories that readers see now or later, oldest first."""
    found = [
        Story(
            record.slug,
            reading.urls.story(record.date, record.slug),
            record.date,
            tuple(sections[name] for name in record.data.sections),
            content.languages.get(record.path, []),
        )
        for record in content.stories
        if record.date and record.data.status == "published"
    ]
    return sorted(found, key=lambda story: (story.date, story.slug))
