"""Keeps records from one build to the next, so that only sources that changed are read.

An index holds every record except its rest, which is in a pack and fetched when it is asked for; so a build that prints
few pages reads few texts. A source is read anew when its size or times have changed and its bytes have too. Nothing here
is believed unless it has the digest that it was kept under.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, cast

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.plugins.faults import Fault
from broadside.plugins.fingerprint import digest
from broadside.plugins.front_matter.data import AnyData, Data
from broadside.plugins.markup.body import InlinePhoto
from broadside.plugins.newsroom.records import ReadMany, Record, Rest
from broadside.plugins.pack import Place
from broadside.plugins.shelf import DAMAGED, SETTLED, Shelf, decoded, encoded

log = logging.getLogger("broadside")

State = tuple[int, int, int, int]
"""A source's inode, size, mtime and ctime.

The inode distinguishes files that were written at the same moment, when one content folder takes the place of another.
"""

FEW = 64
"""With fewer new sources than this, there is little to save."""


class Row(NamedTuple):
    """What is kept of a record, except its rest; the names are those of Record and Cached."""

    path: str
    place: Place
    state: State | None
    digest: str
    data: AnyData
    links: list[tuple[str, int]]
    photos: list[InlinePhoto]
    words: int
    head: str
    faults: list[Fault]
    terms: str


class Cached(Struct):
    """A record, the place of its rest, and the state of its source: None if that changed too recently to tell by."""

    record: Record[Data]
    place: Place | None
    state: State | None


class Cache(Struct):
    """Reads sources, as far as possible from what was kept of them; save() keeps what is new."""

    shelf: Shelf
    root: Path
    read: ReadMany
    _unsaved: list[Cached] = field(default_factory=list)

    def read_many(self, wanted: Sequence[tuple[str, str]]) -> list[Record[Data]]:
        """The records of (path, kind) pairs, in their order."""
        now = time.time_ns()
        # Before reading, so that a later change shows.
        states = {path: _state(f"{self.root}/{path}") for path, _ in wanted}
        kept = self.shelf.load(self._entries, list[Row]) or {}
        entries = {path: kept[path] for path, kind in wanted if self._is_valid(kept.get(path), kind, states[path])}
        missing = [(path, kind) for path, kind in wanted if path not in entries]
        changed = bool(missing) or len(kept) > len(entries)
        for path, entry in entries.items():
            settled = _settled(states[path], now)
            changed |= entry.state != settled
            entry.state = settled
        for record in self.read(missing):
            entries[record.path] = Cached(record, None, _settled(states[record.path], now))
        self._unsaved = list(entries.values()) if changed else []
        return [entries[path].record for path, _ in wanted]

    def rest(self, path: str, kind: str, place: Place) -> Rest:
        """The rest of a record; if the pack is damaged, it is read from the source again."""
        try:
            return decoded(self.shelf.piece(place), Rest)
        except DAMAGED:
            log.warning("What was kept of %s is damaged; it is read anew.", path)
            return self.read([(path, kind)])[0].rest

    def _is_valid(self, entry: Cached | None, kind: str, state: State | None) -> bool:
        """Whether the source is still what the entry was made from."""
        if entry is None or entry.record.kind != kind or state is None:
            return False
        if entry.state == state:
            return True
        try:
            return digest((self.root / entry.record.path).read_bytes()) == entry.record.digest
        except OSError:
            return False

    def _entries(self, rows: list[Row]) -> dict[str, Cached]:
        return {row.path: self._entry(row) for row in rows}

    def _entry(self, row: Row) -> Cached:
        path, place, state, mark, data, links, photos, words, head, faults, terms = row
        rest = KeptRest(self, path, data.kind, place)
        return Cached(Record(path, mark, data, links, photos, words, head, faults, rest, terms), place, state)

    @property
    def has_little_to_save(self) -> bool:
        """Whether there is something to save, and little of it is new."""
        return bool(self._unsaved) and sum(entry.place is None for entry in self._unsaved) < FEW

    def save(self) -> None:
        """Keep what was read: add the rest of new records to the pack, and write the index of all."""
        if not self._unsaved:
            self.shelf.sweep()
            return
        entries, self._unsaved = self._unsaved, []
        places = self.shelf.put([entry.place for entry in entries], lambda at: encoded(entries[at].record.rest))
        for entry, place in zip(entries, places, strict=True):
            # A rest that is not in memory was in the pack that this one replaces.
            if entry.place is not place and isinstance(entry.record.source, KeptRest):
                entry.record.source = replace(entry.record.source, place=place)
            entry.place = place
        self.shelf.save([_row(entry) for entry in entries])


class KeptRest(Struct, frozen=True):
    """Fetches the rest of a record from the cache."""

    cache: Cache
    path: str
    kind: str
    place: Place

    def __call__(self) -> Rest:
        """The rest."""
        return self.cache.rest(self.path, self.kind, self.place)


def _state(path: str) -> State | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _settled(state: State | None, now: int) -> State | None:
    """The state, if the source has been in it for long enough that the next change must show."""
    return state if state and max(state[2:]) < now - SETTLED else None


def _row(entry: Cached) -> Row:
    each = entry.record
    known = each.links, each.photos, each.words, each.head, each.faults, each.terms
    return Row(each.path, cast("Place", entry.place), entry.state, each.digest, cast("AnyData", each.data), *known)
