"""Many small pieces of data in one file, to which is only ever added."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from plugins.fingerprint import digest

SPARE = 1_000_000
"""Bytes of waste that are always tolerated."""


class Place(NamedTuple):
    """Where a piece lies in its pack, in bytes, and its digest."""

    start: int = 0
    size: int = 0
    digest: str = ""


class Pack(Struct):
    """A file of pieces; a piece that was replaced lies waste until the pack is made anew."""

    folder: Path
    name: str
    _file: int = -1

    @classmethod
    def new(cls, folder: Path, stem: str) -> Pack:
        """A pack that is not there yet."""
        return cls(folder, f"{stem}-{os.urandom(4).hex()}.pack")

    @classmethod
    def open(cls, folder: Path, stem: str, name: str, least: int) -> Pack:
        """The pack of that name; raises ValueError where it is none, or is shorter than `least` bytes."""
        if not re.fullmatch(re.escape(stem) + r"-[0-9a-f]{8}\.pack", name):
            raise ValueError(f"{name!r} is no pack")
        pack = cls(folder, name)
        if pack.size() < least:
            raise ValueError(f"{name} is cut short")
        pack._open()  # now, because it may be swept away while it is still read
        return pack

    def size(self) -> int:
        """The pack's bytes, waste and all."""
        return os.stat(self.folder / self.name).st_size

    def get(self, place: Place) -> bytes:
        """The piece at a place; raises ValueError where it is not what was put there."""
        if self._file < 0:
            self._open()
        if min(place.start, place.size) < 0 or place.start + place.size > os.fstat(self._file).st_size:
            raise ValueError(f"{self.name} has no such piece")
        data = os.pread(self._file, place.size, place.start)  # forked processes share the file's position
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
        """Whether so many bytes in use are less than half of the pack."""
        return self.size() > 2 * used + SPARE

    def sweep(self, stem: str) -> None:
        """Delete all other packs of that stem."""
        for path in self.folder.glob(f"{stem}-*.pack"):
            if path.name != self.name:
                path.unlink(missing_ok=True)
