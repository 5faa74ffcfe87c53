"""Writing files whole or not at all, and paths below the output folder: text with forward slashes,
the folder itself "".
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO


def opened_to_lock(path: Path) -> IO[bytes]:
    """Open a file that is there only to be locked, making it if need be.

    Its bytes stay as they are, since nobody holds the lock yet. Raises OSError where a link stands
    in its place: whoever put it there may have meant a file that only this user may write to.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    return open(os.open(path, flags, 0o644), "rb+")


def write_whole(path: Path, *parts: bytes, mode: int = 0, synced: bool = False) -> None:
    """Replace the file at a path by one with these bytes; nobody ever reads half of it, and a
    failure leaves nothing behind.

    `mode` is its permissions, if they matter. A `synced` file is on disk before it gets its name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)  # of a killed run, or a stranger's link
        with part.open("xb") as file:
            file.writelines(parts)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        if mode:
            part.chmod(mode)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders of some paths, and all the folders around those."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def is_inside(*paths: str) -> bool:
    """Whether each of these paths stays below the output folder, and is spelled in the only allowed
    way.
    """
    if not paths:
        return True
    # a site has many paths, and this is one search for all of them
    text = "/" + "/\n/".join(paths) + "/"
    return not any(wrong in text for wrong in ("//", "/./", "/../", "\\", "\0"))


def printable(path: str) -> str:
    """A path in a form that can be printed anywhere: its bytes may not be valid text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
