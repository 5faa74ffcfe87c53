"""Where a picture ends inside its file, read from the container alone: no pixel is decoded here."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from broadside.plugins.photos.values import Kind

ISO_BOXES = frozenset((b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"uuid", b"idat", b"wide", b"sidx"))
# Inside a scan, 0xFF is data if 00 follows, and does not end the scan if a restart marker or a fill byte follows.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_END_OF_JPEG, _SCAN = 0xD9, 0xDA
_BARE = frozenset((*range(0xC0), 0xC8, *range(0xD0, 0xD9), *range(0xF0, 0xFE), 0xFF))
"""Markers that begin no segment: a decoder would read on right after them, where we would have skipped a segment."""
# Pillow looks at each fill byte separately: 30 MB of them take half a minute.
_FILLED = re.compile(rb".\xff{0,9999}", re.S)
_ZEROS = re.compile(rb"\0*")
MOST_COMPANIONS = 20
"""How many JPEGs may follow one in its file; anything after them is reported as hidden."""
MOST_TRAILING = 16
"""How many bytes after its end some program may have left there: no archive, script or other picture has room in them."""
_SCRIPTS = (b"<script", b"<?php", b"<!doctype html")
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF or raw camera picture"),
    (b"MM\x00*", "a TIFF or raw camera picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"version https://git-lfs", "a Git LFS pointer, not the picture itself"),
)


class Truncated(ValueError):
    """The file ends before its picture does."""


def sniff(data: bytes) -> Kind | None:
    """The kind of picture that the first bytes declare, or None if it is none of the four accepted."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and {b"avif", b"avis"} & set(_brands(data)):
        return "avif"
    return None


def describe(data: bytes) -> str:
    """A guess, for a message, at what a file is that is not an accepted picture: "an SVG drawing", "a GIF"."""
    head = data[:4096].lower()
    if b"<svg" in head:
        return "an SVG drawing"
    if b"<html" in head or b"<!doctype html" in head:
        return "a web page"
    if data[4:8] == b"ftyp":
        heic = any(brand[:3] in (b"hei", b"hev", b"mif") for brand in _brands(data))
        return "a HEIC picture" if heic else "a film"
    return next((name for start, name in _REFUSED if data.startswith(start)), "not a known kind of picture")


def end_and_parts(data: bytes, kind: Kind) -> tuple[int, int]:
    """The offset just past the picture, and how many parts a decoder must go through one by one; raises Truncated if it is cut off.

    Parts are a JPEG's segments and the chunks of a PNG other than its pixels. Each may cost as much as a whole picture, and a
    file has room for hundreds of thousands. Segments of 32 kB and more, in which editors keep notes of everything that was
    ever pasted into a picture, do not count, because a file has no room for many of them.
    """
    try:
        if kind == "jpeg":
            end, segments = _jpeg(data, 0)
            return _skip_companions(data, end), segments
        if kind == "png":
            return _png(data)
        return (_end_of_webp if kind == "webp" else _end_of_avif)(data), 0
    except (struct.error, IndexError) as fault:
        raise Truncated from fault


def hides_something(data: bytes, end: int) -> bool:
    """Whether more than a picture is in the bytes: another file after its end, or an archive or a script, even in a comment.

    A few bytes after the end are harmless, because only what is made of the pixels is published.
    """
    tail = data[end:].strip(b"\0\r\n")
    if (
        len(tail) > MOST_TRAILING
        or tail.startswith((b"<", b"#!"))
        or any(tail.startswith(start) for start, _ in _REFUSED)
    ):
        return True
    lower = data.lower()
    archive = b"PK\x05\x06" in data[-66_000:] and b"PK\x01\x02" in data
    return archive or any(mark in lower for mark in _SCRIPTS)


def is_animated(data: bytes, kind: Kind) -> bool:
    """Whether the container announces more than one frame."""
    if kind == "webp":
        return data[12:16] == b"VP8X" and len(data) > 20 and bool(data[20] & 2)
    if kind == "png":
        return any(name == b"acTL" for name, _, _ in png_chunks(data))
    return kind == "avif" and b"avis" in _brands(data)[:1]


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name of each PNG chunk with the start and end of its content, up to IEND or the end of the file."""
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        yield name, at + 8, at + 8 + length
        if name == b"IEND":
            return
        at += 12 + length


def _brands(data: bytes) -> list[bytes]:
    size = min(int.from_bytes(data[:4], "big"), 256)
    return [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]


def _jpeg(data: bytes, start: int) -> tuple[int, int]:
    """The end of a JPEG, and how many segments of less than 32 kB it has; raises Truncated if its end or a scan is missing."""
    at, segments, scanned = start + 2, 0, False
    while True:
        at = _past(_FILLED, data, at) - 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker in _BARE or (marker == _END_OF_JPEG and not scanned):
            raise Truncated
        if marker == _END_OF_JPEG:
            return at + 2, segments
        size = struct.unpack_from(">H", data, at + 2)[0]
        segments += size < 0x8000
        at += 2 + size
        if marker == _SCAN:
            found = _AFTER_SCAN.search(data, at)
            if not found:
                raise Truncated
            at, scanned = found.start(), True


def _skip_companions(data: bytes, at: int) -> int:
    # Phones append further JPEGs to a photo: a preview, a gain map for bright screens.
    for _ in range(MOST_COMPANIONS):
        at = _past(_ZEROS, data, at)
        if not data.startswith(b"\xff\xd8\xff", at):
            break
        at, _ = _jpeg(data, at)
    return at


def _past(run: re.Pattern[bytes], data: bytes, at: int) -> int:
    """The end of the run of bytes that begins here."""
    found = run.match(data, at)
    return found.end() if found else at


def _png(data: bytes) -> tuple[int, int]:
    others = 0
    for name, _, end in png_chunks(data):
        if end + 4 > len(data):
            break
        if name == b"IEND":
            return end + 4, others
        others += name != b"IDAT"
    raise Truncated


def _end_of_webp(data: bytes) -> int:
    size = 8 + int(struct.unpack_from("<I", data, 4)[0])
    if size > len(data):
        raise Truncated
    # An odd size is followed by one byte of padding, which some writers leave out.
    return min(size + size % 2, len(data))


def _end_of_avif(data: bytes) -> int:
    at, complete = 0, False
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name not in ISO_BOXES:
            break
        if size == 1:
            size = struct.unpack_from(">Q", data, at + 8)[0]
        size = size or len(data) - at
        if at + size > len(data) or size < 8:
            raise Truncated
        at += size
        complete = complete or name == b"mdat"
    if not complete:
        raise Truncated
    return at
