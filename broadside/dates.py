"""The moment that counts as now in a build, those at which the site changes by itself, and dates for machines and, in English, for
those who work on the site.

words.py has the dates that readers see. None depends on the machine's locale.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
YEARS = range(1000, 9001)
"""Years that a moment may have, so that weeks and years can be added and subtracted in every zone."""


class Due(Struct, frozen=True, order=True):
    """A moment at which the published site changes by itself, because the clock moves on.

    Each module that looks at the clock gives its own moments; broadside/build/due.py collects them. They all mean the same: up to
    the moment the site is the old one, and from then on the new one.

    `kind` is story, page, roundup, slot, campaign, news or year. `path` is the source below the content folder, "" if there is none;
    `what` says in words what happens.
    """

    moment: datetime
    kind: str
    path: str
    what: str


def now_of(stated: object, zone: tzinfo) -> datetime:
    """The moment that counts as now, in the site's zone: the stated one, else SOURCE_DATE_EPOCH, else the current one.

    A moment of only digits counts the seconds since 1970. Raises ValueError if it is not a moment.
    """
    stated = stated or os.environ.get("SOURCE_DATE_EPOCH")
    if not stated:
        return datetime.now(zone)
    if not str(stated).isdigit():
        return moment_of(str(stated), zone)
    try:
        return moment_of(datetime.fromtimestamp(int(str(stated)), UTC).isoformat(), zone)
    except (OverflowError, OSError):
        raise ValueError(f"{stated} seconds are more than the calendar has") from None


def moment_of(written: str, zone: tzinfo) -> datetime:
    """A moment from the form that people write, in the site's zone, whose year and hours are the ones that count.

    Raises ValueError if it is not a moment.
    """
    moment = datetime.fromisoformat(written)
    if moment.year not in YEARS:
        raise ValueError(f"{written} is too near to where years begin or end")
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def long_date(moment: datetime | str) -> str:
    """ "24 November 2026"."""
    day = as_moment(moment)
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def clock(moment: datetime | str) -> str:
    """ "09:00"."""
    return f"{as_moment(moment):%H:%M}"


def date_and_hour(moment: datetime | str) -> str:
    """ "24 November 2026, 09:00"; at midnight the day alone, because then nobody wrote an hour."""
    date = as_moment(moment)
    return to_the_minute(date) if date.hour or date.minute else long_date(date)


def to_the_minute(moment: datetime | str) -> str:
    """ "24 November 2026, 09:00"."""
    return f"{long_date(moment)}, {clock(moment)}"


def iso(moment: datetime | str) -> str:
    """ "2026-11-24T09:00:00+01:00"."""
    return as_moment(moment).isoformat()


def day(moment: datetime | str) -> str:
    """ "2026-11-24"; for a date that is printed without its hour."""
    return as_moment(moment).date().isoformat()


def as_moment(moment: datetime | str) -> datetime:
    """A moment that may be in its form for machines."""
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


DATES = {"day": day, "iso": iso}
"""The filters for dates that machines read, by name; those for readers are in words.py."""
