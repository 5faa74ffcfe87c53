"""Reads the caption and credit that an agency or a camera wrote into a picture file, to prefill a story."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct
from PIL import ExifTags, Image, IptcImagePlugin

from broadside.media.photos.inspect import MAX_BYTES, open_picture, sniff

_UTF8 = b"\x1b%G"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
# Captions that cameras write when nobody has written one.
_NO_CAPTION = re.compile(r"^(?:olympus digital camera|sony dsc|dcim|digital camera|untitled|samsung)$", re.I)
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


def wording(path: Path) -> Wording:
    """The wording in the picture file's IPTC, XMP or EXIF, in that order; empty if it cannot be read."""
    try:
        return wording_of(path.read_bytes() if path.stat().st_size <= MAX_BYTES else b"")
    except OSError:
        return Wording("", "")


def wording_of(data: bytes) -> Wording:
    """The same for bytes in hand."""
    try:
        kind = sniff(data)
        if kind is None:
            return Wording("", "")
        with open_picture(data, kind) as image, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            words = [_from_iptc(image), _from_xmp(image), _from_exif(image)]
    except Exception:  # a prefill is a courtesy: if metadata cannot be read, the writer types the words instead
        return Wording("", "")
    caption = _first(one.caption for one in words)
    person, agency = _first(one.person for one in words), _first(one.agency for one in words)
    return Wording(caption, credit_of(person, agency) or _first(_rights(one.rights) for one in words))


def credit_of(person: str, agency: str) -> str:
    """The credit in the usual form, from a photographer and an agency; either may be empty."""
    if not person or agency.casefold().startswith("photo by"):
        return agency
    if person.casefold() in agency.casefold():
        return f"Photo by {agency}"
    return f"Photo by {person}/{agency}" if agency else f"Photo by {person}"


def _from_iptc(image: Image.Image) -> _Words:
    info = IptcImagePlugin.getiptcinfo(image) if hasattr(image, "app") else None  # type: ignore[arg-type]
    if not info:
        return _Words()
    utf8 = info.get((1, 90)) == _UTF8

    def text(number: int) -> str:
        value = info.get((2, number), b"")
        values = value if isinstance(value, list) else [value]
        return ", ".join(filter(None, (_plain(_decoded(one, utf8)) for one in values)))

    return _Words(_caption(text(120)), text(80), text(110) or text(115), text(116))


def _from_xmp(image: Image.Image) -> _Words:
    packet = image.info.get("xmp", b"")
    packet = packet.encode() if isinstance(packet, str) else packet
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
            return ", ".join(filter(None, items[:1] if local in ("description", "rights") else items)) or _plain(
                element.text or ""
            )
        return _plain(_first(node.get(full, "") for node in root.iterfind(".//rdf:Description", _NAMESPACES)))

    agency = text("photoshop:Credit") or text("photoshop:Source")
    return _Words(_caption(text("dc:description")), text("dc:creator"), agency, text("dc:rights"))


def _from_exif(image: Image.Image) -> _Words:
    exif: Mapping[int, object] = image.getexif()

    def text(tag: int) -> str:
        value = exif.get(tag, "")
        # Pillow reads these as Latin-1; today they are written as UTF-8.
        return _plain(_decoded(value.encode("latin-1", "replace"), False) if isinstance(value, str) else "")

    base = ExifTags.Base
    return _Words(_caption(text(base.ImageDescription)), text(base.Artist), "", text(base.Copyright))


def _decoded(value: bytes, utf8: bool) -> str:
    # Many programs write UTF-8 and forget to say so; anything else is the Windows code page in practice.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "cp1252", "replace")


def _plain(text: str) -> str:
    printable = "".join(char if char.isprintable() or char.isspace() else " " for char in text)
    return " ".join(printable.split())


def _caption(text: str) -> str:
    return "" if _NO_CAPTION.match(text) else text


def _rights(text: str) -> str:
    return _RIGHTS.sub("", text).strip(" .,;:-")


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
