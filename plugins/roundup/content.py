"""The notes of round-ups in content/roundups/: their header, day, addresses and checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

from msgspec import field

from broadside.content.content import Content
from broadside.content.names import Hints, no_story
from broadside.content.records import Record
from broadside.dates import as_typed, moment_of
from broadside.faults import quoted
from broadside.front_matter import fields as check
from broadside.front_matter.data import SHORT
from broadside.front_matter.validate import Rules
from broadside.plugin import ContentFolder, Fault, Written, key
from broadside.urls import Urls
from broadside.words import marked

NAMED = "name it after the day on which it is sent, such as roundups/2026-11-27.md"


class RoundupData(Written):
    """The header of a round-up, whose slug is its day; it is not updated, and never moves."""

    title: str = key(
        "The subject of the mail, and the headline of its page. The only required key.",
        check.printed_name,
        required=True,
        elsewhere=("headline",),
        label="Headline",
    )
    dek: str = key(
        "One sentence: what mail programs show beside the subject.",
        pelican="summary",
        elsewhere=SHORT,
        label="Dek",
    )
    date: str = key(
        "The hour of that day at which the round-up comes out. Without it, midnight.",
        check.iso_date,
        label="Date",
    )
    since: str = key(
        "The round-up has the stories that came out from this day on. Without it, those since the"
        " previous round-up, or of the last seven days if there was none.",
        check.iso_date,
        label="Since",
        is_day=True,
    )
    lead: str = key(
        "The slug of the story that comes first, with its photo; the story may be older than the"
        " week. Without this key, the newest story comes first.",
        check.slug,
        label="First story",
        hint="Stands first; otherwise the newest does.",
        picks=True,
    )
    updated: str = ""
    slug: str = ""
    lang: str = ""
    redirect_from: list[str] = field(default_factory=list)


def address(urls: Urls, name: str = "") -> str:
    """The address of a round-up by its day, of the index of round-ups, or of a file beside that,
    such as its feed.
    """
    if "." in name or not name:
        return f"{urls.own['roundup']}{name}"
    return f"{urls.own['roundup']}{name}/"


def own_pages(content: Content) -> Iterator[str]:
    """The list of round-ups, if one is published."""
    if _is_one_out(content):
        yield "roundup"


def addresses(content: Content) -> Iterator[str]:
    """The feeds beside that list, and the permanent address of the newest round-up."""
    if _is_one_out(content):
        yield from (address(content.urls, name) for name in ("feed.xml", "rss.xml", "newest"))


def _is_one_out(content: Content) -> bool:
    return any(content.states[each.path] == "published" for each in ROUNDUPS.among(content))


def leads(content: Content) -> Iterator[Fault]:
    """The faults of a round-up's lead story: it does not exist, or is not published by then."""
    unplaced = {""} | content.addresses.unplaced
    wanted = [record for record in ROUNDUPS.among(content) if record.data.lead not in unplaced]
    if not wanted:
        return
    dates: dict[str, list[datetime]] = {}
    for story in content.stories:
        out = story.data.status == "published" and not story.data.paid_by
        dates.setdefault(story.slug, []).extend([story.date] if out and story.date else [])
    hints = Hints()
    for record in wanted:
        slug = record.data.lead
        if slug not in dates:
            yield record.fault("lead", *no_story(slug, dates, hints))
        elif record.date and not any(date < record.date for date in dates[slug]):
            message = (
                f"the story {quoted(slug)} does not come out before the round-up, or is paid for,"
                " so it does not lead"
            )
            yield record.fault(
                "lead", "unpublished", message, "you need not do anything", "warning"
            )


def complete(record: Record[RoundupData], rules: Rules) -> Iterator[Fault]:
    """Fill in the day of the round-up from the file's name; yields a fault if anything contradicts
    it, and for what mail programs would not show.
    """
    for chart in record.charts:
        message = "a round-up cannot have charts, because mail programs would not show them"
        hint = "put it into a story, and link to that"
        yield Fault(record.path, chart.line, 0, "error", "chart", message, hint)
    data = record.data
    data.slug = ""
    day = _day_of(record.path, rules.zone)
    if isinstance(day, str):
        yield Fault(record.path, 0, 0, "error", "roundup-day", day, NAMED)
        return
    data.slug = f"{day:%Y-%m-%d}"
    data.date = data.date or day.isoformat()
    date = datetime.fromisoformat(data.date)
    if date.date() != day.date():
        written = as_typed(data.date)
        message = f'"date" ({written}) is not on the day of the file\'s name, {data.slug}'
        hint = "rename the file, or give the hour of that day"
        yield record.fault("date", "roundup-day", message, hint)
    if data.since and datetime.fromisoformat(data.since) >= date:
        since, written = as_typed(data.since), as_typed(data.date)
        message = f'"since" ({since}) is not before the round-up itself ({written})'
        yield record.fault("since", "date-order", message, "name an earlier day, or delete since")
    for photo in record.photos:
        message = "a round-up's note cannot have photos; the mail shows the first story's"
        yield Fault(record.path, photo.line, 0, "error", "photo-misplaced", message, "delete it")


def _day_of(path: str, zone: tzinfo) -> datetime | str:
    """The day in the file's name, or what is wrong with the name."""
    stem = PurePosixPath(path).stem
    if path != f"roundups/{stem}.md":
        return "round-ups belong in roundups/ itself, and not in a folder below it"
    if not check.DAY.fullmatch(stem):
        return f"the name of the file, {quoted(stem)}, is not a day"
    try:
        return moment_of(stem, zone)
    except ValueError:
        return f"the name of the file, {quoted(stem)}, is not a day of the calendar"


ROUNDUPS = ContentFolder(
    "roundups",
    RoundupData,
    address,
    complete,
    labels=(marked("editor", "Round-ups"), marked("editor", "Round-up")),
    form={"icon": "mail", "slug": "{{year}}-{{month}}-{{day}}"},
)
