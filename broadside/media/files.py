"""Which kinds of files may be published, by extension, and whether a file's bytes are what its name
says.

Each is checked, and its digest computed, before it is published; it is read once, in pieces, and
never held whole.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
import struct
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from broadside.doors import Door
from broadside.media.photo_files import describe
from broadside.media.photos import Problem

OWN_FILE = re.compile(r"/?files/")
"""The beginning of the address of one of the outlet's own files, as writers give it."""
HEAD, TAIL = 4096, 66_000
"""How many bytes at the beginning and end of a file are inspected; a zip archive has its end record
within the latter.
"""
DIRECTORY = 4_000_000
"""How much of an archive's list of contents is inspected, in bytes."""
END_OF_ZIP, IN_ZIP = b"PK\x05\x06", b"PK\x01\x02"
MACROS = b"vbaproject.bin"
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"<body",
    b"<head",
    b"<iframe",
)
"""How pages, drawings and programs begin, in lower case."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SUBRIP = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d+\s+\d+:\d\d:\d\d,\d{3}\s*-->")
"""The beginning of subtitles in SubRip, which many programs save for transcripts."""
PIECE = 1 << 20
LONGEST = 100 * 3600
"""The longest plausible recording, in seconds."""


class Sample(Struct, frozen=True):
    """The beginning and the end of a file, and the end of an archive's list of contents, in lower
    case.
    """

    head: bytes
    tail: bytes
    directory: bytes = b""


class FileKind(Struct, frozen=True):
    """A kind of file: its content type, and whether a sample of a file is of this kind.

    A browser may show a file of a kind that is `shown`; any other is only ever saved. A `text` must
    be UTF-8 from end to end.
    """

    type: str
    is_it: Callable[[Sample], bool]
    shown: bool = False
    text: bool = False


def _starts(*beginnings: bytes) -> Callable[[Sample], bool]:
    return lambda sample: sample.head.startswith(beginnings)


def _office(part: bytes) -> Callable[[Sample], bool]:
    """A document in Microsoft's formats, which is an archive with a certain part."""
    return lambda sample: sample.head.startswith(b"PK\x03\x04") and part in sample.directory


def _declared(kind: bytes) -> Callable[[Sample], bool]:
    """An archive whose first file says what it is, as in EPUB and LibreOffice's formats."""
    return lambda sample: (
        sample.head.startswith(b"PK\x03\x04")
        and sample.head[30 : 38 + len(kind)] == b"mimetype" + kind
    )


def _is_mp3(sample: Sample) -> bool:
    head = sample.head
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # of the third layer
    return head.startswith(b"ID3") or is_frame


def _is_wave(sample: Sample) -> bool:
    return sample.head.startswith(b"RIFF") and sample.head[8:12] == b"WAVE"


def _is_mpeg4(sample: Sample) -> bool:
    return sample.head[4:8] == b"ftyp" and sample.head[8:12] not in (
        b"avif",
        b"avis",
        b"heic",
        b"heix",
        b"mif1",
    )


def _is_webm(sample: Sample) -> bool:
    return sample.head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in sample.head[:64]


def _is_json(sample: Sample) -> bool:
    return sample.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and sample.tail.rstrip()[
        -1:
    ] in (b"}", b"]")


