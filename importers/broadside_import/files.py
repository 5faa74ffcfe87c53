"""Finds the files to which stories link, such as reports, and says which of them go to files/ and under which name."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from msgspec import Struct

from broadside.importer import (
    KINDS_OF_FILES,
    PIECE,
    FileProblem,
    InspectedFile,
    address_of_file,
    file_name_problem,
    judged_file,
)
from broadside_import.names import key_of
from broadside_import.pictures import STORED, Pictures
from broadside_import.source import NotOpened, Source

FOLDER = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)+")
"""What the setting FORMER_URLS takes."""


class Taken(Struct):
    """A file that is taken over: its path in the content folder, where it is in the archive, and the SHA-256 of its bytes."""

    path: str
    place: Source
    name: str
    digest: str
    gave_way_to: str = ""
    """The path of the outlet's own file because of which it got another name."""


class Files:
    """The files of an archive, each looked for once, where its pictures are looked for too; `most` is the most bytes that one may have."""

    def __init__(self, pictures: Pictures, most: int) -> None:
        self.pictures, self.names, self.most = pictures, pictures.names, most
        self.by_address: dict[str, Taken | str] = {}

    def find(self, old: str, href: str, folder: str) -> Taken | str:
        """The file at an old address, of which `href` is how a story writes it; or why it is not taken over."""
        if old not in self.by_address:
            self.by_address[old] = self._found(old, href, folder)
        return self.by_address[old]

    def _found(self, old: str, href: str, folder: str) -> Taken | str:
        why = "it was not found"
        if PurePosixPath(old).suffix.lower() not in KINDS_OF_FILES:
            return "it is of a kind that is not published"
        for place, name in self.pictures.candidates(self.pictures.core(href), href, folder):
            if problem := file_name_problem(PurePosixPath(old).name):
                return problem[0]
            seen = self._judged(place, name)
            if isinstance(seen, InspectedFile):
                digest = _digest_of(place, name)
                choices = self._choices(old)
                path = self.names.path(key_of("file", old), choices, digest)
                other = choices(1) if self.names.gave_way(path, choices(1)) else ""
                return Taken(path, place, name, digest, other)
            why = seen.message
        return why

    def _judged(self, place: Source, name: str) -> InspectedFile | FileProblem:
        base = PurePosixPath(name).name
        try:
            with place.open(name) as file:
                if isinstance(file, io.BufferedReader):
                    return judged_file(file, base, os.fstat(file.fileno()).st_size, self.most)
                with tempfile.TemporaryFile() as whole:  # of a zip's file, the end cannot be read first
                    return judged_file(whole, base, self._copied(file, whole), self.most)
        except (NotOpened, OSError, EOFError, ValueError) as problem:
            return FileProblem("file-unreadable", str(problem))

    def _copied(self, file: BinaryIO, whole: BinaryIO) -> int:
        """Copy a file, but not much more than is allowed; return how many bytes."""
        size = 0
        while size <= self.most and (piece := file.read(PIECE)):
            size += whole.write(piece)
        whole.seek(0)
        return size

    def _choices(self, old: str) -> Callable[[int], str]:
        """Where in files/ a file may go, by number: in the folders and under the name that it had, in the letters of addresses."""
        below = STORED.sub("", old.lstrip("/"))
        path = address_of_file(f"files/{below}", InspectedFile(0, ""), by_digest=False)
        stem, ending = os.path.splitext(path)
        return lambda number: f"{stem}{f'-{number}' if number > 1 else ''}{ending}"

    @property
    def taken(self) -> list[tuple[str, Taken]]:
        """The old addresses of all files that are taken over, each with the file."""
        return sorted((old, found) for old, found in self.by_address.items() if isinstance(found, Taken))


def _digest_of(place: Source, name: str) -> str:
    """The SHA-256 of a file of the archive."""
    digest = hashlib.sha256()
    with place.open(name) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def moved_folders(taken: list[tuple[str, Taken]]) -> dict[str, str]:
    """The setting FORMER_URLS with which old addresses of files lead to where the files are, as far as folders can say it."""
    folders: dict[str, str] = {}
    for old, found in taken:
        before, after = old.strip("/").split("/"), found.path.split("/")
        same = 0
        while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
            same += 1
        same = min(same, len(before) - 1, len(after) - 1)
        former, now = (f"{'/'.join(parts[:-same])}/" for parts in (before, after)) if same else ("", "")
        if same and FOLDER.fullmatch(former) and FOLDER.fullmatch(now):
            folders.setdefault(former, now)
    return folders
