"""Finds when the published site next changes by itself, and what fell due since a moment: ./inv due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from broadside.desk.options import Options, since_of
from broadside.desk.reading import sound
from broadside.plugins.content.content import Content, ReadOptions
from broadside.plugins.content.hours import hours, new_years
from broadside.plugins.dates import to_the_minute
from broadside.plugins.due import Due
from broadside.plugins.front_page.arrange import EACH, NEWEST
from broadside.plugins.front_page.turns import turns
from broadside.plugins.sitemaps.recent import leavings

NOTHING = 3
"""The exit code if nothing fell due since the moment that was asked about."""


class Calendar(Struct, frozen=True):
    """What is due next, all at one moment, and what fell due after `since` until `now`; both are None if --since was not given."""

    now: datetime
    next: list[Due]
    since: datetime | None = None
    fell: list[Due] | None = None

    @property
    def exit_code(self) -> int:
        """NOTHING if nothing fell due since then; 0 if something did, or if --since was not given."""
        return NOTHING if self.fell == [] else 0

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def due(options: Options, since: str = "") -> Calendar:
    """The calendar at the stated clock, from the content alone; `since` is ISO 8601, such as the last publish.

    Raises FaultsFound if the content has errors: what cannot be built does not change by itself.
    """
    content, reading, settings = sound(options)
    return calendar_of(content, reading, settings, options, since)


def calendar_of(
    content: Content, reading: ReadOptions, settings: dict[str, Any], options: Options, since: str = ""
) -> Calendar:
    """The calendar for content that has been read already and has no errors."""
    begin = since_of(since, reading.rules.zone)
    after = min(begin or reading.now, reading.now)
    found = [replace(each, path=_place(each, options)) for each in moments(content, reading, settings, after)]
    coming = [each for each in found if each.moment > reading.now]
    fell = None if begin is None else [each for each in found if each.moment <= reading.now]
    return Calendar(reading.now, [each for each in coming if each.moment == coming[0].moment], begin, fell)


def moments(content: Content, reading: ReadOptions, settings: dict[str, Any], after: datetime) -> list[Due]:
    """All moments after `after` at which the site changes, in order, from every plugin that looks at the clock."""
    sizes = settings.get("FRONT_NEWEST", NEWEST), settings.get("FRONT_EACH", EACH)
    rooms: tuple[Iterable[Due], ...] = (
        hours(content, after),
        new_years(after, reading.now),
        turns(content, reading, after, *sizes),
        leavings(content, after),
    )
    zone = reading.now.tzinfo
    return sorted(
        replace(each, moment=each.moment.astimezone(zone)) for room in rooms for each in room if each.moment > after
    )


def _place(each: Due, options: Options) -> str:
    return options.content_prefix + each.path if each.path else ""


def _lines(calendar: Calendar) -> Iterator[str]:
    if calendar.since is not None:
        fell = calendar.fell or []
        since = f"since {_words(calendar.since)}"
        yield f"Fell due {since}:" if fell else f"Nothing fell due {since}."
        yield from map(_line, fell)
    yield "Next:"
    yield from map(_line, calendar.next)


def _line(each: Due) -> str:
    return f"  {_words(each.moment)}: {each.what}" + (f" ({each.path})" if each.path else "")


def _words(moment: datetime) -> str:
    seconds = f":{moment:%S}" if moment.second else ""
    return f"{to_the_minute(moment)}{seconds}"
