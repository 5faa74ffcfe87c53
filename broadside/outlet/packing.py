"""Packs a built site into one file, the same bytes for the same site."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path


class NotPacked(Exception):
    """The site cannot be packed; the message says why."""


def pack(output: Path, file: Path) -> str:
    """Write a site's folder into a tar file, and return its SHA-256.

    Nothing in it depends on the machine: no owner, no time, no order of the disk, no link between
    files.
    """
    if not (output / "index.html").is_file():
        raise NotPacked(f"{output} holds no site; build it first")
    if file.resolve().is_relative_to(output.resolve()):
        raise NotPacked(
            f"{file} is in the site, and would be packed into itself; name another place"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # it may be a link, which writing would follow
        with tarfile.open(file, "x", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(output.rglob("*")):
                if path.is_file():
                    _add(tar, path, f"./{path.relative_to(output).as_posix()}")
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as problem:
        raise NotPacked(f"{file} cannot be written ({problem.strerror or problem})") from None


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o644
    with path.open("rb") as data:
        tar.addfile(entry, data)
