"""The archive to import, a file, a folder or a zip: read only, and never anything outside it."""

from __future__ import annotations

import io
import lzma
import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from broadside.importer import quoted
from broadside_import.readable import HALVES

LARGEST_FILE = 2_000_000_000
"""The maximum size of one file in bytes; an export of 100,000 stories has half of it."""
LARGEST_ZIP = 50_000_000_000
MOST_FILES = 500_000
STEEPEST = 200
"""The maximum ratio of a zip's file to its packed size (text reaches 20); above it, it is a zip
bomb.
"""


class NotOpened(Exception):
    """The source cannot be read."""


class Source:
    """Files by name: paths with slashes below the source, none of which leads out of it."""

    names: list[str]
    """Sorted."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.refused: list[tuple[str, str]] = []
        """Names that are not read, and why: links, paths that lead outside."""

    def open(self, name: str) -> BinaryIO:
        """Open a file, to be read once."""
        raise NotImplementedError

    def read(self, name: str, most: int = 50_000_000) -> bytes:
        """The file's bytes; raises NotOpened if there are more than `most`."""
        with self.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise NotOpened(f"{name} has more than {most // 1_000_000} MB")
        return data


class FolderSource(Source):
    """A folder, or a single file of one."""

    def __init__(self, root: Path, only: str = "") -> None:
        super().__init__((root / only).name)
        self.root = root
        if only:
            self.names = [only]
        else:
            self.names = sorted(self._walk(root))
        self._known = frozenset(self.names)

    def _walk(self, root: Path) -> list[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".git") and self._is_real(folder, name)
            )
            found += [
                (Path(folder) / name).relative_to(root).as_posix()
                for name in files
                if self._is_real(folder, name)
            ]
            if len(found) > MOST_FILES:
                raise NotOpened(f"{root} has more than {MOST_FILES:,} files")
        return found

    def _is_real(self, folder: str, name: str) -> bool:
        path = Path(folder) / name
        mode = path.lstat().st_mode
        if HALVES.search(name):
            self.refused.append(
                (HALVES.sub("?", path.relative_to(self.root).as_posix()), "its name is not text")
            )
            return False
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return True
        why = "it is not a file"
        if stat.S_ISLNK(mode):
            why = "it is a link to somewhere else"
        self.refused.append((path.relative_to(self.root).as_posix(), why))
        return False

    def open(self, name: str) -> BinaryIO:
        """Open a file, to be read once."""
        if name not in self._known:
            raise NotOpened(f"{quoted(name)} is not in {self.label}")
        try:
            file = os.open(self.root / name, os.O_RDONLY | os.O_NOFOLLOW)
            return os.fdopen(file, "rb")
        except OSError as problem:
            raise NotOpened(f"{name} cannot be read ({problem.strerror})") from None


class ZipSource(Source):
    """A zip, read in place: nothing is unpacked to the disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as problem:
            raise NotOpened(f"{path} cannot be read as a zip ({problem})") from None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        infos = self.archive.infolist()
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > LARGEST_ZIP:
            raise NotOpened(
                f"{path} holds more than {MOST_FILES:,} files or {LARGEST_ZIP // 10**9} GB"
            )
        for info in infos:
            if info.is_dir():
                why = ""
            else:
                why = _why_not(info)
            if why:
                self.refused.append((info.filename, why))
            elif not info.is_dir():
                self._infos[info.filename] = info
        self.names = sorted(self._infos)

    def open(self, name: str) -> BinaryIO:
        """Open a file, to be read once."""
        try:
            return cast(
                "BinaryIO",
                _Unpacked(self.archive.open(self._infos[name]), f"{quoted(name)} in {self.label}"),
            )
        except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError):
            raise NotOpened(f"{quoted(name)} cannot be read from {self.label}") from None


class _Unpacked(io.BufferedIOBase):
    """A file in a zip; raises NotOpened where it is damaged."""

    def __init__(self, file: IO[bytes], label: str) -> None:
        self.file, self.label = file, label

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return self.file.read(-1 if size is None else size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            ValueError,
            OSError,
        ) as problem:
            raise NotOpened(f"{self.label} is damaged ({problem})") from None

    def close(self) -> None:
        self.file.close()
        super().close()


def _why_not(info: zipfile.ZipInfo) -> str:
    """Why a zip's file is not read; "" if it is."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in info.filename:
        return "its path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to somewhere else"
    if info.flag_bits & 1:
        return "it needs a password"
    if info.file_size > LARGEST_FILE or info.file_size > 1_000_000 + STEEPEST * info.compress_size:
        return "it unpacks to far more than it says"
    return ""


def open_source(path: Path) -> Source:
    """The source at a path: a zip (judged by its first bytes), a folder, or one file."""
    if path.is_dir():
        return FolderSource(path)
    try:
        with path.open("rb") as file:
            first = file.read(4)
    except OSError as problem:
        raise NotOpened(f"{path} cannot be read ({problem.strerror})") from None
    if first[:4] == b"PK\x03\x04":
        return ZipSource(path)
    return FolderSource(path.parent, path.name)
