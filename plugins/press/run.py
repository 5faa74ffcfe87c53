"""A print run: every file of the site is one sheet, and only those that changed are made and written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.parallel import share
from plugins.press.fingerprint import digest
from plugins.press.manifest import Manifest, Strays, is_inside


@dataclass(frozen=True, slots=True)
class Sheet:
    """One output file: where it goes, the fingerprint of all it depends on, and how its bytes are made."""

    save_as: str
    fingerprint: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several files made at once below one folder, whose names are known only when they are made."""

    prefix: str
    fingerprint: str
    make: Callable[[], dict[str, bytes]]


@dataclass(slots=True)
class Printed:
    """What a run did, as sorted paths below the output folder."""

    written: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


class TwoForOnePlace(Exception):
    """Two sheets of a run would be written to one file, or one where another needs a folder."""


@dataclass(slots=True)
class Run:
    """Collects the sheets of a build, then prints them into the output folder.

    In a `staged` output that no manifest describes, every file is removed that no sheet stands for.
    """

    output: Path
    manifest_path: Path
    jobs: int = 1
    staged: bool = False
    sheets: dict[str, Sheet] = field(default_factory=dict)
    bundles: list[Bundle] = field(default_factory=list)
    _places: dict[str, str] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        """Add a sheet; two may not share a file, whatever the case of its letters."""
        if not is_inside(sheet.save_as):
            raise ValueError(f"{sheet.save_as!r} is not a path inside the output folder")
        other = self._places.setdefault(sheet.save_as.lower(), sheet.save_as)
        if sheet.save_as in self.sheets or other != sheet.save_as:
            raise TwoForOnePlace(f"two pages would be written to {sheet.save_as}")
        self.sheets[sheet.save_as] = sheet

    def print(self) -> Printed:
        """Make and write what changed, remove what no sheet stands for any more, and note all of it in the manifest."""
        old, new = Manifest.load(self.manifest_path), Manifest()
        self.output.mkdir(parents=True, exist_ok=True)
        for bundle in self.bundles:
            self._unpack(bundle, old, new)
        _check_folders(self.sheets.keys() | new.files.keys())
        due = [sheet for sheet in self.sheets.values() if not self._stands(sheet, old, new)]
        done = Printed(sorted(sheet.save_as for sheet in due), sorted(new.files))
        strays = Strays(self.manifest_path.with_name("strays.json"))
        left = old.files.keys() | {path for path in strays.load() if os.path.lexists(f"{self.output}/{path}")}
        if self.staged and not old.files:
            left |= {path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if not path.is_dir()}
        done.removed = sorted(left - new.files.keys() - set(done.written))
        strays.save([*done.removed, *(path for path in done.written if path not in old.files)])
        for path in done.removed:
            self._remove(path)
        self._clear_ways(due)
        for sheet, (size, mtime) in zip(due, share(self._write_all, due, self.jobs), strict=True):
            new.files[sheet.save_as] = (sheet.fingerprint, size, mtime)
        new.files = dict(sorted(new.files.items()))
        if new != old:
            new.save(self.manifest_path)
        return done

    def _stands(self, sheet: Sheet, old: Manifest, new: Manifest) -> bool:
        """Whether the sheet's file is there as the last build left it; if so, its entry is carried over."""
        entry = old.files.get(sheet.save_as)
        if entry is None or entry[0] != sheet.fingerprint or not self._untouched(sheet.save_as, entry):
            return False
        new.files[sheet.save_as] = entry
        return True

    def _untouched(self, path: str, entry: tuple[str, int, int]) -> bool:
        try:
            found = os.lstat(f"{self.output}/{path}")
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == entry[1:]

    def _unpack(self, bundle: Bundle, old: Manifest, new: Manifest) -> None:
        """Carry a bundle's files over when nothing changed; else make it, and add a sheet for each of its files."""
        mark, names = old.bundles.get(bundle.prefix, ("", []))
        there = all(name in old.files and self._untouched(name, old.files[name]) for name in names)
        if mark == bundle.fingerprint and names and there:
            new.files.update((name, old.files[name]) for name in names)
        else:
            made = {f"{bundle.prefix}/{name}": data for name, data in sorted(bundle.make().items())}
            for name, data in made.items():
                self.add(Sheet(name, digest(data), lambda data=data: data))  # type: ignore[misc]
            names = list(made)
        new.bundles[bundle.prefix] = (bundle.fingerprint, names)

    def _clear_ways(self, due: Sequence[Sheet]) -> None:
        """Make the folders that the sheets go to; a file of an older site that stands in the way goes."""
        for folder in sorted({sheet.save_as.rpartition("/")[0] for sheet in due}):
            way = self.output / folder
            try:
                way.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                for part in [*reversed(way.relative_to(self.output).parents), way.relative_to(self.output)]:
                    if (self.output / part).is_file():
                        (self.output / part).unlink()
                way.mkdir(parents=True, exist_ok=True)

    def _write_all(self, sheets: Sequence[Sheet]) -> list[tuple[int, int]]:
        return [self._write(sheet) for sheet in sheets]

    def _write(self, sheet: Sheet) -> tuple[int, int]:
        """Write a new file in place of the old one: the old one's inode may be shared with the site that is live."""
        data = sheet.make()
        path = f"{self.output}/{sheet.save_as}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            target = os.open(path, flags, 0o644)
        except FileExistsError:
            os.unlink(path)
            target = os.open(path, flags, 0o644)
        with open(target, "wb") as file:
            file.write(data)
            file.flush()
            found = os.fstat(file.fileno())
        return found.st_size, found.st_mtime_ns

    def _remove(self, path: str) -> None:
        """Remove a file that has no sheet any more, and the folders that it leaves empty."""
        (self.output / path).unlink(missing_ok=True)
        folder = (self.output / path).parent
        while folder != self.output:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _check_folders(paths: Iterable[str]) -> None:
    """Refuse a path that is a file for one sheet and a folder for another."""
    places = {path.lower() for path in paths}
    for path in places:
        folder = path.rpartition("/")[0]
        while folder:
            if folder in places:
                raise TwoForOnePlace(f"{folder} would be both a page and the folder of {path}")
            folder = folder.rpartition("/")[0]
