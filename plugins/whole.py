"""A file written whole or not at all, so that who reads it, or is killed while it is written, never has half of it."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, *parts: bytes, mode: int = 0, synced: bool = False) -> None:
    """Put a file of these bytes in the place of the one at a path; where that fails, nothing is left of it.

    `mode` are its permissions, where they matter; what is `synced` is on the disk before it has its name.
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
