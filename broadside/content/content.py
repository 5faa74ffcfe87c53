"""The content folder as read (Content), the settings for reading it (ReadOptions), and when held
sources are published.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.content import links
from broadside.content.folder import Folder
from broadside.content.imported import Entry
from broadside.content.lists import ListEntry, Lists
from broadside.content.records import Record
from broadside.content.terms import Translation
from broadside.dates import Due
from broadside.faults import Fault, errors_in, quoted
from broadside.front_matter.data import (
    KINDS,
    AuthorData,
    Data,
    PageData,
    SeriesData,
    StoryData,
    Written,
)
from broadside.front_matter.validate import Rules
from broadside.media.charts import Table
from broadside.media.files import InspectedFile
from broadside.media.photos import Original
from broadside.urls import KINDS as TERMS
from broadside.urls import LISTED, Urls
from broadside.words import Catalogs

NOT_OUT = frozenset({"draft", "held"})
"""States of sources that are shown only if drafts are."""
UNLISTED = NOT_OUT | {"hidden"}
"""States of stories that no list shows: an author or a series with only such stories has no
page.
"""
COMES = {
    "published": "comes out",
    "hidden": "comes out for those who have its address",
    "withdrawn": "is shown as withdrawn",
}


class Waiting(Struct):
    """What this build does not publish: the address that each source would have, and the state that
    is the reason, by address.

    `withdrawn` are addresses of indexes that listed withdrawn stories.
    """

    urls_of: dict[str, str] = field(default_factory=dict)
    state_of: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)


class Addresses(Struct):
    """The addresses of everything.

    `urls_of` has the address of each published source, by path. `known` has every address of the
    site with the one it leads to, `former` only those that redirect. If drafts are shown, `ahead`
    has their present addresses, by their future ones. `unseen` has the slugs of authors and of
    series that the site does not show, by kind. `unplaced` are the paths, slugs and file names of
    sources whose address is unknown because of errors. `own` has the site's own pages that come
    with the first thing that they list, by name, as far as there is one. `files` has the address of
    each linked file, by path, and `files_out` the paths of those that readers can see. `targets`
    caches where links lead.
    """

    urls_of: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    ahead: dict[str, str] = field(default_factory=dict)
    unseen: dict[str, set[str]] = field(default_factory=lambda: {"author": set(), "series": set()})
    unplaced: set[str] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    files_out: frozenset[str] = frozenset()
    waiting: Waiting = field(default_factory=Waiting)
    targets: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


class Content(Struct):
    """Everything in the content folder.

    By path: `originals` are the pictures that stories use, `tables` those of their charts, `files`
    the linked files; `states` says whether a source is published, hidden, withdrawn, a draft or
    held (addresses.status); `given` is what the files of plugins say (given.ContentFile);
    `languages` has the translations of each published story that has some, and `series_of` the
    slugs of a story's series; `lenient` are the sources that an import wrote. `to_mend` are the
    warnings in those, and `words` the interface's words in every language.
    """

    folder: Folder
    lists: Lists
    urls: Urls
    records: list[Record[Data]] = field(default_factory=list)
    originals: dict[str, Original] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, InspectedFile] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    languages: dict[str, list[Translation]] = field(default_factory=dict)
    series_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    lenient: dict[str, Entry] = field(default_factory=dict)
    to_mend: list[Fault] = field(default_factory=list)
    words: Catalogs = field(default_factory=Catalogs)
    _by_kind: tuple[list[Record[Data]], dict[type[Data], list[Record[Any]]]] = field(
        default_factory=lambda: ([], {})
    )

    @property
    def root(self) -> Path:
        """The content folder."""
        return self.folder.root

    def as_read(self) -> Content:
        """All that was read, without what follows from the clock: relations.check makes that."""
        made = {
            "states": {},
            "addresses": Addresses(),
            "languages": {},
            "series_of": {},
            "faults": [],
            "to_mend": [],
        }
        return replace(self, **made)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The path and kind of each source, in the order in which they are read."""
        return [(path, kind) for kind in KINDS for path in self.folder.files[kind]]

    @property
    def stories(self) -> list[Record[StoryData]]:
        """The stories with usable front matter, in the order of their paths, like the other kinds
        below.
        """
        return self.of(StoryData)

    @property
    def pages(self) -> list[Record[PageData]]:
        """The plain pages."""
        return self.of(PageData)

    @property
    def authors(self) -> list[Record[AuthorData]]:
        """The authors."""
        return self.of(AuthorData)

    @property
    def series(self) -> list[Record[SeriesData]]:
        """The series."""
        return self.of(SeriesData)

    @property
    def in_folders(self) -> list[Record[Written]]:
        """The texts in folders of plugins."""
        given = [kind for kind in KINDS.values() if issubclass(kind, Written)]
        return [
            record
            for kind in given
            if kind not in (StoryData, PageData)
            for record in self.of(kind)
        ]

    @property
    def listed(self) -> dict[str, Sequence[ListEntry[Any] | Record[Any]]]:
        """The terms of each kind that are entries of a list, or files."""
        kinds = [kind for kind in TERMS.values() if kind.names]
        return {
            kind.name: self.lists.of(kind) if kind in LISTED else getattr(self, kind.key)
            for kind in kinds
        }

    @property
    def written(self) -> list[Record[Written]]:
        """All sources with a publication date."""
        return [*self.stories, *self.pages, *self.in_folders]

    def of(self, kind: type[Data]) -> list[Record[Any]]:
        """The sources of a kind with usable front matter."""
        sorted_out, by_kind = self._by_kind
        if sorted_out is not self.records:  # a build asks for the stories two dozen times
            by_kind = {}
            for record in self.records:
                if record.is_readable:
                    by_kind.setdefault(type(record.data), []).append(record)
            self._by_kind = self.records, by_kind
        return by_kind.get(kind, [])

    def is_out(self, record: Record[Data]) -> bool:
        """Whether readers see a source: it has an address, or is an author, whose bio is shown
        below stories.
        """
        if isinstance(record.data, SeriesData):
            return record.slug not in self.addresses.unseen["series"]
        return record.path in self.addresses.urls_of or isinstance(record.data, AuthorData)

    def target(self, written: str, source: str) -> tuple[str, str]:
        """The address below the root that a link leads to, and "" or what is wrong with the
        link.
        """
        key, where = (written, source), self.addresses
        if key not in where.targets:
            # A link in the settings, which has no source, must not lead to a draft.
            known = ChainMap(where.known, where.ahead) if source else where.known
            file = where.files.get(links.file_of(written, source), "")
            where.targets[key] = (
                (file + links.tail_of(written), "")
                if file
                else links.target(
                    written, source, self.urls, where.urls_of, known, self.lists.slugs_of
                )
            )
        return where.targets[key]

    def links_of(self, record: Record[Data]) -> list[str]:
        """The addresses of a text's inner links, from the root of the host; "" for one that leads
        nowhere.
        """
        root = ""
        if record.links:
            root = self.urls.root
        found = (self.target(written, record.path) for written, _ in record.links)
        return ["" if problem else f"{root}/{address}" for address, problem in found]

    def files_of(self, record: Record[Data]) -> dict[int, str]:
        """The path of each file that a text links to, by the number of the link."""
        if not self.files:
            return {}
        found = {
            number: links.file_of(written, record.path)
            for number, (written, _) in enumerate(record.links)
        }
        return {number: path for number, path in found.items() if path in self.files}

    @property
    def has_errors(self) -> bool:
        """Whether there is an error, which stops a build."""
        return errors_in(self.faults) > 0


