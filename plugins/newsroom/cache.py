"""What was read of the sources, kept from one build to the next.

An index holds every record but for its rest, which lies in a pack and is fetched when somebody asks for it; so a build
that prints few pages reads few texts. A source is read anew when its size or times have changed and its bytes have too.
Nothing here is believed that does not have the digest it was kept under.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from plugins.faults import Fault
from plugins.fingerprint import digest
from plugins.markup.body import Body, InlinePhoto
from plugins.newsroom.records import ReadMany, Record, Rest
from plugins.pack import Place
from plugins.shelf import DAMAGED, SETTLED, Shelf

log = logging.getLogger("broadside")

State = tuple[int, int, int]
"""A source's size, and the times of its last change and of its inode's."""


FEW = 64
"""New sources that are few."""


@dataclass(slots=True)
class Entry:
    """A record, where its rest is, and the state of the source; None when that was too young to tell changes by."""

    record: Record
    place: Place | None
    state: State | None


@dataclass(slots=True)
class Cache:
    """Reads sources through what was kept of them; what is new is kept when somebody says so."""

    shelf: Shelf
    root: Path
    read: ReadMany
    _unsaved: list[Entry] = field(default_factory=list)

    def read_many(self, wanted: Sequence[tuple[str, str]]) -> list[Record]:
        """The records of (path, kind) pairs, in their order."""
        now = time.time_ns()
        states = {path: _state(f"{self.root}/{path}") for path, _ in wanted}  # before reading: a later change shows
        kept = self.shelf.load(self._entries) or {}
        entries = {path: kept[path] for path, kind in wanted if self._is_valid(kept.get(path), kind, states[path])}
        missing = [(path, kind) for path, kind in wanted if path not in entries]
        changed = bool(missing) or len(kept) > len(entries)
        for path, entry in entries.items():
            settled = _settled(states[path], now)
            changed |= entry.state != settled
            entry.state = settled
        for record in self.read(missing):
            entries[record.path] = Entry(record, None, _settled(states[record.path], now))
        self._unsaved = list(entries.values()) if changed else []
        return [entries[path].record for path, _ in wanted]

    def rest(self, path: str, kind: str, place: Place) -> Rest:
        """The rest of a record; where the pack is damaged, it is read from the source again."""
        try:
            html, ends, more, lines, terms = json.loads(self.shelf.piece(place))
            return Rest(Body(html, ends, more), lines, terms)
        except DAMAGED:
            log.warning("What was kept of %s is damaged; it is read anew.", path)
            return self.read([(path, kind)])[0].rest

    def _is_valid(self, entry: Entry | None, kind: str, state: State | None) -> bool:
        """Whether the source is still what the entry was made of."""
        if entry is None or entry.record.kind != kind or state is None:
            return False
        if entry.state == state:
            return True
        try:
            return digest((self.root / entry.record.path).read_bytes()) == entry.record.digest
        except OSError:
            return False

    def _entries(self, rows: list[list[Any]]) -> dict[str, Entry]:
        return {row[0]: self._entry(*row) for row in rows}

    def _entry(self, path: str, kind: str, place: list[Any], state: list[int] | None, *known: Any) -> Entry:
        digest, data, links, photos, words, head, faults = known
        there = Place(*place)
        record = Record(
            path,
            kind,
            digest,
            data,
            [(link, line) for link, line in links],
            [InlinePhoto(*photo) for photo in photos],
            words,
            head,
            [Fault(*fault) for fault in faults],
            Kept(self, path, kind, there),
        )
        return Entry(record, there, (state[0], state[1], state[2]) if state else None)

    @property
    def has_little_to_save(self) -> bool:
        """Whether there is something to save, and little of it is new."""
        return bool(self._unsaved) and sum(entry.place is None for entry in self._unsaved) < FEW

    def save(self) -> None:
        """Keep what was read: add the rest of what is new to the pack, and note what is known of all."""
        if not self._unsaved:
            return
        entries, self._unsaved = self._unsaved, []
        anew = self.shelf.must_repack(entry.place for entry in entries if entry.place)
        new = [entry for entry in entries if anew or entry.place is None]
        places = self.shelf.add((_piece(entry.record.rest) for entry in new), anew)
        for entry, place in zip(new, places, strict=True):
            entry.place = place
            if isinstance(entry.record.source, Kept):  # it lay in a pack that is gone now
                entry.record.source = replace(entry.record.source, place=place)
        self.shelf.save([_row(entry) for entry in entries])


@dataclass(frozen=True, slots=True)
class Kept:
    """Fetches the rest of a record that was kept."""

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
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _settled(state: State | None, now: int) -> State | None:
    """The state, if the source has been in it for so long that the next change must show."""
    return state if state and max(state[1:]) < now - SETTLED else None


def _row(entry: Entry) -> list[Any]:
    record = entry.record
    return [
        record.path,
        record.kind,
        entry.place,
        entry.state,
        record.digest,
        record.data,
        record.links,
        [[getattr(photo, name) for name in InlinePhoto.__slots__] for photo in record.photos],
        record.words,
        record.head,
        [[getattr(fault, name) for name in Fault.__slots__] for fault in record.faults],
    ]


def _piece(rest: Rest) -> bytes:
    body = rest.body
    row = [body.html, body.ends, body.more, rest.lines, rest.terms]
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
