"""The days and hours of front matter, and their meaning if no hour is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, ValidationInfo

from broadside.plugins.dates import moment_of
from broadside.plugins.faults import quoted
from broadside.plugins.front_matter.fields import refuse, text

ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?[ ]?(Z|[+-]\d\d:?\d\d)?)?", re.A)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)


def iso_date(value: Any, info: ValidationInfo) -> str:
    """An ISO 8601 date or date and time as "2026-11-20T09:00:00+01:00", by the site's clock whatever zone was written."""
    written = text(value)
    match = ISO_DATE.fullmatch(written)
    if match is None:
        refuse("date", f"{quoted(written)} is not a date", "write it as 2026-11-20 or 2026-11-20T09:00")
    day, clock, zone = match.groups()
    here = cast("tzinfo", (info.context or {})["zone"])  # handed over by sift()
    try:
        there = moment_of(f"{day}T{clock or '00:00'}{zone or ''}", here)
        if there.time() != time():  # a day without a time stays that day, even if the clock skips its first hour
            # A time within the hour that the clock skips in spring becomes one in the next hour.
            there = there.astimezone(UTC).astimezone(there.tzinfo)
        sayable = _whole_minutes(there.utcoffset() or timedelta())
        return (there.astimezone(sayable) if zone else there.replace(tzinfo=sayable)).isoformat()
    except (ValueError, OverflowError):
        refuse(
            "date",
            f"{quoted(written)} is not a day of the calendar or a time of the day",
            "check year, month, day, hour and minute",
        )


def _whole_minutes(offset: timedelta) -> tzinfo:
    """A clock that differs from UTC by whole minutes, because HTML and feeds cannot write seconds.

    Before time zones, towns kept their own solar time, and a zone has that of its town: Brussels was ahead by 17:30 minutes.
    """
    return timezone(offset - offset % timedelta(minutes=1))


def day_of_update(value: Any, info: ValidationInfo) -> str:
    """When a source was last changed; if only the day of its publication is given, it is not before the hour of publication."""
    moment = iso_date(value, info)
    published = info.data.get("date")
    if published and DAY.fullmatch(text(value)) and published.startswith(text(value)):
        return str(max(published, moment, key=datetime.fromisoformat))
    return moment


def true_or_day(value: Any, info: ValidationInfo) -> str:
    """A story's mark for an edit that changed nothing of substance: true, or a day if an earlier edit was marked true."""
    written = text(value)
    if written.lower() == "true":
        return "true"
    if not ISO_DATE.fullmatch(written):
        refuse("unknown-word", f"{quoted(written)} is neither true nor a day", "write true, or delete the line")
    return iso_date(written, info)


IsoDate = Annotated[str, BeforeValidator(iso_date)]
DayOfUpdate = Annotated[str, BeforeValidator(day_of_update)]
TrueOrDay = Annotated[str, BeforeValidator(true_or_day)]
