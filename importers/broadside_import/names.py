"""Names of pictures and files that move in: what the outlet has itself is never replaced."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from broadside.importer import Entry

LONGEST = 500
"""Bytes of an address that is written into the list as it is; some hold a whole picture."""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes; "" if there is no such file."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def key_of(what: str, address: str) -> str:
    """What names a picture or file at an old address in the list of what was imported."""
    readable = address.encode("utf-8", "replace")
    return f"{what} {readable.decode() if len(readable) <= LONGEST else hashlib.sha256(readable).hexdigest()}"


class Names:
    """Gives each picture and file a path: the one that it had in an earlier import, or the first that is free.

    `taken` has the paths of everything in the content folder, in lower case.
    """

    def __init__(self, root: Path, kind: str, entries: Mapping[str, Entry], taken: Iterable[str]) -> None:
        self.root, self.entries = root, entries
        self.taken = {*taken, *(path.lower() for path in entries)}
        self.own = self.taken - {path.lower() for path in entries}
        """The paths of what the outlet has itself."""
        self.known = {
            (entry.id, PurePosixPath(path).suffix): path for path, entry in entries.items() if entry.kind == kind
        }

    def path(self, key: str, numbered: Callable[[int], str], digest: str) -> str:
        """The path of what has this key and this digest ("" if it was not found); `numbered` gives its first choice for 1."""
        first = numbered(1)
        if known := self.known.get((key, PurePosixPath(first).suffix)):
            return known
        number, path = 1, first
        while not self._is_free(path) and not self._is_the_same(path, digest):
            number += 1
            path = numbered(number)
        self.taken.add(path.lower())
        return path

    def gave_way(self, path: str, first: str) -> bool:
        """Whether something got another path than its first choice because the outlet itself has a file there."""
        return path != first and (first.lower() in self.own or os.path.lexists(self.root / first))

    def _is_free(self, path: str) -> bool:
        return path.lower() not in self.taken and not os.path.lexists(self.root / path)

    def _is_the_same(self, path: str, digest: str) -> bool:
        """Whether these very bytes are there, and nobody's."""
        return bool(digest) and path not in self.entries and digest_of(self.root / path) == digest
