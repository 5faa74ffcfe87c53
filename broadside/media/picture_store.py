"""The folder of finished pictures: each file ends in the digest of its bytes, and is used only if that is right.

A picture's name says what it was made from, so one that is on the site already needs no other check. One that is put on the
site is compared with its digest, because a store may come from CI's cache, and may have been cut short or changed there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from broadside.disk import write_whole
from broadside.media.photos import Derivative

DIGEST = hashlib.sha256().digest_size
"""How many bytes at the end of each file are the digest of those before."""


def missing(derivatives: Iterable[Derivative], store: Path) -> list[Derivative]:
    """The derivatives that are not in the store; an empty file is a write that a power cut undid."""
    return [one for one in derivatives if _size(store / one.name) <= DIGEST]


def write(path: Path, data: bytes) -> None:
    """Write a picture, whole or not at all, and wait until it is on the disk; raises OSError."""
    write_whole(path, data, _digest(data), synced=True)


def read(path: Path) -> bytes | None:
    """The picture as it was written; None if it is missing, or if the file is anything else, which is then removed."""
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    data, digest = whole[:-DIGEST], whole[-DIGEST:]
    if data and digest == _digest(data):
        return data
    path.unlink(missing_ok=True)  # another build may have removed it already
    return None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
