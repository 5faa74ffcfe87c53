"""Checks a picture file before anything trusts it: its kind, its size, and whether it is only a
picture. No pixel is decoded here.

Also reads the caption and credit that an agency or a camera wrote into it, to prefill a story.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct
from PIL import ExifTags, Image, IptcImagePlugin

from broadside.media.photos import Kind, Original, Problem

MAX_BYTES = 30_000_000
MAX_PIXELS = 50_000_000
LARGE_BYTES, LARGE_SIDE = 10_000_000, 6_000
"""The size of a photo above which there is a warning: more is of no use to readers."""
MAX_SIDE = 16_383
"""In pixels: the most that WebP allows."""
MAX_ASPECT = 10
"""A strip longer than ten to one is more likely a mistake than a photo."""
MAX_PARTS = 200
"""The most segments of a JPEG, or chunks of a PNG other than its pixels: a decoder goes through
them one by one, each may cost as much as a whole picture, and a file has room for hundreds of
thousands. Encoders make about ten scans.
"""
KIND_OF: dict[str, Kind] = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".webp": "webp",
    ".avif": "avif",
}
ACCEPTED = "use a JPEG, PNG, WebP or AVIF file"
EXPORT = "export it as JPEG, PNG, WebP or AVIF"
FETCH = "run git lfs pull; in a workflow, have the checkout fetch these files too (lfs: true)"
SMALLER = "export it at 3,000 pixels wide, JPEG quality 85"
EXPORT_AGAIN = "open it in a picture editor and export it again"
REFUSED = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF or raw camera picture"),
    (b"MM\x00*", "a TIFF or raw camera picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"version https://git-lfs", "a Git LFS pointer, not the picture itself"),
)
SCRIPTS = (b"<script", b"<?php", b"<!doctype html")
SCAN, END_OF_JPEG = 0xDA, 0xD9
# Inside a scan, 0xFF is data if 00 follows, and does not end the scan if a restart marker or a fill
# byte follows.
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
NO_SEGMENT = frozenset((*range(0xC0), 0xC8, *range(0xD0, 0xD9), *range(0xF0, 0xFE), 0xFF))
"""Markers that begin no segment: a decoder would read on right after them, where we would have
skipped a segment.
"""
# Pillow looks at each fill byte separately: 30 MB of them take half a minute.
MARKER = re.compile(rb"\xff{1,10000}(?!\xff)")
_UTF8 = b"\x1b%G"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
# Captions that cameras write when nobody has written one.
_NO_CAPTION = re.compile(
    r"^(?:olympus digital camera|sony dsc|dcim|digital camera|untitled|samsung)$", re.I
)
_YEARS = r"\b(?:19|20)\d\d\b(?:\s*[-–]\s*(?:19|20)\d\d)?"
_RIGHTS = re.compile(rf"(?:©|\(c\)|copyright|all rights reserved|{_YEARS})[\s.,:;]*", re.I)


class _Words(Struct, frozen=True):
    caption: str = ""
    person: str = ""
    agency: str = ""
    rights: str = ""


class Wording(Struct, frozen=True):
    """A caption and a credit ("Photo by X/Agency"), each empty if the file has none."""

    caption: str
    credit: str


class Truncated(ValueError):
    """The file ends before its picture does."""


def inspect(path: Path) -> Original | list[Problem]:
    """The original, or all its problems; reads the file's header and structure, and decodes no
    pixels.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return [_too_many_bytes(size, path.name)]
        data = path.read_bytes()
    except OSError as fault:
        return [Problem("photo-damaged", f"{path.name} cannot be read: {fault.strerror}")]
    return inspect_bytes(data, path.name)


