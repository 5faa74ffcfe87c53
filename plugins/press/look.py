"""Which files are no longer as the last run left them, below the folder that readers see; nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from plugins.manifest import Manifest
from plugins.press.pair import Difference, Pair


@dataclass(frozen=True, slots=True)
class Look:
    """The files that somebody has touched or taken since; and how the trees differ, where that is known."""

    touched: Set[str]
    difference: Difference | None


def look(shown: Path, manifest: Path, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees."""
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
    return Look(touched, pair.difference(files) if pair else None)
