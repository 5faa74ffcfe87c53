"""A file written whole or not at all, so that who reads it, or is killed while it is written, never has half of it."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, *parts: bytes, mode: int = 0) -> None:
    """Put a file of these bytes in the place of the one at a path; `mode` are its permissions, where they matter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.writelines(parts)
    if mode:
        part.chmod(mode)
    os.replace(part, path)
