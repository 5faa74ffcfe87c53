"""Keeps values from one build to the next: each in a file of its own, with its large parts in a pack.

Files are plain JSON under a digest, so nothing in them can be run, and nothing is believed that was cut short or changed.
What was kept by another version, or under another mark, is ignored with a line that says so. msgspec writes the values and
reads them into the types that the caller names; what does not fit the type counts as damaged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from broadside.plugins.fingerprint import digest
from broadside.plugins.pack import Pack, Place
from broadside.plugins.whole import write_whole

T = TypeVar("T")
Kind = TypeVar("Kind")

VERSION = 7
DAMAGED = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading may raise if the data is not what was written."""

SETTLED = 2_000_000_000
"""Nanoseconds after a change from which the next is sure to alter a file's times: some file systems count in two seconds."""

SECOND = 1_000_000_000
"""On some file systems all times are whole seconds; if two are equal, there is no way to tell which came first."""

log = logging.getLogger("broadside")


def encoded(value: Any) -> bytes:
    """A value as JSON: plain values, structs and named tuples."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file name that is not valid text: nothing is kept, and it is made anew
        return b""


def decoded(data: bytes, kind: type[Kind]) -> Kind:
    """A value of a type from its JSON; raises ValueError if it does not fit the type."""
    return msgspec.json.decode(data, type=kind)


def keep(path: Path, value: Any) -> None:
    """Write a value with its digest for the next build, whole or not at all."""
    text = encoded(value)
    write_whole(path, f"{VERSION} {digest(text)}\n".encode(), text)


def kept(path: Path, kind: type[Kind]) -> Kind:
    """The value that was kept, of type `kind`; raises OSError if there is none.

    Raises ValueError, and logs a line, if it is not what was written.
    """
    with open(path, "rb") as file:
        version, _, mark = file.readline().decode("ascii", "replace").rstrip("\n").partition(" ")
        text = file.read()
    if version != str(VERSION):
        raise ignored(path, "was left by another version")
    if mark != digest(text):
        raise ignored(path, "is damaged")
    try:
        return decoded(text, kind)
    except (ValueError, RecursionError):
        raise ignored(path, "is damaged") from None


def ignored(path: Path, why: str) -> ValueError:
    """Log a line that what was kept is not believed; return the error to raise, for callers that have to."""
    log.info("What the last build kept in %s %s; it is made anew.", path, why)
    return ValueError(f"{path} {why}")


class Shelf(Struct):
    """A named place in the cache folder for one value; `mark` is a digest of all that the value depends on."""

    folder: Path
    name: str
    mark: str
    _pack: Pack | None = None

    def load(self, make: Callable[[Kind], T], kind: type[Kind]) -> T | None:
        """The kept value, of type `kind`, converted by `make`; None if there is none that can be believed."""
        self._pack = None
        try:
            mark, pack, size, value = kept(self.path, tuple[str, str, int, msgspec.Raw])
        except DAMAGED:
            return None
        try:
            if mark != self.mark:
                ignored(self.path, "was made by other code or settings")
                return None
            self._pack = Pack.open(self.folder, self.name, pack, size)
            return make(decoded(value, kind))
        except DAMAGED:
            self._pack = None
            ignored(self.path, "is damaged")
            return None

    def piece(self, place: Place) -> bytes:
        """A piece of the pack; raises ValueError if it is not what was put there."""
        if self._pack is None:
            raise ValueError("there is no pack")
        return self._pack.get(place)

    def put(self, places: Sequence[Place | None], piece: Callable[[int], bytes]) -> list[Place]:
        """Put pieces into the pack, and return the place of each; `places` are those that they have so far, `piece(i)` is the i-th.

        Pieces without a place are added. If there is no pack, or most of it is waste, all are put into a new one; the old one
        can be read until then.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        pack = self._pack
        anew = pack is None or pack.is_mostly_waste(sum([place.size for place in places if place]))
        if pack is None or anew:
            pack = Pack.new(self.folder, self.name)
        added = iter(pack.add(piece(at) for at, place in enumerate(places) if anew or not place))
        self._pack = pack
        return [next(added) if anew or not place else place for place in places]

    def save(self, value: Any) -> None:
        """Replace the kept value by this one, whose pieces are in the pack already."""
        pack = self._pack
        keep(self.path, [self.mark, *([pack.name, pack.size()] if pack else ["", 0]), value])
        self.sweep()

    def sweep(self) -> None:
        """Delete packs that the kept value does not use, left by builds that were stopped while saving."""
        if self._pack:
            self._pack.sweep(self.name)

    @property
    def path(self) -> Path:
        """The file of the kept value."""
        return self.folder / f"{self.name}.json"