OGG = _starts(b"OggS")
KINDS: Mapping[str, FileKind] = {
    ".csv": FileKind("text/csv; charset=utf-8", lambda _: True, text=True),
    ".docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _office(b"word/document.xml"),
    ),
    ".epub": FileKind("application/epub+zip", _declared(b"application/epub+zip")),
    ".flac": FileKind("audio/flac", _starts(b"fLaC"), shown=True),
    ".geojson": FileKind("application/geo+json", _is_json, text=True),
    ".json": FileKind("application/json", _is_json, text=True),
    ".m4a": FileKind("audio/mp4", _is_mpeg4, shown=True),
    ".m4v": FileKind("video/mp4", _is_mpeg4, shown=True),
    ".mp3": FileKind("audio/mpeg", _is_mp3, shown=True),
    ".mp4": FileKind("video/mp4", _is_mpeg4, shown=True),
    ".ods": FileKind(
        "application/vnd.oasis.opendocument.spreadsheet",
        _declared(b"application/vnd.oasis.opendocument.spreadsheet"),
    ),
    ".odt": FileKind(
        "application/vnd.oasis.opendocument.text",
        _declared(b"application/vnd.oasis.opendocument.text"),
    ),
    ".oga": FileKind("audio/ogg", OGG, shown=True),
    ".ogg": FileKind("audio/ogg", OGG, shown=True),
    ".ogv": FileKind("video/ogg", OGG, shown=True),
    ".opus": FileKind("audio/ogg", OGG, shown=True),
    ".pdf": FileKind("application/pdf", _starts(b"%PDF-"), shown=True),
    ".pptx": FileKind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _office(b"ppt/presentation.xml"),
    ),
    ".tsv": FileKind("text/tab-separated-values; charset=utf-8", lambda _: True, text=True),
    ".txt": FileKind("text/plain; charset=utf-8", lambda _: True, shown=True, text=True),
    ".vtt": FileKind(
        "text/vtt; charset=utf-8", _starts(b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), shown=True, text=True
    ),
    ".wav": FileKind("audio/wav", _is_wave, shown=True),
    ".webm": FileKind("video/webm", _is_webm, shown=True),
    ".xlsx": FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _office(b"xl/workbook.xml"),
    ),
    ".zip": FileKind("application/zip", _starts(b"PK\x03\x04", END_OF_ZIP)),
}
"""The kinds by file extension.

None of them can run in a page: there is no HTML, SVG, XML or script among them.
"""
AUDIO = tuple(ending for ending, kind in KINDS.items() if kind.type.startswith("audio/"))
"""The extensions of recordings that browsers play."""
TRANSCRIPT = ".vtt"
"""The extension of a transcript in WebVTT."""
ZIPPED = (".docx", ".epub", ".ods", ".odt", ".pptx", ".xlsx", ".zip")


def ending_of(path: str) -> str:
    """A file's extension, in lower case, with its dot; "" if it has none."""
    return PurePosixPath(path).suffix.lower()


def kind_of(address: str) -> str:
    """The kind of file that a link to files/ leads to, as readers know it, such as PDF; "" for
    other links.
    """
    path = re.split("[?#]", address)[0]
    ending = ending_of(path)
    if "files/" in path and ending in KINDS:
        return ending[1:].upper()
    return ""


def directory_of(tail: bytes) -> tuple[int, int] | None:
    """Where in its file an archive's list of contents is: the offset and the size in bytes; None if
    it has no end record.
    """
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) < at + 20:
        return None
    size, offset = struct.unpack_from("<II", tail, at + 12)
    return offset, size


def problem_of(ending: str, sample: Sample) -> tuple[str, str, str] | None:  # noqa: PLR0911 -- a list of reasons
    """Why a file with this extension may not be published: a code, the rest of a sentence that
    begins with its name, and a hint.
    """
    kind = KINDS[ending]
    begins = sample.head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(MARKUP) or (
        not kind.text and ending not in ZIPPED and any(mark in begins for mark in MARKUP[:4])
    ):
        return (
            "file-kind",
            "begins like a web page or a drawing, which may run in a reader's browser",
            "link to a page instead",
        )
    if not sample.head:
        return "file-kind", "is empty", "copy it again from its source"
    if sample.head.startswith(b"version https://git-lfs"):
        hint = (
            "run git lfs pull; in a workflow, have the checkout fetch these files too (lfs: true)"
        )
        return "file-kind", "is a Git LFS pointer, not the file itself", hint
    if not kind.is_it(sample):
        return _another_kind(ending, kind, sample.head)
    if MACROS in sample.directory:
        return (
            "file-kind",
            "has macros, which run on a reader's computer",
            f"save it again as {ending}, without them",
        )
    if (ending in ZIPPED and END_OF_ZIP not in sample.tail) or (
        ending == ".pdf" and b"%%EOF" not in sample.tail
    ):
        return "file-kind", "ends too early", "copy it again from its source"
    if ending not in ZIPPED and END_OF_ZIP in sample.tail and IN_ZIP in sample.tail:
        return (
            "file-kind",
            "has an archive hidden in it",
            "save it again in the program that made it",
        )
    return None


