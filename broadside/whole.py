"""Writes a file whole or not at all, so that nobody ever reads half of it, even if the writer is killed."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, *parts: bytes, mode: int = 0, synced: bool = False) -> None:
    """Replace the file at a path by one with these bytes; if that fails, nothing of the new one is left.

    `mode` is its permissions, if they matter. A `synced` file is on the disk before it gets its name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
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
