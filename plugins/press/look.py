"""Looks for what somebody has changed since the last run, in the folder that readers see and in the second tree."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path

from msgspec import Struct

from broadside.plugins.manifest import Files, behind_links, touched
from broadside.plugins.press.pair import Difference, Pair
from broadside.plugins.press.trees import listed


class Look(Struct, frozen=True):
    """Which files of the last run somebody has changed or removed (`touched`), and how the trees differ, if that is known.

    `added` are files that the last run did not leave: somebody has put them there, or an older run.
    """

    touched: Set[str]
    difference: Difference | None
    added: Set[str] = frozenset()


def look(shown: Path, files: Files, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees.

    If it is not known how the trees differ, as after a build of everything, this makes the second tree equal to what readers
    see: usually another process does it, before printing begins.
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