def inspect_bytes(data: bytes, name: str) -> Original | list[Problem]:
    """The same for bytes in memory; `name` is the file's name with its extension."""
    kind = sniff(data)
    if kind is None:
        return [_not_accepted(data, name)]
    problems = [*_extension_problems(kind, name), *_structure_problems(data, kind, name)]
    if any(problem.code == "photo-damaged" for problem in problems):
        # even reading a header of many parts may take a library minutes, and a file that is cut off
        # cannot be counted
        return problems
    try:
        with open_picture(data, kind) as image:
            width, height = image.size
            if orientation(image, data, kind) >= 5:
                width, height = height, width
            # Phones put further pictures into a JPEG: a preview, a gain map for bright screens.
            is_animated = kind != "jpeg" and getattr(image, "is_animated", False)
    except Image.DecompressionBombError:
        return [
            *problems,
            Problem(
                "photo-too-large",
                f"it has more than {MAX_PIXELS // 10**6} megapixels",
                "scale it down",
            ),
        ]
    except Exception:
        # Pillow's decoders raise OSError, SyntaxError, ValueError and more on damaged headers
        return problems or [Problem("photo-damaged", "its header cannot be read", EXPORT_AGAIN)]
    if width * height > MAX_PIXELS:
        message = (
            f"{name} is {width:,} × {height:,} pixels; {MAX_PIXELS // 10**6} megapixels are allowed"
        )
        problems.append(Problem("photo-too-large", message, "scale it down"))
    elif max(width, height) > MAX_SIDE:
        problems += _strip(width, height, name)
    if is_animated:
        problems.append(Problem("photo-kind", f"{name} is an animation", "use a still picture"))
    return problems or Original(
        stem_of(name), hashlib.sha256(data).hexdigest(), width, height, kind, len(data)
    )


def sniff(data: bytes) -> Kind | None:
    """The kind of picture that the first bytes declare, or None if it is none of the four
    accepted.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and {b"avif", b"avis"} & set(_brands(data)):
        return "avif"
    return None


def stem_of(name: str) -> str:
    """The file's name in the letters of URLs: lower-case ASCII, digits and single hyphens."""
    plain = (
        unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode().lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "photo"


def open_picture(data: bytes, kind: Kind) -> Image.Image:
    """The picture opened but not decoded, by the one decoder that its first bytes name; size limits
    are ours.
    """
    with warnings.catch_warnings():
        # Pillow warns of sizes above its own limit and when it repairs odd metadata; our own rules
        # cover both.
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=[kind.upper()])


def orientation(image: Image.Image, data: bytes, kind: Kind) -> int:
    """The EXIF orientation, 1 to 8; a damaged or missing tag counts as 1."""
    try:
        if kind == "png":
            # Pillow would decode the whole PNG to look for a late eXIf chunk; the list of chunks
            # shows it at once.
            exif = Image.Exif()
            exif.load(
                next(
                    (data[start:end] for name, start, end in png_chunks(data) if name == b"eXIf"),
                    b"",
                )
            )
        else:
            exif = image.getexif()
        value = exif.get(ExifTags.Base.Orientation, 1)
    except Exception:
        # metadata of an unknown file: any parser error means that there is no orientation to apply
        return 1
    return value if value in range(1, 9) else 1


def _extension_problems(kind: Kind, name: str) -> list[Problem]:
    extension = Path(name).suffix.lower()
    if KIND_OF.get(extension) == kind:
        return []
    right = next(ending for ending, of in KIND_OF.items() if of == kind)
    message = f"{name} holds {kind.upper()} data, which is not what its name says"
    return [Problem("photo-kind", message, f"rename it to {Path(name).stem}{right}")]


def _structure_problems(data: bytes, kind: Kind, name: str) -> list[Problem]:
    try:
        if kind == "jpeg":
            parts = _jpeg_segments(data)
        elif kind == "png":
            parts = _png_notes(data)
        else:
            parts = 0
    except (Truncated, struct.error, IndexError):
        return [
            Problem(
                "photo-damaged",
                f"{name} ends before the picture does",
                "copy it again from its source",
            )
        ]
    if parts > MAX_PARTS:
        message = f"{name} consists of {parts:,} layers or notes, as no camera or editor makes it"
        return [Problem("photo-damaged", message, EXPORT_AGAIN)]
    if _hides_something(data):
        message = f"{name} holds an archive or a script besides its picture"
        return [Problem("photo-kind", message, EXPORT_AGAIN)]
    return []


