"""Tells which files were saved, and whether the preview must be rebuilt."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadside.content.folder import is_left_over
from broadside.digests import files_below
from broadside.faults import one_line

NOT_WATCHED = {"output", "node_modules", "__pycache__", "tests", "docs", "tools"}
"""Folders of the project that no page depends on."""
CODE = (".py", ".lock")
HALF_WRITTEN = (".swp", ".swx", ".tmp", ".part", ".pyc")
"""Extensions of temporary files beside the theme and the code; in the content, every file counts
that a build sees.
"""
SAVING = 400
"""The most milliseconds for which changes are gathered before a build starts: an editor that saves
may write several files.
"""
STEP = 50
"""Milliseconds between two queries for changes that the system reported."""
PAUSE, POLLED = 3.0, 1.0
"""Seconds until the states of all files are compared again; the second is used if the system
reports no changes.
"""
NOT_NOTED = """\
The system does not note changes in all of these folders: {}.
So a save is looked for once a second, and takes that much longer to be shown. If a limit of Linux
is too small, raise it:
sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"""
FileState = tuple[int, ...]
"""A file's inode, size and times."""


class WantedFiles(Struct, frozen=True):
    """Says whether a changed file matters: content, theme, settings and code do, leftovers of
    builds and editors do not.
    """

    content: Path
    project: Path
    made: tuple[Path, ...] = ()

    def __call__(self, _: Any, path: str) -> bool:
        """Whether a change to this file calls for a build."""
        file = Path(path)
        if any(file.is_relative_to(folder) for folder in self.made):
            return False
        # everything that a build would read, or report as a fault
        if file.is_relative_to(self.content):
            return _is_seen(file.relative_to(self.content))
        if not file.is_relative_to(self.project):
            return False
        inside = file.relative_to(self.project)
        # Such as a log in the project folder, which grows with each build.
        is_stray = len(inside.parts) == 1 and "." in file.name and not path.endswith(CODE)
        is_half_written = inside.name.endswith(HALF_WRITTEN)
        return (
            not (is_stray or is_half_written)
            and _is_seen(inside)
            and not NOT_WATCHED & set(inside.parts)
        )

    def folders(self) -> list[str]:
        """The folders with all wanted files except those beside the settings; built sites are left
        out.
        """
        found = [
            each.path
            for each in os.scandir(self.project)
            if each.is_dir()
            and not is_left_over(each.name)
            and each.name not in NOT_WATCHED
            and Path(each.path) not in self.made
            and not os.path.isdir(self.project / f".{each.name}.cache")
        ]
        if self.content.is_dir() and not any(
            self.content.is_relative_to(folder) for folder in found
        ):
            found.append(str(self.content))
        return found


class Saves:
    """Tells which wanted files were saved.

    The system reports changes, but silently drops those it has no room for. So from time to time
    the states of all files are compared with those before the last build.
    """

    def __init__(self, wanted: WantedFiles) -> None:
        self._wanted, self._pause, self._took = wanted, PAUSE, 0.0
        self._missed: set[str] = set()
        self._watch()
        self._beside, self._below = self._states_beside(), self._states_below()
        self._compared = time.monotonic()

    def next(self) -> set[str]:
        """Wait a moment, and return what was saved; a build that begins after this reads these
        files as they are now, or newer.
        """
        changes = next(self._changes)
        if self._folders != self._wanted.folders() or any(
            path in self._folders for _, path in changes
        ):
            self._watch()
            self.compare()
        noted = {path for change, path in changes if self._wanted(change, path)} | self._missed
        self._missed = set()
        # Record their new states, so that compare() does not report the same saves again.
        for path in noted:
            self._below.pop(path, None)
        self._below |= _states(noted)
        before, self._beside = self._beside, self._states_beside()
        return noted | self._differing(before, self._beside)

    @property
    def is_time(self) -> bool:
        """Whether it is time to compare the states of all files again."""
        # Comparing never takes more than a twentieth of the time, however large the archive is.
        return time.monotonic() - self._compared > max(self._pause, 20 * self._took)

    def compare(self) -> None:
        """Compare the states of all files, so that next() also returns changes that the system did
        not report.
        """
        began, before, self._below = time.monotonic(), self._below, self._states_below()
        self._missed |= self._differing(before, self._below)
        self._compared = time.monotonic()
        self._took = self._compared - began

    def _watch(self) -> None:
        """Start watching the folders that exist now."""
        self._folders = self._wanted.folders()
        self._changes = self._noted()
        next(self._changes)

    def _noted(self) -> Iterator[set[tuple[Any, str]]]:
        """Again and again, all changes that the system reported since; an empty set if none."""
        from watchfiles import watch

        try:
            # No filter: with one, watch() yields nothing while only filtered files change, as
            # during another build.
            yield from watch(
                *self._folders,
                debounce=SAVING,
                step=STEP,
                watch_filter=None,
                rust_timeout=STEP,
                yield_on_timeout=True,
            )
        except (OSError, RuntimeError) as problem:
            if self._pause != POLLED:
                why = one_line(str(problem)).partition(" about [")[0].rstrip(".")
                print(NOT_NOTED.format(why), file=sys.stderr, flush=True)
            self._pause = POLLED
            while True:
                time.sleep(STEP / 1000)
                yield set()

    def _differing(self, before: dict[str, FileState], now: dict[str, FileState]) -> set[str]:
        return {path for path, _ in before.items() ^ now.items() if self._wanted(None, path)}

    def _states_beside(self) -> dict[str, FileState]:
        """The states of the settings and the few files beside them, which are compared every
        time.
        """
        return _states(each.path for each in os.scandir(self._wanted.project))

    def _states_below(self) -> dict[str, FileState]:
        states: dict[str, FileState] = {}
        for folder in self._folders:
            if folder == str(self._wanted.content):
                states |= _states(_files_below(folder))
            else:
                states |= _states(files_below(Path(folder)))
        return states


def _files_below(content: str) -> Iterator[str]:
    """All files of a content folder; links are not followed."""
    for at, folders, names in os.walk(content):
        folders[:] = [name for name in folders if not is_left_over(name)]
        yield from (f"{at}/{name}" for name in names)


def _states(paths: Iterable[str]) -> dict[str, FileState]:
    """The state of each path that is a file."""
    states: dict[str, FileState] = {}
    for path in paths:
        try:
            found = os.stat(path)
        except OSError:  # it is gone, or a broken link
            continue
        if not stat.S_ISDIR(found.st_mode):
            states[path] = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return states


def the_story(content: Path, paths: Set[str]) -> str:
    """The path, relative to the content folder, of the one story that was saved; "" if anything
    else was saved too.

    Other files that are already gone do not count: editors create them to test whether they may
    write, or to save safely.
    """
    saved = [path for path in paths if path.endswith(".md") or os.path.lexists(path)]
    if len(saved) == 1:
        file = Path(saved[0])
        if file.suffix == ".md" and file.is_file() and file.is_relative_to(content / "articles"):
            return file.relative_to(content).as_posix()
    return ""


def _is_seen(inside: Path) -> bool:
    return not any(map(is_left_over, inside.parts))