class FileRules(Struct, frozen=True):
    """The rules for files: the maximum size in bytes, whether addresses contain a digest, and the
    paths that settings link to.
    """

    most: int = 50_000_000
    by_digest: bool = False
    in_settings: tuple[str, ...] = ()


class ReadOptions(Struct, frozen=True):
    """The settings and options for reading: the rules, the clock, and whether drafts are shown.

    Errors in a draft that is not shown are only warnings, unless `drafts_count`. `site_paths` are
    the addresses of the site's own pages and files, `site_folders` its folders without a page.
    `words` are the interface's words in every language. `former_urls` maps a former folder of the
    site's own pages to the present one.
    """

    rules: Rules
    urls: Urls
    now: datetime
    lang: str = "en"
    drafts: bool = False
    drafts_count: bool = False
    site_paths: tuple[str, ...] = ()
    site_folders: tuple[str, ...] = ()
    words: Catalogs = field(default_factory=Catalogs)
    former_urls: Mapping[str, str] = field(default_factory=dict)
    files: FileRules = FileRules()

    def shows(self, state: str) -> bool:
        """Whether a source in this state has a page: drafts and held ones do only if drafts are
        shown.
        """
        return self.drafts or state not in NOT_OUT


def due_hours(content: Content, after: datetime) -> Iterator[Due]:
    """The publication dates after a moment of sources that are not drafts."""
    for record in content.written:
        data, date = record.data, record.date
        if date and date > after and data.status in COMES:
            yield Due(date, data.kind, record.path, f"{quoted(data.title)} {COMES[data.status]}")


def new_years(after: datetime, now: datetime) -> Iterator[Due]:
    """Each New Year after a moment, up to the next one after `now`, in the zone of `now`: all pages
    show the year.
    """
    for year in range(after.year, now.year + 2):
        yield Due(
            datetime(year, 1, 1, tzinfo=now.tzinfo), "year", "", f"every page bears the year {year}"
        )
