"""A series, a dossier or an issue, as its own pages show it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from broadside.content.records import Record
from broadside.content.terms import Series
from broadside.digests import digest
from broadside.front_matter.data import SeriesData
from broadside.markdown.body import FileNote
from broadside.media.charts import Chart
from broadside.media.films import Film
from broadside.media.photos import Photo
from broadside.site.story import Story


class SeriesFront(Struct, frozen=True):
    """A series with its introduction, the text of its `record`, and its parts, each once, in their order."""

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
        """The language of the introduction, which is that of the site."""
        return ""

    @property
    def teaser(self) -> str:
        """The digest of everything that its pages show of it besides the parts, which each is handed by itself."""
        shown = (self.term.photo, self.inline_photos, self.films, self.file_notes, self.inline_charts)
        return digest(self.record.digest, self.term.url, repr(shown), *self.inner_links)

    @property
    def whole(self) -> str:
        """The same: nothing else shows it."""
        return self.teaser

    def __hash__(self) -> int:
        return hash(self.term.url)
