"""A round-up, and how its stories are chosen and ordered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import asdict

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.content.terms import Section, is_short, led
from broadside.digests import Digests
from broadside.markdown.body import FileNote, fill
from broadside.media.charts import Chart
from broadside.media.films import Film
from broadside.media.photos import Photo
from broadside.plugins.roundup.content import RoundupData
from broadside.site.linked_files import file_notes
from broadside.site.story import Story

DAYS = 7
"""How far back a round-up looks if there was none before it."""


class Chosen(Struct, frozen=True):
    """The stories of a round-up, each once: the lead, the others by section, and the briefs, newest
    first.
    """

    lead: Story | None = None
    by_section: tuple[tuple[Section, list[Story]], ...] = ()
    briefs: tuple[Story, ...] = ()

    @property
    def stories(self) -> list[Story]:
        """All stories, in their order."""
        return [
            *([self.lead] if self.lead else []),
            *(each for _, row in self.by_section for each in row),
            *self.briefs,
        ]


class Roundup(Struct, frozen=True):
    """A round-up as its page and its mail show it: the header, the note's `record`, and the chosen
    stories.

    `date` is when it is published, `since` when its week begins. Without a note, `record` is None
    and `url` is "".
    """

    title: str
    dek: str
    slug: str
    url: str
    date: datetime
    since: datetime
    chosen: Chosen
    desk_status: str = "published"
    lang: str = "en"
    dir: str = "ltr"
    record: Record[RoundupData] | None = None
    inner_links: tuple[str, ...] = ()
    inline_photos: tuple[Photo, ...] = ()
    file_notes: Mapping[int, FileNote] = {}
    inline_charts: tuple[Chart, ...] = ()
    films: tuple[Film, ...] = ()

    def filled(self, html: str) -> str:
        """A part of the note's HTML with its links filled in."""
        return fill(html, "", self.inner_links.__getitem__, lambda _: "", files=self.file_notes)

    @property
    def count(self) -> int:
        """How many stories it has."""
        return len(self.chosen.stories)

    @property
    def teaser(self) -> str:
        """The digest of everything that pages can show: all fields, and of its stories what lists
        show.
        """
        return Digests().of_values(asdict(self) | {"record": self.record and self.record.digest})

    @property
    def whole(self) -> str:
        """The same, because pages that show less of it are few."""
        return self.teaser


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
