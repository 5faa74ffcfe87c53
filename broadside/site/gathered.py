"""Pages that gather stories under a text of their own: series, dossiers and issues."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import asdict

from broadside.content.records import Record
from broadside.content.terms import Series
from broadside.digests import Digests
from broadside.front_matter.data import SeriesData
from broadside.markdown.body import FileNote
from broadside.media.charts import Chart
from broadside.media.films import Film
from broadside.media.photos import Photo
from broadside.site.story import Story


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
