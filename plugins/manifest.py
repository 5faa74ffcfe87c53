"""The manifest: what the last build wrote, with each file's fingerprint, size and time.

The press writes it. Others read it, some of them without loading Pelican, so it is not among the press's modules.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from broadside.plugins.paths import are_inside, folders_of, is_inside
from broadside.plugins.shelf import DAMAGED, keep, kept

MANIFEST, STRAYS, EXCHANGED, SEARCH = "manifest.json", "strays.json", "exchanged.json", "search"
"""Names in the cache folder: of the manifest, of the files of Strays and of press.pair, and of Pagefind's folder."""

Entry = tuple[str, int, int, str]
"""A file's fingerprint, its size in bytes, its mtime in nanoseconds, and where it links to (press.links)."""

Files = dict[str, Entry]


class Group(NamedTuple):
    """Files that stand or fall under one fingerprint."""

    fingerprint: str
    files: Files


class Manifest(Struct):
    """The files of a site by path: single ones in `alone`, the others in `bundles` by prefix and in `quires` by name."""

    alone: Files = field(default_factory=dict)
    bundles: dict[str, Group] = field(default_factory=dict)
    quires: dict[str, Group] = field(default_factory=dict)

    @property
    def files(self) -> Files:
        """All files."""
        found = dict(self.alone)
        for group in chain(self.bundles.values(), self.quires.values()):
            found |= group.files
        return found

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest at a path; an empty one when it is missing, damaged or of another version.

        A loaded manifest is never changed, so all who ask for it can share it.
        """
        try:
            found = path.stat()
        except OSError:
            return cls()
        return _load(path, (found.st_ino, found.st_size, found.st_mtime_ns))

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest at a path as it is now; an empty one also if a path in it leads out of the output folder."""
        try:
            found = kept(path, cls)
        except DAMAGED:
            return cls()
        return found if are_inside(found.files) else cls()

    def save(self, path: Path) -> None:
        """Write the manifest, whole or not at all."""
        keep(path, self)


@lru_cache(1)
def _load(path: Path, _state: tuple[int, int, int]) -> Manifest:
    return Manifest.read(path)


def head(manifest: Path) -> str:
    """A manifest's version and digest, which identify it; raises OSError if there is none."""
    with open(manifest, encoding="ascii", errors="replace") as file:
        return file.readline()


class Strays(Struct, frozen=True):
    """Paths that a run is about to add or remove, or to change in the second tree, noted before it does.

    A run that is killed leaves files that no manifest names, or that pass for those of one; the next run finds them here, and
    writes them anew or removes them. A folder, whose name ends in a slash, stands for all files in it.
    """

    path: Path

    def load(self) -> list[str] | None:
        """The paths that the last run noted; None if they cannot be read."""
        if not self.path.exists():
            return []
        try:
            return [name for name in kept(self.path, list[str]) if is_inside(name.removesuffix("/"))]
        except DAMAGED:
            return None

    def save(self, names: Iterable[str]) -> None:
        """Note the paths that a run is about to touch; with none, note that it is over."""
        listed = sorted(names)
        if listed or self.path.exists():
            keep(self.path, listed)


def touched(files: Mapping[str, Entry], shown: str) -> Iterator[str]:
    """The files whose size or time in the folder that readers see is no longer the one that was noted."""
    for name, (_, size, mtime, _) in files.items():
        try:
            found = os.lstat(f"{shown}/{name}")
        except OSError:
            yield name
            continue
        if found.st_mtime_ns != mtime or found.st_size != size:
            yield name


def behind_links(files: Iterable[str], shown: str) -> set[str]:
    """The files that are now somewhere else, because somebody has replaced one of their folders by a link."""
    links = tuple(f"{folder}/" for folder in folders_of(files) if folder and os.path.islink(f"{shown}/{folder}"))
    return {name for name in files if name.startswith(links)} if links else set()
