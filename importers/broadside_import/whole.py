"""Writes the result of an import: all of it, or nothing.

Everything is first written into a hidden folder of the content folder, and last a plan of what goes where. Once there is a plan,
the next import finishes an interrupted one: it renames each file into its place, the list of imported files first. Files that
were changed since the plan was made are left alone, and listed as before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from broadside.importer import IMPORTED, UNFINISHED, counted, imported
from broadside_import.media import TakenFile
from broadside_import.own import digest_of

FOLDER, PLAN = UNFINISHED.split("/")
BEFORE = "before"
"""A folder in it, with the earlier list of imported files."""


class Change(Struct, frozen=True):
    """A file that an import writes or removes: the SHA-256 of its bytes before and after, "" for no file."""

    path: str
    before: str
    after: str


PLANNED = msgspec.json.Decoder(list[Change])


def write(root: Path, files: Mapping[str, bytes], copies: Sequence[TakenFile], gone: Iterable[str]) -> None:
    """Write files into a content folder, copy others, and remove some."""
    folder = root / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
        (folder / ".gitignore").write_text("*\n")
        for path, data in counted("Writing", files.items(), len(files)):
            staged = _staged(folder, path)
            staged.write_bytes(data)
        for found in copies:
            with found.place.open(found.name) as source, _staged(folder, found.path).open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
        if (root / IMPORTED).is_file():
            shutil.copyfile(root / IMPORTED, _staged(folder, f"{BEFORE}/{IMPORTED}"))
        written = sorted([*files, *(found.path for found in copies)], key=lambda path: (path != IMPORTED, path))
        changes = [Change(path, digest_of(root / path), digest_of(folder / path)) for path in written]
        changes += [Change(path, digest_of(root / path), "") for path in gone]
        plan = folder / f"{PLAN}.new"
        plan.write_bytes(msgspec.json.encode(changes))
        plan.rename(folder / PLAN)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finish(root)


def _staged(folder: Path, path: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def is_unfinished(root: Path) -> bool:
    """Whether an import was interrupted after making its plan."""
    return (root / FOLDER / PLAN).is_file()


def finish(root: Path) -> list[str]:
    """Carry out the rest of a plan, and return which of init's texts gave way.

    Without a plan, remove what an interrupted import left.
    """
    folder = root / FOLDER
    changes, not_written = _planned(root), list[str]()
    for change in changes:
        file, staged = root / change.path, folder / change.path
        now = digest_of(file)
        # Either written before the interruption, or changed by someone since.
        if now != change.before:
            if now != change.after and staged.is_file():
                not_written.append(change.path)
            continue
        if not change.after:
            file.unlink(missing_ok=True)
        elif staged.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, file)
    before, _ = imported.read(folder / BEFORE)
    if not_written:
        _list_as_before(root, not_written, before)
    gave_way = [
        change.path
        for change in changes
        if change.before and change.path.endswith(".md") and change.path not in before
        if digest_of(root / change.path) == change.after
    ]
    (folder / PLAN).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    return gave_way


def _list_as_before(root: Path, paths: Iterable[str], before: Mapping[str, imported.Entry]) -> None:
    """Restore these paths in the list to their earlier entries, so that an import leaves their files alone."""
    entries, faults = imported.read(root)
    if faults:
        return
    for path in paths:
        entries.pop(path, None)
        if path in before:
            entries[path] = before[path]
    new = root / FOLDER / f"{IMPORTED}.new"
    new.write_bytes(imported.written(entries.values()))
    new.replace(root / IMPORTED)


def _planned(root: Path) -> list[Change]:
    """The plan, unless it is out of date: the list of imported files is no longer the one that it wrote."""
    folder = root / FOLDER
    try:
        changes = PLANNED.decode((folder / PLAN).read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return []
    paths = [PurePosixPath(change.path) for change in changes]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        return []
    own = next((change for change in changes if change.path == IMPORTED), None)
    if own and not (folder / IMPORTED).exists() and digest_of(root / IMPORTED) != own.after:
        return []  # the folder was reset to an earlier state, for example with Git
    return changes
