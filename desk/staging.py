"""The output folder is always wholly the old site or wholly the new one.

A build writes into a second tree, which shares every unchanged file with the output through hard links. When the new
site is complete, one system call exchanges the two trees. A build that is killed at any moment leaves the output as it
was, and a second tree that the next build repairs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


class OutputRefused(Exception):
    """The output folder cannot be used; says why, for the person who named it."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The output folder, and the folder beside it (`cache`) that holds the second tree and the lock."""

    output: Path
    cache: Path

    @property
    def tree(self) -> Path:
        """Where the new site grows."""
        return self.cache / "next"

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Let one build at a time in; `waiting` is called once if another one is at work."""
        self._check()
        with open(self.cache / "lock", "w") as lock:
            try:
                import fcntl
            except ImportError:  # Windows has no flock; two builds there are the user's to avoid
                yield
                return
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self, fresh: bool = False) -> Path:
        """The tree as a copy of the output that shares its files; empty when there is no output yet, or when `fresh`."""
        if fresh or not self.output.is_dir():
            shutil.rmtree(self.tree, ignore_errors=True)
            self.tree.mkdir()
        else:
            mirror(self.output, self.tree)
        return self.tree

    def commit(self) -> None:
        """Put the new site in the place of the old one."""
        if not self.output.exists():
            os.rename(self.tree, self.output)
        elif not _exchange(self.tree, self.output):
            _swap_by_renames(self.tree, self.output)

    def _check(self) -> None:
        """Refuse an output folder that cannot be exchanged as a whole, before any work is done."""
        if self.output.is_symlink() or (self.output.exists() and not self.output.is_dir()):
            raise OutputRefused(f"{self.output} is not a folder")
        if os.path.ismount(self.output):
            raise OutputRefused(f"{self.output} is a mount point, which cannot be exchanged as a whole; name a folder inside it")
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise OutputRefused(f"{self.cache} cannot be made ({problem.strerror})") from None


def mirror(source: Path, target: Path) -> None:
    """Make the target tree equal to the source by hard links; what is the same file already is left alone."""
    target.mkdir(exist_ok=True)
    with os.scandir(source) as entries:
        wanted = {entry.name: entry for entry in entries}
    with os.scandir(target) as entries:
        there = {entry.name: entry for entry in entries}
    for name, entry in there.items():
        if name not in wanted or not _is_same(entry, wanted[name]):
            _delete(entry)
            there[name] = None  # type: ignore[assignment]
    for name, entry in wanted.items():
        if entry.is_dir(follow_symlinks=False):
            mirror(source / name, target / name)
        elif there.get(name) is None:
            os.link(entry.path, target / name, follow_symlinks=False)


def _is_same(entry: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Whether both are folders, or both names of one file."""
    if entry.is_dir(follow_symlinks=False) or other.is_dir(follow_symlinks=False):
        return entry.is_dir(follow_symlinks=False) and other.is_dir(follow_symlinks=False)
    return entry.inode() == other.inode()


def _delete(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):  # an old kernel, or a file system that cannot exchange
        return False
    raise OSError(code, os.strerror(code), str(other))


def _swap_by_renames(tree: Path, output: Path) -> None:
    """Two renames: the output is missing for the blink between them, where no exchange can be had."""
    old = tree.with_name("last")
    shutil.rmtree(old, ignore_errors=True)
    os.rename(output, old)
    os.rename(tree, output)
    os.rename(old, tree)
