"""Folder trees that share files through hard links and are exchanged by one system call, once
everything is on disk.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PIECE = 1 << 20
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
AT_FDCWD = -100
RENAME_EXCHANGE = 2
ESCAPED = re.compile(r"\\([0-7]{3})")
"""How Linux escapes a space or a backslash in the path of a mount point."""


def bring(path: str, source: Path, target: Path) -> None:
    """Make a path in the target the same as in the source."""
    there, here = f"{source}/{path}", f"{target}/{path}"
    if is_folder(there) or not os.path.lexists(there):  # a folder's files are brought one by one
        remove(path, target)
        return
    make_way([os.path.dirname(path)], target)
    try:
        os.unlink(here)
    except FileNotFoundError:
        pass
    except OSError:  # a folder has taken its place
        delete(Path(here))
    link_or_copy(there, here)


def remove(path: str, tree: Path) -> None:
    """Remove a file from a tree, if it is there, and then the folders that this leaves empty.

    A folder in its place, or a file in place of its folder, is new, so it stays. A link in place of
    one of its folders is removed, but not what it points to.
    """
    if link := _link_above(path, tree):
        link.unlink()
        return
    try:
        (tree / path).unlink()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (IsADirectoryError, PermissionError):  # what other systems raise for a folder
        if (tree / path).is_dir():
            return
        _open_up((tree / path).parent)  # a folder made by hand, which came along with the exchange
        (tree / path).unlink()
    folder = (tree / path).parent
    while folder != tree:
        try:
            folder.rmdir()
        except OSError:  # it is not empty
            return
        folder = folder.parent


def make_way(folders: Iterable[str], tree: Path) -> None:
    """Make folders in a tree, removing whatever is in the way: a file of an older site, or a
    link.
    """
    there = {""}
    for folder in folders:
        at = 0
        while folder not in there and at >= 0:
            at = folder.find("/", at + 1)
            if at < 0:
                part = folder
            else:
                part = folder[:at]
            if part not in there:
                _make_folder(f"{tree}/{part}")
                there.add(part)


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)
    except FileExistsError:
        if not is_folder(path):
            os.unlink(path)
            os.mkdir(path)


def write_file(path: str, data: bytes) -> os.stat_result:
    """Replace a file and return its new status; never overwrites it in place, because the live tree
    may share its inode.
    """
    with open(_created(path), "wb") as file:
        file.write(data)
        file.flush()
        return os.fstat(file.fileno())


def copy_file(source: str, path: str) -> os.stat_result:
    """Replace a file by a copy of another, in pieces, and return its status.

    Not by a hard link: an editor that saves the original in place would change the live site.
    """
    with open(
        os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb"
    ) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), source)
        with open(_created(path), "wb") as copy:
            shutil.copyfileobj(file, copy, PIECE)
            copy.flush()
            return os.fstat(copy.fileno())


def _created(path: str) -> int:
    """Create a file, replacing whatever is there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(path, flags, 0o644)
    except FileExistsError:
        delete(Path(path))  # an older site may have had a folder here
        return os.open(path, flags, 0o644)


def mirror(source: str | Path, target: str | Path) -> bool:
    """Make a new tree with hard links to all files of the source; returns whether there are any.

    Folders without files are left out.
    """
    os.mkdir(target)
    has_files = False
    with os.scandir(source) as entries:
        for entry in entries:
            place = f"{target}/{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                has_files = True
                link_or_copy(entry.path, place)
            elif mirror(entry.path, place):
                has_files = True
            else:
                os.rmdir(place)
    return has_files


def listed(tree: Path, below: str = "") -> Iterator[str]:
    """The paths of all files in a tree; a link counts as a file, whatever it points to."""
    with os.scandir(f"{tree}/{below}") as entries:  # pathlib would take twice as long
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from listed(tree, f"{path}/")
            else:
                yield path


def delete(path: Path) -> None:
    """Delete a file, or a folder and everything in it; of a link, only the link itself."""
    if not is_folder(path):
        path.unlink()
        return
    try:
        shutil.rmtree(path)
    except PermissionError:  # a folder made by hand, which came along with the exchange
        let_in(path)
        shutil.rmtree(path)


def let_in(tree: Path) -> None:
    """Give the owner of a tree access to all its folders, as far as the system allows; leaves files
    alone.
    """
    _open_up(tree)
    for folder, below, _ in os.walk(tree):
        for name in below:
            _open_up(Path(folder, name))


def _open_up(folder: Path) -> None:
    if not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(folder.stat().st_mode | stat.S_IRWXU)


def is_folder(path: str | Path) -> bool:
    """Whether there is a real folder at a path, not a link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _link_above(path: str, tree: Path) -> Path | None:
    """The link, if any, that has taken the place of a folder in a path."""
    # the last is the tree itself, which is allowed to be a link
    folders = reversed(Path(path).parents[:-1])
    return next((tree / folder for folder in folders if os.path.islink(tree / folder)), None)


def link_or_copy(source: str, target: str) -> None:
    """Hard-link a file, or copy it with its times if that fails."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; returns False if the system cannot."""
    renameat2 = _system_call("renameat2")
    if renameat2 is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):  # an old kernel, or a file system that cannot exchange
        return False
    raise OSError(code, os.strerror(code), str(other))


def wait_for_disk(folder: Path) -> None:
    """Wait until everything on the folder's file system is on disk, safe from a power cut."""
    syncfs = _system_call("syncfs")
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        while syncfs(handle) != 0:  # a full disk may be reported only now
            code = ctypes.get_errno()
            if code != errno.EINTR:
                raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def _system_call(name: str) -> Callable[..., int] | None:
    """A system call that Python has no function for; None on anything but Linux."""
    if sys.platform == "linux":
        return getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return None


def mounts_in(*folders: Path) -> list[str]:
    """The mount points inside some folders, as far as the system says."""
    try:
        text = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return []
    places = (
        ESCAPED.sub(lambda code: chr(int(code[1], 8)), line.split(" ")[4])
        for line in text.splitlines()
    )
    starts = tuple(f"{folder.resolve()}/" for folder in folders)
    return [place for place in places if place.startswith(starts)]
