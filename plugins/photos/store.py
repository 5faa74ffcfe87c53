"""The folder of finished pictures: each is written whole under a seal, and believed only while the seal holds.

A picture's name says what it was made of, so nothing else is asked of one that stands on the site already. One that is put
on the site is compared with its seal: a store comes back from CI's cache, and may have been cut short there or changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from plugins.photos.values import Derivative
from plugins.whole import write_whole

SEAL = hashlib.sha256().digest_size
"""Bytes at the end of each file: the digest of those before."""


def missing(derivatives: Iterable[Derivative], store: Path) -> list[Derivative]:
    """The derivatives that the store does not hold yet; an empty file is a write that a power cut undid."""
    return [one for one in derivatives if _size(store / one.name) <= SEAL]


def put(place: Path, data: bytes) -> None:
    """Write a picture, whole or not at all, and wait until it is on the disk; raises OSError."""
    write_whole(place, data, _seal(data), synced=True)


def taken(place: Path) -> bytes | None:
    """The picture that was put there; None where it is not there, or something else is, which is taken away."""
    try:
        sealed = place.read_bytes()
    except FileNotFoundError:
        return None
    data, seal = sealed[:-SEAL], sealed[-SEAL:]
    if data and seal == _seal(data):
        return data
    place.unlink(missing_ok=True)  # another build may have seen it too
    return None


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
