"""Two folder trees that share their files through hard links, and the one step that exchanges them.

After an exchange the second tree is the site as it was. What differs is what the last run changed, so the next run need
not compare the trees as wholes: the pair's journal says which paths to bring over. It is believed only while the times
of all folders are as they were at the exchange, which change whenever something is added to one or taken out of it.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.press.manifest import is_inside
from plugins.shelf import keep, kept

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


@dataclass(frozen=True, slots=True)
class Pair:
    """The live site, the tree in which the next one grows, and the journal of their last exchange."""

    live: Path
    next: Path
    journal: Path

    def level(self, files: Collection[str]) -> None:
        """Make the next tree equal to the live one, which holds these files; whoever comes here is about to change it.

        Where nothing is known of any file, every one will be made anew, and the next tree begins empty.
        """
        changed = self._changed(files) if files else None
        self.journal.unlink(missing_ok=True)
        if not files:
            if self.next.is_dir():
                delete(self.next)
            self.next.mkdir(parents=True)
        elif changed is None:
            mirror(self.live, self.next)
        else:
            for path in changed:
                bring(path, self.live, self.next)

    def note(self, files: Collection[str], changed: Collection[str]) -> None:
        """Note an exchange that was made: the files of the live site, and the paths in which the trees differ."""
        folders = _folders([*files, *changed])
        marks = [_times(tree, folders) for tree in (self.live, self.next)]
        keep(self.journal, {"changed": sorted(changed), "marks": marks})

    def _changed(self, files: Collection[str]) -> list[str] | None:
        """The paths in which the trees differ; None where that is not known for sure."""
        try:
            noted = kept(self.journal)
            changed = [path for path in noted["changed"] if isinstance(path, str) and is_inside(path)]
            folders = _folders([*files, *changed])
            marks = [_times(tree, folders) for tree in (self.live, self.next)]
            return changed if noted["marks"] == marks and len(changed) == len(noted["changed"]) else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None


def bring(path: str, source: Path, target: Path) -> None:
    """Make one path of the target what it is in the source."""
    there, here = source / path, target / path
    here.unlink(missing_ok=True)
    if os.path.lexists(there):
        here.parent.mkdir(parents=True, exist_ok=True)
        _link(os.fspath(there), here)
        return
    for folder in list(here.relative_to(target).parents)[:-1]:
        try:
            (target / folder).rmdir()
        except OSError:  # not empty
            break


def _folders(paths: Iterable[str]) -> list[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(folders)


def _times(tree: Path, folders: Iterable[str]) -> str:
    """A digest of when each folder was last changed."""
    state = hashlib.blake2b(digest_size=16)
    for folder in folders:
        try:
            state.update(b"%d " % os.lstat(f"{tree}/{folder}").st_mtime_ns)
        except OSError:
            state.update(b"- ")
    return state.hexdigest()


def mirror(source: Path, target: Path) -> None:
    """Make the target tree equal to the source by hard links; what is the same file already is left alone."""
    target.mkdir(exist_ok=True)
    with os.scandir(source) as entries:
        wanted = {entry.name: entry for entry in entries}
    with os.scandir(target) as entries:
        there = {entry.name: entry for entry in entries}
    for name, entry in list(there.items()):
        if name not in wanted or not _is_same(entry, wanted[name]):
            delete(Path(entry.path))
            del there[name]
    for name, entry in wanted.items():
        if entry.is_dir(follow_symlinks=False):
            mirror(source / name, target / name)
        elif name not in there:
            _link(entry.path, target / name)


def listed(tree: Path, below: str = "") -> Iterator[str]:
    """The paths of all files of a tree; a link is a file, whatever it leads to."""
    with os.scandir(tree / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from listed(tree, f"{path}/")
            else:
                yield path


def delete(path: Path) -> None:
    """Delete a file, or a folder with all that is in it; a link is deleted, and what it leads to is not."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    renameat2 = _system_call("renameat2")
    if renameat2 is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):  # an old kernel, or a file system that cannot exchange
        return False
    raise OSError(code, os.strerror(code), str(other))


def settle(folder: Path) -> None:
    """Wait until everything on the folder's file system is on the disk itself, where a power cut cannot undo it."""
    syncfs = _system_call("syncfs")
    if syncfs is None:
        if hasattr(os, "sync"):
            os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:  # a disk may say only now that it was full
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def _system_call(name: str) -> Callable[..., int] | None:
    """A function of Linux that Python does not hand on."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None) if sys.platform == "linux" else None


def _is_same(entry: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Whether both are folders, or both names of one file."""
    if entry.is_dir(follow_symlinks=False) or other.is_dir(follow_symlinks=False):
        return entry.is_dir(follow_symlinks=False) and other.is_dir(follow_symlinks=False)
    return entry.inode() == other.inode()


def _link(source: str, target: Path) -> None:
    """Give a file a second name; where files cannot have one, copy it with its times."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        shutil.copy2(source, target, follow_symlinks=False)
