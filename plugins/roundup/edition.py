"""Chooses the stories of a round-up, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.content.terms import Section, is_short, led
from broadside.front_matter.data import RoundupData
from broadside.site.gathered import Chosen, Roundup
from broadside.site.linked_files import file_notes
from broadside.site.story import Story

DAYS = 7
"""How far back a round-up looks if there was none before it."""


def week_begins(date: datetime, since: str, earlier: Iterable[datetime], zone: tzinfo) -> datetime:
    """When the week of a round-up begins: as written, else with the previous round-up, else seven
    days earlier.
    """
    if since:
        return datetime.fromisoformat(since)
    before = max((moment for moment in earlier if moment < date), default=None)
    # Seven days by the wall clock, even if summer time begins or ends within them.
    return before or date.astimezone(zone) - timedelta(days=DAYS)


def chosen(
    stories: Iterable[Story],
    sections: Sequence[Section],
    since: datetime,
    date: datetime,
    lead: str = "",
) -> Chosen:
    """The week's published stories, led by the one that an editor chose, or the newest that may
    lead.

    A translation is left out if its original is among them. The lead may be older than the week.
    """
    out = [story for story in stories if story.date < date]
    newest = sorted((story for story in out if story.date >= since), key=_age, reverse=True)
    addresses = {story.url for story in newest}
    originals = [story for story in newest if not _is_translation(story, addresses)]
    first = None
    if lead:
        first = max((story for story in out if story.slug == lead), key=_age, default=None)
    first = first or next((story for story in led(originals) if not is_short(story)), None)
    rest = [story for story in originals if first is None or story.url != first.url]
    return Chosen(
        first, tuple(_filed(rest, sections)), tuple(story for story in rest if is_short(story))
    )


def _age(story: Story) -> tuple[datetime, str]:
    return story.date, story.slug


def _is_translation(story: Story, urls: set[str]) -> bool:
    original = story.url
    if story.languages:
        original = story.languages[0].url
    return original != story.url and original in urls


def _filed(
    stories: Iterable[Story], sections: Sequence[Section]
) -> Iterator[tuple[Section, list[Story]]]:
    """Each section with its stories, in the order of the navigation, if it has any."""
    rows: dict[str, list[Story]] = {}
    for story in stories:
        if story.sections and not is_short(story):
            rows.setdefault(story.sections[0].url, []).append(story)
    for section in sections:
        if section.url in rows:
            yield section, rows[section.url]


def editions(
    records: Iterable[Record[RoundupData]],
    stories: Sequence[Story],
    sections: Sequence[Section],
    zone: tzinfo,
    content: Content,
) -> list[Roundup]:
    """The round-ups that have a note, newest first."""
    dated = [(date, record) for record in records if (date := record.date)]
    out = [date for date, record in dated if content.states[record.path] == "published"]
    roundups = []
    for date, record in dated:
        since = week_begins(date, record.data.since, out, zone)
        roundups.append(
            edition(
                record, content, since, chosen(stories, sections, since, date, record.data.lead)
            )
        )
    return sorted(roundups, key=lambda roundup: roundup.date, reverse=True)


def edition(
    record: Record[RoundupData], content: Content, since: datetime, stories: Chosen
) -> Roundup:
    """The round-up of a note and the stories chosen for it."""
    data = record.data
    return Roundup(
        title=data.title,
        dek=data.dek,
        slug=record.slug,
        url=content.addresses.urls_of[record.path],
        date=datetime.fromisoformat(data.date),
        since=since,
        chosen=stories,
        desk_status=content.states[record.path],
        lang=data.lang,
        dir=data.dir,
        record=record,
        inner_links=tuple(content.links_of(record)),
        file_notes=file_notes(record, content, data.lang),
    )
