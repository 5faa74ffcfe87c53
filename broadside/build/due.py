"""./inv due: when the published site next changes by itself, and what has fallen due since a given
moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from broadside.build.reading import sound
from broadside.config.options import Options, since_of
from broadside.content.content import Content, ReadOptions, due_hours, new_years
from broadside.content.doors import MOMENTS
from broadside.dates import Due
from broadside.words import ENGLISH

if TYPE_CHECKING:
    from rich.table import Table

NOTHING = 3
"""The exit code if nothing has fallen due since the given moment."""


class Calendar(Struct, frozen=True):
    """What is due next, all at one moment, and what fell due between `since` and `now`; both None
    without --since.
    """

    now: datetime
    next: list[Due]
    since: datetime | None = None
    fell: list[Due] | None = None

    @property
    def exit_code(self) -> int:
        """NOTHING if nothing has fallen due; 0 if something has, or without --since."""
        if self.fell == []:
            return NOTHING
        return 0

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def table(self) -> Table:
        """The calendar as a table for a terminal."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_header=False)
        since = []
        if self.since:
            since = [(f"Fell due since {_words(self.since)}", self.fell or [])]
        for says, dues in (*since, ("Next", self.next)):
            for number, one in enumerate(dues or [None]):
                if one:
                    when, what, path = (_words(one.moment), one.what, one.path)
                else:
                    when, what, path = ("", "nothing", "")
                words = Text(what) + Text(f"\n{path}" if path else "", "dim")
                table.add_row(Text("" if number else says, "bold"), Text(when, "cyan"), words)
        return table


def due(options: Options, since: str = "") -> Calendar:
    """The calendar as of the build's clock, from the content alone; `since` is ISO 8601, such as
    the time of the last publish.

    Raises FaultsFound if the content has errors, because such a site cannot be rebuilt when the
    time comes.
    """
    content, reading, _ = sound(options)
    return calendar_of(content, reading, options, since)


def calendar_of(
    content: Content,
    reading: ReadOptions,
    options: Options,
    since: str = "",
    besides: Collection[str] = (),
) -> Calendar:
    """The calendar of content that was already read and has no errors; `besides` lists kinds of
    moments to leave out.
    """
    begin = since_of(since, reading.rules.zone)
    after = min(begin or reading.now, reading.now)
    dues = [
        replace(one, path=options.content_prefix + one.path) if one.path else one
        for one in moments(content, reading, after)
        if one.kind not in besides
    ]
    coming = [one for one in dues if one.moment > reading.now]
    if begin is None:
        fell = None
    else:
        fell = [one for one in dues if one.moment <= reading.now]
    return Calendar(
        reading.now, [one for one in coming if one.moment == coming[0].moment], begin, fell
    )


def moments(content: Content, reading: ReadOptions, after: datetime) -> list[Due]:
    """All moments after `after` at which the site changes, in order; every plugin that depends on
    the clock adds its own.
    """
    of_plugins = (moments(content, after) for moments in MOMENTS)
    dues = chain(due_hours(content, after), new_years(after, reading.now), *of_plugins)
    return sorted(
        replace(one, moment=one.moment.astimezone(reading.now.tzinfo))
        for one in dues
        if one.moment > after
    )


def _lines(calendar: Calendar) -> Iterator[str]:
    if calendar.since is not None:
        fell = calendar.fell or []
        since = f"since {_words(calendar.since)}"
        yield f"Fell due {since}:" if fell else f"Nothing fell due {since}."
        yield from map(_line, fell)
    yield "Next:"
    yield from map(_line, calendar.next)


def _line(one: Due) -> str:
    return f"  {_words(one.moment)}: {one.what}" + (f" ({one.path})" if one.path else "")


def _words(moment: datetime) -> str:
    seconds = ""
    if moment.second:
        seconds = f":{moment:%S}"
    return f"{ENGLISH.to_the_minute(moment)}{seconds}"
