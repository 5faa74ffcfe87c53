"""Dates as pages print them; not by the locale of the machine, which would change the page."""

from __future__ import annotations

from datetime import datetime

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


def long_date(moment: datetime | str) -> str:
    """ "24 November 2026"."""
    day = _moment(moment)
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def clock(moment: datetime | str) -> str:
    """ "09:00"."""
    return f"{_moment(moment):%H:%M}"


def iso(moment: datetime | str) -> str:
    """ "2026-11-24T09:00:00+01:00"."""
    return _moment(moment).isoformat()


def _moment(moment: datetime | str) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


DATES = {"long_date": long_date, "clock": clock, "iso": iso}
"""The filters that templates use on dates, by name."""
