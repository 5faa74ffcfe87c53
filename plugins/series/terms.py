"""A series as templates see it, and a story's place in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from broadside.content.records import Record
from broadside.content.terms import Author, Series, Translation
from broadside.digests import Digests
from broadside.front_matter.data import SeriesData
from broadside.markdown.body import FileNote
from broadside.media.charts import Chart
from broadside.media.films import Film
from broadside.media.photos import Photo
from broadside.plugins.series.content import FORMED
from broadside.slugs import slugify

if TYPE_CHECKING:
    from broadside.site.story import Story


class FormedSeries(Series, frozen=True):
    """A series, a dossier, an issue, a column or a debate, by `form`; `number` and `cover_date` are
    an issue's, or "".

    `author` and `rhythm` are a column's: who writes it, and when. `motion` is a debate's.
    """

    form: str = "series"
    number: str = ""
    cover_date: str = ""
    author: Author | None = None
    rhythm: str = ""
    motion: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether its stories are parts with numbers."""
        return self.form in ("series", "dossier")


class Part(Struct, frozen=True):
    """A story's place in a series: its number, how many parts there are, and those before and after
    it.

    The number is 0 for an unpublished story, which does not count. `total` is 0 if there are so
    many parts that changing all of their pages for each new one would cost too much. The parts
    before and after are in the story's language where possible. `side` is the story's side of a
    debate; "" for a reply, and for a part of anything else.
    """

    series: FormedSeries
    number: int = 0
    total: int = 0
    previous: Translation | None = None
    next: Translation | None = None
    side: str = ""


class SeriesFront(Struct, frozen=True):
    """A series with its introduction, the text of its `record`, and its parts, each once, in
    order.
    """

    term: FormedSeries
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


def formed(series: Series, authors: Mapping[str, Author]) -> FormedSeries:
    """The series with what its form has."""
    said = FORMED.of(series)
    return FormedSeries(
        **asdict(series),
        form=said.form,
        number=said.number,
        cover_date=said.cover_date,
        author=authors.get(said.author) or authors.get(slugify(said.author)),
        rhythm=said.rhythm,
        motion=said.motion,
    )
