"""The folder of finished pictures and cut typefaces: a file's name is a digest of what it is made
from, its end one of its bytes.

So a file that is on the site already needs no other check. One that is put on the site is compared
with its digest, because the folder may come from CI's cache, and may have been cut short or changed
there. Several outputs may share it, so files are deleted when they have not been used for long,
rather than when one output does not use them.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from broadside.disk import write_whole
from broadside.media.photos import Derivative
from broadside.settings import Settings

DIGEST = hashlib.sha256().digest_size
"""How many bytes at the end of each file are the digest of those before."""
AN_HOUR, A_WEEK, UNUSED = 3600, 7 * 86_400, 90 * 86_400
"""Seconds after which a half-written file belongs to no build, a used one's time is set anew, and
an unused one is deleted.
"""


def store_of(settings: Settings) -> Path:
    """The folder; its name includes the file format, so a version with another format needs another
    name.
    """
    return Path(settings.PHOTO_STORE or Path(settings.CACHE_PATH) / "photos") / "sealed"


def missing(derivatives: Iterable[Derivative], store: Path) -> list[Derivative]:
    """The derivatives that are not in the store; an empty file is a write that a power cut
    undid.
    """
    now = time.time()
    return [one for one in derivatives if _size_of_used(store / one.name, now) <= DIGEST]


def clean(store: Path) -> None:
    """Delete what no build has used for a long time, and what killed builds left half-written."""
    now = time.time()
    for path in store.rglob("*"):
        with suppress(OSError):  # another build has just finished or deleted it
            age = now - path.stat().st_mtime
            if age > (AN_HOUR if path.suffix == ".part" else UNUSED) and path.is_file():
                path.unlink()


def write(path: Path, data: bytes) -> None:
    """Write a picture, whole or not at all, and wait until it is on disk; raises OSError."""
    write_whole(path, data, _digest(data), synced=True)


def read(path: Path) -> bytes | None:
    """The picture as it was written; None if it is missing, or if the file is anything else, which
    is then deleted.
    """
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    data, digest = whole[:-DIGEST], whole[-DIGEST:]
    if data and digest == _digest(data):
        _used(path)
        return data
    path.unlink(missing_ok=True)  # another build may have deleted it already
    return None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _size_of_used(path: Path, now: float) -> int:
    try:
        found = path.stat()
    except OSError:
        return 0
    if now - found.st_mtime > A_WEEK:
        _used(path)
    return found.st_size


def _used(path: Path) -> None:
    with suppress(OSError):  # it is another user's
        os.utime(path)
