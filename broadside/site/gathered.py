"""Pages that gather stories under a text of their own: round-ups, and series, dossiers and
issues.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from broadside.content.records import Record
from broadside.content.terms import Section, Series
from broadside.digests import Digests, digest
from broadside.front_matter.data import RoundupData, SeriesData
from broadside.markdown.body import FileNote, fill
from broadside.media.charts import Chart
from broadside.media.films import Film
from broadside.media.photos import Photo
from broadside.site.story import Story


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
        """The digest of everything that the list of round-ups shows of it."""
        return digest(
            self.title, self.dek, self.url, self.date.isoformat(), str(self.count), self.desk_status
        )

    @property
    def whole(self) -> str:
        """The digest of everything that its own page can show: all fields, and of its stories what
        lists show.
        """
        return Digests().of_values(asdict(self) | {"record": self.record and self.record.digest})


class SeriesFront(Struct, frozen=True):
    """A series with its introduction, the text of its `record`, and its parts, each once, in
    order.
    """

    term: Series
    record: Record[SeriesData]
    parts: tuple[Story, ...] = ()
    inner_links: tuple[str, ...] = ()
    inline_photos: tuple[Photo, ...] = ()
    file_notes: Mapping[int, FileNote] = {}
    inline_charts: tuple[Chart, ...] = ()
    films: tuple[Film, ...] = ()

    @property
    def lang(self) -> str:
        """The language of the introduction, which is the site's."""
        return ""

    @property
    def teaser(self) -> str:
        """The digest of everything that its pages can show: all fields but the parts, which are
        passed separately.
        """
        return Digests().of_values(asdict(self) | {"record": self.record.digest, "parts": ()})

    @property
    def whole(self) -> str:
        """The same as `teaser`, because nothing else shows it."""
        return self.teaser

    def __hash__(self) -> int:
        return hash(self.term.url)
