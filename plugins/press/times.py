"""When the folders of two trees were last changed."""

from __future__ import annotations

import hashlib
import os
import stat
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

MISSING = -1
"""The time of a folder that is not there."""


class Times(Struct):
    """When each folder was changed in one tree and in the other, in nanoseconds; those that are in neither are left out.

    An archive has a folder for each story, of which a run changes few. So they are texts, in order: handed from process to
    process, digested, or changed in a few places, they take a tenth of the time that a mapping would.
    """

    texts: list[str]

    @classmethod
    def of(cls, folders: Iterable[str], one: Path, other: Path) -> Times:
        """The times of folders as they are now."""
        here, there = os.fspath(one), os.fspath(other)
        seen = ((folder, time_of(f"{here}/{folder}"), time_of(f"{there}/{folder}")) for folder in folders)
        return cls(sorted([text for each in seen for text in _texts(*each)]))

    def get(self, folder: str) -> tuple[int, int] | None:
        """The times of a folder; None where it is in neither tree."""
        at = self._place(folder)
        if not self._is_at(at, folder):
            return None
        one, other = self.texts[at].rpartition("\0")[2].split()
        return int(one), int(other)

    def set(self, folder: str, one: int, other: int) -> None:
        """Note the times of a folder."""
        at = self._place(folder)
        self.texts[at : at + self._is_at(at, folder)] = _texts(folder, one, other)

    @property
    def mark(self) -> str:
        """A digest of all of it."""
        return hashlib.blake2b("\0".join(self.texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _place(self, folder: str) -> int:
        return bisect_left(self.texts, f"{folder}\0")

    def _is_at(self, at: int, folder: str) -> bool:
        return at < len(self.texts) and self.texts[at].startswith(f"{folder}\0")


def time_of(folder: str) -> int:
    """When a folder was last changed; a link to one is none."""
    try:
        found = os.lstat(folder)
    except OSError:
        return MISSING
    return found.st_mtime_ns if stat.S_ISDIR(found.st_mode) else MISSING


def _texts(folder: str, one: int, other: int) -> list[str]:
    return [] if one == other == MISSING else [f"{folder}\0{one} {other}"]
