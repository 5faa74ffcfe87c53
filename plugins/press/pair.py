"""The site that readers see and the tree in which the next one grows, with a journal of what differs in them.

After an exchange the second tree is the site as it was. What differs is what the last run changed, so the next run need
not compare the trees as wholes: the pair's journal says which paths to bring over. It is believed only while the times
of all folders are as they were at the exchange, which change whenever something is added to one or taken out of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec import Struct, field

from plugins.manifest import is_inside
from plugins.press.trees import bring, delete, mirror
from plugins.shelf import DAMAGED, keep, kept

MISSING = -1
"""The time of a folder that is not there."""

Times = dict[str, tuple[int, int]]
"""When a folder was last changed in the live tree and in the next, in nanoseconds."""


class Difference(Struct, frozen=True):
    """The paths in which the trees of a pair differ, and the times of all folders, which vouch for it."""

    paths: list[str]
    times: Times


class Pair(Struct):
    """The live site, the tree in which the next one grows, and the journal of their last exchange."""

    live: Path
    next: Path
    journal: Path
    _leveled: Difference = field(default_factory=lambda: Difference([], {}))

    def difference(self, files: Collection[str]) -> Difference | None:
        """How the trees differ, of which the live one holds these files; None where that is not known for sure."""
        if not files:
            return None
        try:
            noted = kept(self.journal)
            paths = [path for path in noted["changed"] if isinstance(path, str) and is_inside(path)]
            times = self._times(_folders([*files, *paths]))
            known = noted["marks"] == _marks(times) and len(paths) == len(noted["changed"])
        except DAMAGED:
            return None
        return Difference(paths, times) if known else None

    def level(self, files: Collection[str], difference: Difference | None, changing: Iterable[str] = ()) -> None:
        """Make the next tree equal to the live one, which holds these files; whoever comes here is about to change it.

        Where nothing is known of any file, every one will be made anew, and the next tree begins empty. `changing` are the
        paths in which it will then be changed. If somebody else has changed one of their folders since the difference was
        seen, that is no longer true; of other folders, the run after this one finds it out (note).
        """
        self.journal.unlink(missing_ok=True)
        if not files:
            if self.next.is_dir():
                delete(self.next)
            self.next.mkdir(parents=True)
        elif difference is None or any(
            _time(f"{self.next}/{folder}") != difference.times.get(folder, (MISSING, MISSING))[1]
            for folder in _folders([*difference.paths, *changing])
        ):
            mirror(self.live, self.next)
        else:
            self._leveled = difference
            for path in difference.paths:
                bring(path, self.live, self.next)

    def note(self, files: Collection[str], changed: Collection[str]) -> None:
        """Note an exchange that was made: the files of the live site, and the paths in which the trees differ.

        A run changes nothing in the live tree, which is now the next: its folders are noted with the times that they had
        when the difference was seen, and those of the new live tree too where the run had nothing to do. Had somebody
        else touched one since, its time is not the one noted, and the next run does not believe the journal.
        """
        before = self._leveled
        touched = _folders([*before.paths, *changed])
        times = {}
        for folder in _folders([*files, *changed]):
            seen = before.times.get(folder)
            live = _time(f"{self.live}/{folder}") if seen is None or folder in touched else seen[1]
            times[folder] = live, _time(f"{self.next}/{folder}") if seen is None else seen[0]
        keep(self.journal, {"changed": sorted(changed), "marks": _marks(times)})

    def _times(self, folders: Iterable[str]) -> Times:
        live, other = os.fspath(self.live), os.fspath(self.next)
        return {folder: (_time(f"{live}/{folder}"), _time(f"{other}/{folder}")) for folder in folders}


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders of some paths, and those that they are in."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _time(folder: str) -> int:
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return MISSING


def _marks(times: Times) -> str:
    """A digest of the times of folders."""
    lines = [f"{folder}\n{live} {other}\n" for folder, (live, other) in sorted(times.items())]
    return hashlib.blake2b("".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
