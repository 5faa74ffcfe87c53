"""Times of last change of the folders of two trees."""

from __future__ import annotations

import hashlib
import os
import stat
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

MISSING = -1
"""The time of a folder that does not exist."""


class Times(Struct):
    """When each folder was last changed in the live tree and in the next one, in nanoseconds.

    An archive has a folder for each story, of which a run changes few. So the times are a sorted list of texts: to pass
    them between processes, digest them, or change a few takes a tenth of the time that it would with a mapping. Each text
    has the live tree's time first or, if they are `turned`, second: an exchange turns them all, and changes few.
    """

    texts: list[str]
    turned: bool = False

    @classmethod
    def of(cls, folders: Iterable[str], live: Path, following: Path, turned: bool = False) -> Times:
        """The times of folders as they are now."""
        one, other = map(os.fspath, (following, live) if turned else (live, following))
        seen = ((folder, time_of(f"{one}/{folder}"), time_of(f"{other}/{folder}")) for folder in folders)
        return cls(sorted([text for each in seen for text in _texts(*each)]), turned)

    def get(self, folder: str) -> tuple[int, int] | None:
        """The times of a folder, the live tree's first; None if it is in neither tree."""
        at = self._place(folder)
        if not self._is_at(at, folder):
            return None
        one, other = map(int, self.texts[at].rpartition("\0")[2].split())
        return (other, one) if self.turned else (one, other)

    def set(self, folder: str, live: int, following: int) -> None:
        """Set the times of a folder."""
        at = self._place(folder)
        one, other = (following, live) if self.turned else (live, following)
        self.texts[at : at + self._is_at(at, folder)] = _texts(folder, one, other)

    @property
    def mark(self) -> str:
        """A digest of all times, which an exchange does not change."""
        return hashlib.blake2b("\0".join(self.texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def latest(self) -> int:
        """When the last of them was changed, in either tree."""
        return max((int(time) for text in self.texts for time in text.rpartition("\0")[2].split()), default=MISSING)

    def _place(self, folder: str) -> int:
        return bisect_left(self.texts, f"{folder}\0")

    def _is_at(self, at: int, folder: str) -> bool:
        return at < len(self.texts) and self.texts[at].startswith(f"{folder}\0")


def time_of(folder: str) -> int:
    """When a folder was last changed; a link to a folder counts as missing."""
    try:
        found = os.lstat(folder)
    except OSError:
        return MISSING
    return found.st_mtime_ns if stat.S_ISDIR(found.st_mode) else MISSING


def _texts(folder: str, one: int, other: int) -> list[str]:
    return [] if one == other == MISSING else [f"{folder}\0{one} {other}"]