def _jpeg_segments(data: bytes) -> int:
    """How many segments a JPEG has; raises Truncated if its end or a scan is missing.

    Segments of 32 kB and more, in which editors keep notes of everything that was ever pasted into
    a picture, do not count, because a file has no room for many of them.
    """
    at, segments, has_scan = 2, 0, False
    while True:
        fill = MARKER.match(data, at)
        if not fill:
            raise Truncated
        at, marker = fill.end() + 1, data[fill.end()]
        if marker in NO_SEGMENT or (marker == END_OF_JPEG and not has_scan):
            raise Truncated
        if marker == END_OF_JPEG:
            return segments
        size = struct.unpack_from(">H", data, at)[0]
        segments += size < 0x8000
        at += size
        if marker == SCAN:
            after = AFTER_SCAN.search(data, at)
            if not after:
                raise Truncated
            at, has_scan = after.start(), True


def _png_notes(data: bytes) -> int:
    """How many chunks a PNG has besides its pixels; raises Truncated if it has no end."""
    names = [name for name, _, end in png_chunks(data) if end + 4 <= len(data)]
    if b"IEND" not in names:
        raise Truncated
    return len(names) - names.count(b"IDAT") - 1


def _hides_something(data: bytes) -> bool:
    """Whether an archive or a script is in the bytes, even in a comment.

    Anything else beside the picture is harmless, because only what is made from the pixels is
    published.
    """
    lower = data.lower()
    archive = b"PK\x05\x06" in data[-66_000:] and b"PK\x01\x02" in data
    return archive or any(mark in lower for mark in SCRIPTS)


def shape_problems(original: Original, name: str) -> list[Problem]:
    """The problem of an original that is too long and narrow; such a picture is shown only in
    imported stories.
    """
    return _strip(original.width, original.height, name)


def doubts(original: Original, name: str) -> list[Problem]:
    """Warnings about an original that is larger than any reader will see it."""
    if original.size <= LARGE_BYTES and max(original.width, original.height) <= LARGE_SIDE:
        return []
    size = f"{original.size / 1e6:,.0f} MB and {original.width:,} × {original.height:,} pixels"
    message = (
        f"{name} has {size}; readers get a smaller copy, but the repository keeps the large one for"
        " ever"
    )
    return [Problem("photo-too-large", message, SMALLER, "warning")]


def _strip(width: int, height: int, name: str) -> list[Problem]:
    if max(width, height) <= MAX_ASPECT * min(width, height):
        return []
    message = f"{name} is {width:,} × {height:,} pixels, a strip and not a photo"
    return [Problem("photo-kind", message, "crop it")]


def _too_many_bytes(size: int, name: str) -> Problem:
    message = f"{name} is {size / 1e6:,.0f} MB; {MAX_BYTES // 10**6} MB are allowed"
    return Problem("photo-too-large", message, SMALLER)


def _not_accepted(data: bytes, name: str) -> Problem:
    if not data:
        return Problem("photo-damaged", f"{name} is empty", "copy it again from its source")
    what = describe(data)
    if "SVG" in what:
        return Problem(
            "photo-kind", f"{name} is {what}, which pages do not show", "export it as PNG"
        )
    if what.endswith(("picture", "GIF")):
        return Problem("photo-kind", f"{name} is {what}, which pages do not show", EXPORT)
    return Problem("photo-kind", f"{name} is {what}", FETCH if "LFS" in what else ACCEPTED)


