"""Paths of files below the output folder, as text with forward slashes; the folder itself is ""."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

DOTS = [f"{before}{dots}{after}" for before in "/\n" for dots in (".", "..") for after in "/\n"]
OUTSIDE = ("\\", "\0", "//", "/\n", "\n/", "\n\n", *DOTS)
"""Texts that, in paths joined line by line, suggest that one leaves the output folder; a regular expression takes four times as long."""


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


def are_inside(paths: Collection[str]) -> bool:
    """Whether all paths stay below the output folder; they are checked one by one only if a quick check leaves a doubt."""
    text = "\n".join(["", *paths, ""])
    if text.count("\n") == len(paths) + 1 and not any(sign in text for sign in OUTSIDE):
        return True
    return all(map(is_inside, paths))


def printable(path: str) -> str:
    """A path in a form that can be printed anywhere: its bytes may not be valid text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
