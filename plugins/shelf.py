"""What is kept from one build to the next: a value in a file of its own, and the large parts of it in a pack.

Everything is plain JSON under a digest, so that nothing in it can be run, and nothing is believed that was cut short or
changed. What was kept by another version, or under another mark, is ignored with a line that says so. msgspec writes it,
and reads it into the types that whoever asks for it says; what does not have their form is damaged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from plugins.fingerprint import digest
from plugins.pack import Pack, Place
from plugins.whole import write_whole

T = TypeVar("T")
Kind = TypeVar("Kind")

VERSION = 7
DAMAGED = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading raises where the data is not what was written."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times are sure to change when it does: some file systems count in two seconds."""

SECOND = 1_000_000_000
"""Of whole seconds are all times on some file systems: of two that are equal there, nobody can tell which came first."""

log = logging.getLogger("broadside")


def encoded(value: Any) -> bytes:
    """A value as it is kept: plain values, structs and named tuples."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file name that is not text: nothing is kept, and it is made anew
        return b""


def decoded(data: bytes, kind: type[Kind]) -> Kind:
    """The value of a kind that was encoded; raises ValueError where it is none."""
    return msgspec.json.decode(data, type=kind)


def keep(path: Path, value: Any) -> None:
    """Write a value for the next build, all of it or nothing, under its digest."""
    text = encoded(value)
    write_whole(path, f"{VERSION} {digest(text)}\n".encode(), text)


def kept(path: Path, kind: type[Kind]) -> Kind:
    """The value of a kind that was kept; raises OSError where there is none.

    Raises ValueError where it is not what was written, and says so in a line.
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
    """Say in a line that what was kept is not believed; the error to raise, where somebody has to know."""
    log.info("What the last build kept in %s %s; it is made anew.", path, why)
    return ValueError(f"{path} {why}")


class Shelf(Struct):
    """A named place in the cache folder; `mark` stands for all that the kept value depends on."""

    folder: Path
    name: str
    mark: str
    _pack: Pack | None = None

    def load(self, make: Callable[[Kind], T], kind: type[Kind]) -> T | None:
        """What `make` makes of the kept value of a kind; None where there is none that can be believed."""
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
        """A piece of the pack; raises ValueError where it is not what was put there."""
        if self._pack is None:
            raise ValueError("there is no pack")
        return self._pack.get(place)

    def put(self, places: Sequence[Place | None], piece: Callable[[int], bytes]) -> list[Place]:
        """Put pieces into the pack, and say where each is; `places` are those that they have by now, and `piece` gives one by its number.

        Pieces without a place are added. Where there is no pack, or most of it is waste, all go into a new one; until then
        the old one can be read.
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
        """Put a value in the place of the old one; its pieces are in the pack by now."""
        pack = self._pack
        keep(self.path, [self.mark, *([pack.name, pack.size()] if pack else ["", 0]), value])
        self.sweep()

    def sweep(self) -> None:
        """Delete packs that no kept value points to, which a build leaves behind when it is stopped while it saves."""
        if self._pack:
            self._pack.sweep(self.name)

    @property
    def path(self) -> Path:
        """The file of the value."""
        return self.folder / f"{self.name}.json"
