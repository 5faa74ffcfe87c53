"""Paths of files below the output folder, as text with forward slashes; the folder itself is ""."""

from __future__ import annotations

import os
from collections.abc import Iterable


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders of some paths, and the folders that these are in, up to the top."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def is_inside(path: str) -> bool:
    """Whether a path stays below the output folder, and is spelled in the only way that is allowed."""
    return "\\" not in path and "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


def printable(path: str) -> str:
    """A path in a form that can be printed anywhere: its bytes may not be valid text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
