"""What readers see, compared with what the last run noted of it; nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from plugins.press.manifest import Manifest
from plugins.press.pair import Difference, Pair


@dataclass(frozen=True, slots=True)
class Look:
    """The files that are not as the last run left them, and how the trees differ, where that is known."""

    touched: Set[str]
    difference: Difference | None


def look(shown: Path, manifest: Path, pair: Pair | None) -> Look:
    """Look at every file of the last run, below the folder that readers see, and at the folders of both trees."""
    files, folder = Manifest.load(manifest).files, os.fspath(shown)
    touched = {name for name, (_, *state) in files.items() if _state(f"{folder}/{name}") != state}
    return Look(touched, pair.difference(files) if pair else None)


def _state(path: str) -> list[int]:
    """A file's size, and the time of its last change in nanoseconds."""
    try:
        found = os.lstat(path)
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]
