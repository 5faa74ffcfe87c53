"""What is no longer as the last run left it, below the folder that readers see, where nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from pathlib import Path

from msgspec import Struct

from plugins.manifest import Entry, Manifest, behind_links
from plugins.press.pair import Difference, Pair
from plugins.press.trees import listed


class Look(Struct, frozen=True):
    """How many files it looked at, and which of them somebody has touched or taken; how the trees differ, where that is known.

    What was not looked at counts as touched: nobody can say that it is as it was. `added` are files that the last run did
    not leave: somebody has put them there, or older runs.
    """

    looked: int
    touched: Set[str]
    difference: Difference | None
    added: Set[str] = frozenset()

    def touched_of(self, files: Mapping[str, Entry]) -> Set[str]:
        """Those of the last run's files that are touched: all, where it did not look at these."""
        return self.touched if self.looked == len(files) else files.keys()


def look(shown: Path, manifest: Path, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees.

    Where nothing is known of how the trees differ, as after a whole build, the second is made equal to what readers see.
    """
    files, folder = Manifest.load(manifest).files, os.fspath(shown)
    touched = set()
    for name, (_, size, mtime, _) in files.items():
        try:
            found = os.lstat(f"{folder}/{name}")
        except OSError:
            touched.add(name)
            continue
        if found.st_mtime_ns != mtime or found.st_size != size:
            touched.add(name)
    difference, added = pair.difference(files) if pair else None, set[str]()
    if difference is None:  # else all folders are those of the last run, and hold what it left
        touched |= behind_links(files, folder)
        if pair and shown.is_dir():
            added = set(listed(shown, empty=True)) - files.keys()
            difference = pair.leveled(files, is_whole=not added) if files else None
    return Look(len(files), touched, difference, added)
