"""Completes and checks the sources of round-ups: the day in the file's name, and the story that leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from broadside.content.names import Suggest, no_story
from broadside.dates import moment_of
from broadside.faults import Fault, quoted
from broadside.front_matter.fields import DAY

if TYPE_CHECKING:
    from broadside.content.content import Content
    from broadside.content.records import Record
    from broadside.front_matter.data import Data, RoundupData

NAMED = "name it by the day on which it is sent, such as roundups/2026-11-27.md"


def complete(record: Record[Data], data: RoundupData, zone: tzinfo) -> list[Fault]:
    """Fill in the day of the round-up, from the file's name; return the faults of what contradicts it."""
    data.slug = ""
    day = _day(record.path, zone)
    if isinstance(day, str):
        return [Fault(record.path, 0, 0, "error", "roundup-day", day, NAMED)]
    data.slug = f"{day:%Y-%m-%d}"
    data.date = data.date or day.isoformat()
    date = datetime.fromisoformat(data.date)
    faults = []
    if date.date() != day.date():
        message = f'"date" ({data.date}) is not on the day of the file\'s name, {data.slug}'
        faults.append(record.fault("date", "roundup-day", message, "rename the file, or give the hour of that day"))
    if data.since and datetime.fromisoformat(data.since) >= date:
        message = f'"since" ({data.since}) is not before the round-up itself ({data.date})'
        faults.append(record.fault("since", "since-after-date", message, "name an earlier day, or delete since"))
    for photo in record.photos:
        message = "a round-up's note holds no photos; the mail shows that of the first story"
        faults.append(Fault(record.path, photo.line, 0, "error", "photo-in-note", message, "delete it"))
    return faults


def _day(path: str, zone: tzinfo) -> datetime | str:
    """The day in the file's name, or what is wrong with the name."""
    stem = PurePosixPath(path).stem
    if path != f"roundups/{stem}.md":
        return "round-ups stand in roundups/ itself, and not in a folder of it"
    if not DAY.fullmatch(stem):
        return f"the name of the file, {quoted(stem)}, is not a day"
    try:
        return moment_of(stem, zone)
    except ValueError:
        return f"the name of the file, {quoted(stem)}, is not a day of the calendar"


def check(content: Content, suggest: Suggest) -> Iterator[Fault]:
    """The faults of stories that a round-up would lead with, but that do not exist or are not out by then."""
    unplaced = {""} | content.addresses.unplaced
    wanted = [record for record in content.roundups if record.data.lead not in unplaced]
    if not wanted:
        return
    dates: dict[str, list[datetime]] = {}
    for story in content.stories:
        out = story.data.status == "published"
        dates.setdefault(story.slug, []).extend([story.date] if out and story.date else [])
    for record in wanted:
        slug = record.data.lead
        if slug not in dates:
            yield record.fault("lead", *no_story(slug, dates, suggest))
        elif record.date and not any(date < record.date for date in dates[slug]):
            message = f"the story {quoted(slug)} is not out before the round-up; it does not lead"
            yield record.fault("lead", "lead-unpublished", message, "nothing need be done", "warning")
