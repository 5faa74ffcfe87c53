"""How the files that the last run left look now, below the folder that readers see; nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.manifest import Manifest
from plugins.press.pair import Difference, Pair


@dataclass(frozen=True, slots=True)
class Look:
    """The size of each file and the time of its last change, in nanoseconds; and how the trees differ, where that is known.

    What is not in it was not seen, and so nobody can say that it is as it was.
    """

    states: Mapping[str, tuple[int, int]]
    difference: Difference | None


def look(shown: Path, manifest: Path, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees."""
    files, folder = Manifest.load(manifest).files, os.fspath(shown)
    states = {}
    for name in files:
        try:
            found = os.lstat(f"{folder}/{name}")
        except OSError:
            continue
        states[name] = (found.st_size, found.st_mtime_ns)
    return Look(states, pair.difference(files) if pair else None)
