"""Exchanges two folders in one system call, and waits for the disk."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
ESCAPED = re.compile(r"\\([0-7]{3})")
"""How the system writes a space in the path of a mount point."""


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
    """Wait until everything on the folder's file system is on the disk, where a power cut cannot undo it."""
    syncfs = _system_call("syncfs")
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        while syncfs(handle) != 0:  # a disk may report only now that it is full
            code = ctypes.get_errno()
            if code != errno.EINTR:
                raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def _system_call(name: str) -> Callable[..., int] | None:
    """A system call that Python has no function for; None except on Linux."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None) if sys.platform == "linux" else None


def mounts_in(*folders: Path) -> list[str]:
    """The mount points below some folders, as far as the system tells."""
    try:
        text = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return []
    places = (ESCAPED.sub(lambda code: chr(int(code[1], 8)), line.split(" ")[4]) for line in text.splitlines())
    starts = tuple(f"{folder.resolve()}/" for folder in folders)
    return [place for place in places if place.startswith(starts)]
