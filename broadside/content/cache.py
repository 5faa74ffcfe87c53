"""Keeps records from one build to the next, so that only changed sources are read.

A record's text is loaded when it is needed, so a build that makes few pages loads few texts. A
source is read again if its size or times have changed and its bytes have too.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, Union

from msgspec import Struct, field
from msgspec.json import Decoder

from broadside.content.records import ReadMany, Record, Rest
from broadside.digests import digest
from broadside.faults import Fault
from broadside.front_matter.data import KINDS, Data, with_types
from broadside.markdown.body import InlinePhoto
from broadside.media.charts import InlineChart
from broadside.media.files import InspectedFile, inspect, too_large
from broadside.media.photos import Problem
from broadside.store import DAMAGED, Change, Kept, Store, encoded, is_settled, only

log = logging.getLogger("broadside")

RECORDS, TEXTS, FILES = "records", "texts", "files"
"""What is kept: each record, the text of each, and what is known of the files that stories link
to.
"""

Head = TypeVar("Head")


class Value(NamedTuple, Generic[Head]):
    """What is kept of a record besides its path and its text; the names are those of Record."""

    digest: str
    data: Head
    links: list[tuple[str, int]]
    photos: list[InlinePhoto]
    charts: list[InlineChart]
    words: int
    head: str
    faults: list[Fault]
    notes: dict[str, str]


class KeptFile(NamedTuple):
    """A file that may be published, and its state when it was inspected."""

    state: str
    found: InspectedFile


IN_TEXT = Decoder(Rest)


@cache
def _in_value(*kinds: type[Data]) -> Decoder[Value[Any]]:
    return Decoder(Value[Union[kinds]])  # type: ignore[valid-type] # noqa: UP007


class Packed(Struct, frozen=True):
    """The rest of a record as it is kept: an archive has many texts, and a single dash doubles the
    size of a str.
    """

    text: bytes

    def __call__(self) -> Rest:
        """The rest, unpacked."""
        return IN_TEXT.decode(self.text)


class Cache(Struct):
    """Reads sources, taking as many as possible from the store; save() stores what is new.

    `mark` is a digest of the code and settings that records depend on. Each source is stored with
    its state when it was read, or "" if it had changed too recently for its times to be trusted.
    """

    store: Store
    mark: str
    root: Path
    read: ReadMany
    _new: list[tuple[Record[Data], str]] = field(default_factory=list)
    _rows: dict[str, Kept] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)
    _files: dict[str, KeptFile] | None = None
    _looked_at: dict[str, KeptFile] = field(default_factory=dict)

    def inspect(self, path: Path, most: int) -> InspectedFile | Problem:
        """Inspect a file that stories link to, unless its state is as in the last build."""
        if self._files is None:
            self._files = self.store.only(FILES, dict[str, KeptFile], self.mark) or {}
        name = path.relative_to(self.root).as_posix()
        state, settled = _state(str(path), time.time_ns())
        kept = self._files.get(name)
        if kept and state and kept.state == state:
            self._looked_at[name] = kept
            if kept.found.size <= most:
                return kept.found
            return too_large(path.name, kept.found.size, most)
        found = inspect(path, most)
        if isinstance(found, InspectedFile) and settled:
            self._looked_at[name] = KeptFile(settled, found)
        return found

    def read_many(self, wanted: Sequence[tuple[str, str]]) -> list[Record[Data]]:
        """The records of (path, kind) pairs, in their order."""
        now = time.time_ns()
        # Before reading, so that a change made while reading is seen by the next build.
        states = {path: _state(f"{self.root}/{path}", now) for path, _ in wanted}
        kept = self.store.all(RECORDS)
        marks = {kind: self._mark_of(kind) for kind in {kind for _, kind in wanted}}
        records, in_value = {}, _in_value(*KINDS.values())
        for path, kind in wanted:
            row = kept.get(path)
            if (
                row
                and row.mark == marks[kind]
                and (record := self._record(in_value, path, kind, row, states[path][0]))
            ):
                records[path] = record
                if row.state != states[path][1]:
                    self._rows[path] = row._replace(state=states[path][1])
        missing = [(path, kind) for path, kind in wanted if path not in records]
        self._gone = kept.keys() - states.keys()
        for record in self.read(missing):
            records[record.path] = record
            self._new.append((record, states[record.path][1]))
        return [records[path] for path, _ in wanted]

    def _mark_of(self, kind: str) -> str:
        return digest(self.mark, kind)

    def _record(
        self, in_value: Decoder[Value[Any]], path: str, kind: str, row: Kept, state: str
    ) -> Record[Data] | None:
        """The stored record; None if the source has changed since."""
        with suppress(*DAMAGED):
            read, data, links, photos, charts, words, head, faults, notes = in_value.decode(
                row.value
            )
            # A file can have a new time and the same bytes, as after a checkout: its record is
            # still good.
            if state and (row.state == state or self._has_digest(path, read)):
                with_types(data)
                text = partial(self.text, path, kind)
                return Record(
                    path, read, data, links, photos, charts, words, head, faults, text, notes
                )
        return None

    def _has_digest(self, path: str, wanted: str) -> bool:
        try:
            return digest((self.root / path).read_bytes()) == wanted
        except OSError:
            return False

    def text(self, path: str, kind: str) -> Rest:
        """The text of a record; if the stored one is damaged, the source is read again."""
        with suppress(*DAMAGED):
            return IN_TEXT.decode(self.store.value(TEXTS, path, self._mark_of(kind)) or b"")
        log.warning("The cache of %s is damaged; it is read anew.", path)
        return self.read([(path, kind)])[0].rest

    def save(self) -> None:
        """Store what is new."""
        if self._files is not None and self._looked_at != self._files:
            self.store.keep(only(FILES, self._looked_at, self.mark))
            self._files = self._looked_at
        if not (self._new or self._rows or self._gone):
            return
        texts = {}
        for record, state in self._new:
            found = record.links, record.photos, record.charts
            known = *found, record.words, record.head, record.faults, record.notes
            mark = self._mark_of(record.kind)
            # a file name that is not valid text: such a file is read every time
            with suppress(UnicodeEncodeError):
                value = encoded(Value(record.digest, record.data, *known))
                if isinstance(record.source, Packed):
                    text = record.source.text
                else:
                    text = encoded(record.rest)
                record.path.encode()
                self._rows[record.path], texts[record.path] = (
                    Kept(value, mark, state),
                    Kept(text, mark),
                )
        self.store.keep(Change(RECORDS, self._rows, self._gone), Change(TEXTS, texts, self._gone))
        self._new, self._rows, self._gone = [], {}, set()


def _state(path: str, now: int) -> tuple[str, str]:
    """A source's inode, size, mtime and ctime; and the same, or "" if it changed so recently that
    its times may miss the next change.

    The inode tells apart files written at the same moment, when one content folder replaces
    another.
    """
    try:
        found = os.stat(path)
    except OSError:
        return "", ""
    state = f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
    return state, (
        state if is_settled(found.st_mtime_ns, now) and is_settled(found.st_ctime_ns, now) else ""
    )
