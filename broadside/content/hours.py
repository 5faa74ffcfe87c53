"""When what is held comes out, and when the year in the foot of every page changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from broadside.content.content import Content
from broadside.dates import Due
from broadside.faults import quoted

COMES = {
    "published": "comes out",
    "hidden": "comes out for those who have its address",
    "withdrawn": "is shown as withdrawn",
}


def hours(content: Content, after: datetime) -> Iterator[Due]:
    """When stories, plain pages and round-ups that are not drafts come out, after a moment."""
    for record in content.written:
        data, date = record.data, record.date
        if date and date > after and data.status in COMES:
            yield Due(date, data.kind, record.path, f"{quoted(data.title)} {COMES[data.status]}")


def new_years(after: datetime, now: datetime) -> Iterator[Due]:
    """Each New Year after a moment, up to the one after `now`, in the zone of `now`: all pages show the year."""
    for year in range(after.year, now.year + 2):
        yield Due(datetime(year, 1, 1, tzinfo=now.tzinfo), "year", "", f"every page bears the year {year}")
