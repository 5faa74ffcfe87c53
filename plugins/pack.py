"""Many small pieces of data in one file, which is only ever added to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from broadside.plugins.fingerprint import digest

SPARE = 1_000_000
"""Bytes of waste that are always accepted."""


class Place(NamedTuple):
    """Where a piece is in its pack, in bytes, and its digest."""

    start: int = 0
    size: int = 0
    digest: str = ""


class Pack(Struct):
    """A file of pieces; one that was replaced is waste until a new pack is made."""

    folder: Path
    name: str
    _file: int = -1

    @classmethod
    def new(cls, folder: Path, stem: str) -> Pack:
        """A pack whose file does not exist yet."""
        return cls(folder, f"{stem}-{os.urandom(4).hex()}.pack")

    @classmethod
    def open(cls, folder: Path, stem: str, name: str, least: int) -> Pack:
        """The pack of a name; raises ValueError if that is not a pack's name, or the file is shorter than `least` bytes."""
        if not re.fullmatch(re.escape(stem) + r"-[0-9a-f]{8}\.pack", name):
            raise ValueError(f"{name!r} is no pack")
        pack = cls(folder, name)
        if pack.size() < least:
            raise ValueError(f"{name} is cut short")
        pack._open()  # at once, because the file may be deleted while it is still read
        return pack

    def size(self) -> int:
        """The pack's bytes, waste and all."""
        return os.stat(self.folder / self.name).st_size

    def get(self, place: Place) -> bytes:
        """The piece at a place; raises ValueError if it is not what was put there."""
        if self._file < 0:
            self._open()
        if min(place.start, place.size) < 0 or place.start + place.size > os.fstat(self._file).st_size:
            raise ValueError(f"{self.name} has no such piece")
        # Not seek and read: forked processes share the file's position.
        data = os.pread(self._file, place.size, place.start)
        if digest(data) != place.digest:
            raise ValueError(f"{self.name} is damaged")
        return data

    def _open(self) -> None:
        self._file = os.open(self.folder / self.name, os.O_RDONLY)

    def add(self, pieces: Iterable[bytes]) -> list[Place]:
        """Add pieces at the end, and return their places."""
        places = []
        with open(self.folder / self.name, "ab") as file:
            start = file.tell()
            for piece in pieces:
                places.append(Place(start, len(piece), digest(piece)))
                file.write(piece)
                start += len(piece)
        return places

    def is_mostly_waste(self, used: int) -> bool:
        """Whether more than half of the pack is waste, when `used` bytes are in use."""
        return self.size() > 2 * used + SPARE

    def sweep(self, stem: str) -> None:
        """Delete all other packs of this stem."""
        for path in self.folder.glob(f"{stem}-*.pack"):
            if path.name != self.name:
                path.unlink(missing_ok=True)