def describe(data: bytes) -> str:
    """A guess, for a message, at what a file is that is not an accepted picture: "an SVG drawing",
    "a GIF".
    """
    head = data[:4096].lower()
    if b"<svg" in head:
        return "an SVG drawing"
    if b"<html" in head or b"<!doctype html" in head:
        return "a web page"
    if data[4:8] == b"ftyp":
        heic = any(brand[:3] in (b"hei", b"hev", b"mif") for brand in _brands(data))
        if heic:
            return "a HEIC picture"
        return "a film"
    return next(
        (name for start, name in REFUSED if data.startswith(start)), "not a known kind of picture"
    )


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name of each PNG chunk with the start and end of its content, up to IEND or the end of
    the file.
    """
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


def wording(path: Path) -> Wording:
    """The wording in the picture file's IPTC, XMP or EXIF, in that order; empty if it cannot be
    read.
    """
    try:
        return wording_of(path.read_bytes() if path.stat().st_size <= MAX_BYTES else b"")
    except OSError:
        return Wording("", "")


def wording_of(data: bytes) -> Wording:
    """The same for bytes in memory."""
    try:
        kind = sniff(data)
        if kind is None:
            return Wording("", "")
        with open_picture(data, kind) as image, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            words = [_from_iptc(image), _from_xmp(image), _from_exif(image)]
    except Exception:
        # a prefill is a courtesy: if metadata cannot be read, the writer types the words instead
        return Wording("", "")
    caption = _first(one.caption for one in words)
    person, agency = _first(one.person for one in words), _first(one.agency for one in words)
    return Wording(
        caption, credit_of(person, agency) or _first(_rights(one.rights) for one in words)
    )


def credit_of(person: str, agency: str) -> str:
    """The credit in the usual form, from a photographer and an agency; either may be empty."""
    if not person or agency.casefold().startswith("photo by"):
        return agency
    if person.casefold() in agency.casefold():
        return f"Photo by {agency}"
    if agency:
        return f"Photo by {person}/{agency}"
    return f"Photo by {person}"


def _from_iptc(image: Image.Image) -> _Words:
    info = IptcImagePlugin.getiptcinfo(image) if hasattr(image, "app") else None  # type: ignore[arg-type]
    if not info:
        return _Words()
    utf8 = info.get((1, 90)) == _UTF8

    def text(number: int) -> str:
        value = info.get((2, number), b"")
        if isinstance(value, list):
            values = value
        else:
            values = [value]
        return ", ".join(filter(None, (_plain(_decoded(one, utf8)) for one in values)))

    return _Words(_caption(text(120)), text(80), text(110) or text(115), text(116))


def _from_xmp(image: Image.Image) -> _Words:
    packet = image.info.get("xmp", b"")
    if isinstance(packet, str):
        packet = packet.encode()
    # No declared entities: XMP has none, and with them a small file can become a huge one.
    if not packet or b"<!" in packet:
        return _Words()
    root = ElementTree.fromstring(packet.strip(b"\0 \r\n\t"))  # noqa: S314 (entities are refused above)

    def text(name: str) -> str:
        space, local = name.split(":")
        full = f"{{{_NAMESPACES[space]}}}{local}"
        element = root.find(f".//{full}")
        if element is not None:
            items = [_plain(item.text or "") for item in element.iterfind(".//rdf:li", _NAMESPACES)]
            return ", ".join(
                filter(None, items[:1] if local in ("description", "rights") else items)
            ) or _plain(element.text or "")
        return _plain(
            _first(node.get(full, "") for node in root.iterfind(".//rdf:Description", _NAMESPACES))
        )

    agency = text("photoshop:Credit") or text("photoshop:Source")
    return _Words(_caption(text("dc:description")), text("dc:creator"), agency, text("dc:rights"))


def _from_exif(image: Image.Image) -> _Words:
    exif: Mapping[int, object] = image.getexif()

    def text(tag: int) -> str:
        value = exif.get(tag, "")
        # Pillow reads these as Latin-1; today they are written as UTF-8.
        return _plain(
            _decoded(value.encode("latin-1", "replace"), False) if isinstance(value, str) else ""
        )

    base = ExifTags.Base
    return _Words(
        _caption(text(base.ImageDescription)), text(base.Artist), "", text(base.Copyright)
    )


def _decoded(value: bytes, utf8: bool) -> str:
    # Many programs write UTF-8 and forget to say so; anything else is the Windows code page in
    # practice.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "cp1252", "replace")


def _plain(text: str) -> str:
    printable = "".join(char if char.isprintable() or char.isspace() else " " for char in text)
    return " ".join(printable.split())


def _caption(text: str) -> str:
    if _NO_CAPTION.match(text):
        return ""
    return text


def _rights(text: str) -> str:
    return _RIGHTS.sub("", text).strip(" .,;:-")


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
