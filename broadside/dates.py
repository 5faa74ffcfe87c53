"""The moment that counts as now in a build, the moments at which the site changes by itself, and
dates for machines.

words.py has the dates that people read. None depends on the machine's locale.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

YEARS = range(1000, 9001)
"""The years that a moment may be in; weeks and years can be added to them and subtracted in every
time zone.
"""


class Due(Struct, frozen=True, order=True):
    """A moment at which the published site changes by itself, because time passes.

    Each module that depends on the clock has its own; broadside/build/due.py collects them. The
    meaning is always the same: before the moment the site is the old one, and from then on the new
    one.

    `kind` is story, page, slot, news or year, or one of a plugin. `path` is the source
    below the content folder, or ""; `what` says in words what happens.
    """

    moment: datetime
    kind: str
    path: str
    what: str


def now_of(stated: object, zone: tzinfo) -> datetime:
    """The moment that counts as now, in the site's zone: the stated one, else SOURCE_DATE_EPOCH,
    else the current one.

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


def is_stated(stated: object) -> bool:
    """Whether somebody said which moment counts as now, so that it is not this machine's clock."""
    return bool(stated or os.environ.get("SOURCE_DATE_EPOCH"))


def moment_of(written: str, zone: tzinfo) -> datetime:
    """Parse a moment in the form that people write; it is returned in the site's zone, whose year
    and hours count.

    Raises ValueError if it is not a moment.
    """
    moment = datetime.fromisoformat(written)
    if moment.year not in YEARS:
        raise ValueError(f"{written} is too near to where years begin or end")
    if moment.tzinfo:
        return moment.astimezone(zone)
    return moment.replace(tzinfo=zone)


def iso(moment: datetime | str) -> str:
    """ "2026-11-24T09:00:00+01:00"."""
    return as_moment(moment).isoformat()


def day(moment: datetime | str) -> str:
    """ "2026-11-24"; for a date that is printed without its hour."""
    return as_moment(moment).date().isoformat()


def as_typed(date: str) -> str:
    """A date as people write it: without seconds and zone, and at midnight without an hour."""
    return date[: len("2026-11-20T09:00")].removesuffix("T00:00")


def as_moment(moment: datetime | str) -> datetime:
    """A moment that may be given in ISO 8601."""
    if isinstance(moment, str):
        return datetime.fromisoformat(moment)
    return moment


DATES = {"day": day, "iso": iso}
"""The filters for dates that machines read, by name; those for readers are in words.py."""
