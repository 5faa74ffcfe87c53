"""Paths of files below the output folder: text with forward slashes, whose top is ""."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

DOTS = [f"{before}{dots}{after}" for before in "/\n" for dots in (".", "..") for after in "/\n"]
OUTSIDE = ("\\", "\0", "//", "/\n", "\n/", "\n\n", *DOTS)
"""Signs, in paths joined line by line, that one may leave the output folder; a regular expression takes four times as long."""


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders of some paths, and those that they are in, up to the top."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def is_inside(path: str) -> bool:
    """Whether a path stays below the output folder, and is spelled in the one way that it can be."""
    return "\\" not in path and "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


def are_inside(paths: Collection[str]) -> bool:
    """Whether all paths stay below the output folder; they are looked at one by one only where the quick look leaves a doubt."""
    text = "\n".join(["", *paths, ""])
    if text.count("\n") == len(paths) + 1 and not any(sign in text for sign in OUTSIDE):
        return True
    return all(map(is_inside, paths))


def printable(path: str) -> str:
    """A path as it can be printed anywhere: a name in it may be bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
