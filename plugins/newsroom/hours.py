"""When what is held comes out, and when the year in the foot of every page changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plugins.due import Due
from plugins.faults import quoted
from plugins.newsroom.room import Newsroom

COMES = {
    "published": "comes out",
    "hidden": "comes out for those who have its address",
    "withdrawn": "is shown as withdrawn",
}


def hours(newsroom: Newsroom, after: datetime) -> Iterator[Due]:
    """The hours after a moment of all stories, plain pages and round-ups that are no drafts."""
    for record in newsroom.written:
        data, date = record.data, record.date
        if date and date > after and data.status in COMES:
            yield Due(date, data.kind, record.path, f"{quoted(data.title)} {COMES[data.status]}")


def new_years(after: datetime, now: datetime) -> Iterator[Due]:
    """Each New Year after a moment, as far as the one after `now`; all pages bear the year, in the zone of `now`."""
    for year in range(after.year, now.year + 2):
        yield Due(datetime(year, 1, 1, tzinfo=now.tzinfo), "year", "", f"every page bears the year {year}")