def _another_kind(ending: str, kind: FileKind, head: bytes) -> tuple[str, str, str]:
    """What to say about a file that is not what its extension says, by its beginning, in the form
    of `problem_of`.
    """
    if kind.text and head.startswith(UTF_16):
        return "file-kind", "is UTF-16", "save it again as UTF-8"
    if ending == TRANSCRIPT and SUBRIP.match(head):
        hint = (
            "convert it, or write WEBVTT and an empty line at its beginning, and replace the commas"
            " in its times with points"
        )
        return "file-kind", "is not what its name says: it is SubRip, not WebVTT", hint
    what = describe(head)
    if "picture" in what:
        what = "something else"
    if ending == TRANSCRIPT and what == "something else":
        return (
            "file-kind",
            "does not begin with WEBVTT",
            "export it again as WebVTT, or write it there, with an empty line",
        )
    return (
        "file-kind",
        f"is not what its name says: it is {what}",
        "give it the ending that it should have, or save it again",
    )


class Mistake(Struct, frozen=True):
    """What is wrong in a line of a file, in the form of a fault."""

    line: int
    code: str
    message: str
    hint: str


class FileCheck(Struct, frozen=True):
    """What finds the mistakes in files with an ending, such as ".vtt", given an open file and its
    size in bytes.
    """

    ending: str
    find: Callable[[BinaryIO, int], Iterable[Mistake]]


FILE_CHECKS: Door[FileCheck] = Door()


class InspectedFile(Struct, frozen=True):
    """A file that may be published: its size in bytes and the digest of all of them.

    `duration` is that of a recording in seconds, or 0 if unknown; `mistakes` are those that plugins
    find in its lines.
    """

    size: int
    digest: str
    duration: float = 0.0
    mistakes: tuple[Mistake, ...] = ()


def inspect(path: Path, most: int) -> InspectedFile | Problem:
    """What a file is, or why it may not be published; `most` is the largest size in bytes."""
    name = path.name
    try:
        with open(
            os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb"
        ) as file:
            seen = os.fstat(file.fileno())
            if not stat.S_ISREG(seen.st_mode):
                return Problem("unreadable", f"{name} is not a file", "put the file itself there")
            return judged(file, name, seen.st_size, most)
    except OSError as problem:
        return Problem(
            "unreadable", f"{name} cannot be read: {problem.strerror}", "change its permissions"
        )


def judged(file: BinaryIO, name: str, size: int, most: int) -> InspectedFile | Problem:
    """The same for an open file with a name and a size."""
    ending = ending_of(name)
    if size > most:
        return too_large(name, size, most)
    if problem := problem_of(ending, _sample(file, size, ending)):
        code, what, hint = problem
        return Problem(code, f"{name} {what}", hint)
    found = _digested(file, name, KINDS[ending].text, most)
    if isinstance(found, InspectedFile) and ending in AUDIO:
        return replace(found, duration=_duration(file, name))
    if isinstance(found, InspectedFile):
        for each in FILE_CHECKS:
            if each.ending == ending:
                file.seek(0)
                found = replace(found, mistakes=(*found.mistakes, *each.find(file, found.size)))
    return found


def _duration(file: BinaryIO, name: str) -> float:
    """The duration of a recording in seconds; 0 if it does not say."""
    from tinytag import TinyTag  # most builds find every duration kept

    file.seek(0)
    try:
        seconds = TinyTag.get(name, file, tags=False).duration or 0.0
    except Exception:  # it raises anything on damaged data
        return 0.0
    if 0 < seconds < LONGEST:
        return round(seconds, 3)
    return 0.0


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


def _digested(file: BinaryIO, name: str, is_text: bool, most: int) -> InspectedFile | Problem:
    made, decoder, size = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0
    while piece := file.read(PIECE):
        made.update(piece)
        size += len(piece)
        if size > most:  # it grew meanwhile
            return too_large(name, size, most)
        if not is_text:
            continue
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            return Problem(
                "file-kind",
                f"{name} is not UTF-8",
                'save it again as UTF-8; in Excel, as "CSV UTF-8"',
            )
        if b"\0" in piece:
            return Problem(
                "file-kind",
                f"{name} is not a text, as its name says",
                "give it the ending that it should have",
            )
    if is_text and decoder.getstate()[0]:
        return Problem(
            "file-kind", f"{name} ends in the middle of a letter", "copy it again from its source"
        )
    return InspectedFile(size, made.hexdigest())
