"""Checks a file before it is published, and makes its digest. It is read once, in pieces, and never held whole."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from broadside.media.files import webvtt
from broadside.media.files.kinds import (
    AUDIO,
    DIRECTORY,
    HEAD,
    KINDS,
    TAIL,
    TRANSCRIPT,
    ZIPPED,
    Sample,
    directory_of,
    ending_of,
    problem_of,
)
from broadside.media.photos.values import Problem

PIECE = 1 << 20
LONGEST = 100 * 3600
"""The longest recording, in seconds, that is believed."""


class Found(Struct, frozen=True):
    """A file that may be published: its size in bytes and the digest of all of them.

    `duration` is that of a recording in seconds, or 0 if nobody could tell; `mistakes` are those in a transcript.
    """

    size: int
    digest: str
    duration: float = 0.0
    mistakes: tuple[webvtt.Mistake, ...] = ()


def inspect(path: Path, most: int) -> Found | Problem:
    """What a file is, or why it may not be published; `most` is the largest size in bytes."""
    name = path.name
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            seen = os.fstat(file.fileno())
            if not stat.S_ISREG(seen.st_mode):
                return Problem("file-unreadable", f"{name} is not a file", "put the file itself there")
            return judged(file, name, seen.st_size, most)
    except OSError as problem:
        return Problem("file-unreadable", f"{name} cannot be read: {problem.strerror}", "change its permissions")


def judged(file: BinaryIO, name: str, size: int, most: int) -> Found | Problem:
    """What an open file of a name and a size is, or why it may not be published."""
    ending = ending_of(name)
    if size > most:
        return too_large(name, size, most)
    if problem := problem_of(ending, _sample(file, size, ending)):
        code, what, hint = problem
        return Problem(code, f"{name} {what}", hint)
    found = _digested(file, name, KINDS[ending].text, most)
    if isinstance(found, Found) and ending in AUDIO:
        return replace(found, duration=_duration(file, name))
    if isinstance(found, Found) and ending == TRANSCRIPT:
        return replace(found, mistakes=_mistakes(file, found.size))
    return found


def _mistakes(file: BinaryIO, size: int) -> tuple[webvtt.Mistake, ...]:
    """What is wrong with a transcript; one that is too large is not read."""
    if size > webvtt.LARGEST:
        return (webvtt.too_large(size),)
    file.seek(0)
    return tuple(webvtt.parsed(file.read(size).decode("utf-8-sig", "replace"))[1])


def _duration(file: BinaryIO, name: str) -> float:
    """How long a recording is, in seconds; 0 if it does not say."""
    from tinytag import TinyTag  # most builds find every duration kept

    file.seek(0)
    try:
        seconds = TinyTag.get(name, file, tags=False).duration or 0.0
    except Exception:  # it raises anything on damaged data
        return 0.0
    return round(seconds, 3) if 0 < seconds < LONGEST else 0.0


def too_large(name: str, size: int, most: int) -> Problem:
    """The problem of a file that is larger than the setting FILE_MAX_MB allows."""
    message = f"{name} is {size / 1e6:,.0f} MB; {most // 1_000_000:,} MB are allowed"
    return Problem("file-too-large", message, "make it smaller, or change the setting FILE_MAX_MB")


def _sample(file: BinaryIO, size: int, ending: str) -> Sample:
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    directory = b""
    if ending in ZIPPED and (place := directory_of(tail)) and place[0] < size:
        file.seek(place[0])
        directory = file.read(min(place[1], DIRECTORY)).lower()
    file.seek(0)
    return Sample(head, tail, directory)


def _digested(file: BinaryIO, name: str, is_text: bool, most: int) -> Found | Problem:
    made, decoder, size = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0
    while piece := file.read(PIECE):
        made.update(piece)
        size += len(piece)
        if size > most:  # it grows while it is read
            return too_large(name, size, most)
        if not is_text:
            continue
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            return Problem("file-encoding", f"{name} is not UTF-8", 'save it again as UTF-8; in Excel, as "CSV UTF-8"')
        if b"\0" in piece:
            return Problem(
                "file-kind", f"{name} is not a text, as its name says", "give it the ending that it should have"
            )
    if is_text and decoder.getstate()[0]:
        return Problem("file-truncated", f"{name} stops within a letter", "copy it again from its source")
    return Found(size, made.hexdigest())
