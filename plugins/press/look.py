"""What is no longer as the last run left it: in the folder that readers see, which nobody should change, and in the second tree."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path

from msgspec import Struct

from plugins.manifest import Files, behind_links, touched
from plugins.press.pair import Difference, Pair
from plugins.press.trees import listed


class Look(Struct, frozen=True):
    """Which files of the last run somebody has touched or taken, and how the trees differ, where that is known.

    `added` are files that it did not leave: somebody has put them there, or older runs.
    """

    touched: Set[str]
    difference: Difference | None
    added: Set[str] = frozenset()


def look(shown: Path, files: Files, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees.

    Where nothing is known of how the trees differ, as after a whole build, it makes the second equal to what readers see: it
    is mostly done by a process that has time, before anybody prints.
    """
    folder = os.fspath(shown)
    changed = set(touched(files, folder))
    difference = pair.difference(files) if pair else None
    if difference is not None:  # all folders are those of the last run, and hold what it left
        return Look(changed, difference)
    changed |= behind_links(files, folder)
    if pair is None:
        return Look(changed, None)
    added = set(listed(shown, empty=True)) - files.keys()
    return Look(changed, pair.make_alike(files, is_whole=not added) if files else None, added)
