"""An outlet's own drawings and pictures: checks a logo or an icon before it goes onto the site."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct

from broadside.faults import quoted
from broadside.look.colours import channels, mixed

MOST_BYTES = 500_000
INK, WHITE = "#10161b", "#fff"
"""The two colours of the theme's own mark."""
PNG = b"\x89PNG\r\n\x1a\n"
FORBIDDEN = {
    "script",
    "foreignobject",
    "iframe",
    "embed",
    "object",
    "audio",
    "video",
    "handler",
    "image",
    "feimage",
    "animate",
    "set",
}
"""Elements that run something, load something, or turn a link into one that does."""
URL = re.compile(r"url\(\s*[\"']?\s*([^)\"']*)", re.I)
NUMBER = re.compile(r"[\d.]+")


class Logo(Struct, frozen=True):
    """A picture in place of the name: its bytes, its extension, and its proportions."""

    data: bytes
    ending: str
    width: int
    height: int


class DrawingRefused(Exception):
    """A file is no picture that the site may have; the message says why, and in which line."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def logo(path: Path) -> Logo:
    """The logo in a file; raises DrawingRefused or OSError."""
    data, ending = path.read_bytes(), path.suffix.lower()
    if len(data) > MOST_BYTES:
        raise DrawingRefused(f"has {len(data):,} bytes, and may have {MOST_BYTES:,}")
    if ending == ".svg":
        width, height = check_svg(data)
        if not (width and height):
            raise DrawingRefused('does not give its size; give its <svg> a viewBox="0 0 WIDTH HEIGHT"', 1)
    elif ending == ".png":
        if not data.startswith(PNG) or data[12:16] != b"IHDR":
            raise DrawingRefused("is not a PNG")
        width, height = struct.unpack(">II", data[16:24])
    else:
        raise DrawingRefused("is neither an SVG nor a PNG")
    return Logo(data, ending, max(1, round(width)), max(1, round(height)))


def coloured(data: bytes, ending: str, ink: str, paper: str) -> bytes:
    """The theme's own mark, which is drawn in INK and white, in an outlet's colours."""
    if ending == ".svg":
        return data.replace(INK.encode(), ink.encode()).replace(WHITE.encode(), paper.encode())
    at = data.index(b"PLTE")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    palette = data[at + 4 : at + 4 + length]
    dark, light = round(channels(INK)[0] * 255), 255
    shares = [min(max((red - dark) / (light - dark), 0), 1) for red in palette[::3]]
    colours = b"PLTE" + b"".join(bytes.fromhex(mixed(ink, paper, share)[1:]) for share in shares)
    return data[:at] + colours + struct.pack(">I", zlib.crc32(colours)) + data[at + 8 + length :]


def check_svg(data: bytes) -> tuple[float, float]:
    """The width and height of a drawing, 0 if it does not say; raises DrawingRefused if it could run or load anything."""
    reader = _SvgReader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise DrawingRefused(f"is not XML: {expat.errors.messages[problem.code]}", problem.lineno) from None
    return reader.size


class _SvgReader:
    """Reads an SVG element by element; entities, which could grow without end, are refused with the doctype that names them."""

    def __init__(self) -> None:
        self.size = (0.0, 0.0)
        self._depth = 0
        self._in_style = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True  # or an address could be split in two
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def _refuse(self, why: str) -> None:
        raise DrawingRefused(why, self.parser.CurrentLineNumber)

    def _doctype(self, *_: object) -> None:
        self._refuse("has a doctype; delete that line")

    def _instruction(self, name: str, _: str) -> None:
        self._refuse(f"has an instruction <?{name}; delete that line")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if not self._depth:
            if name != "svg":
                self._refuse(f"begins with <{tag}> and is no SVG")
            self.size = _size(attributes)
        self._depth += 1
        self._in_style = name == "style"
        if name in FORBIDDEN or name.startswith("animate"):
            self._refuse(f"has <{tag}>, which a logo or an icon may not have; export it as a plain SVG")
        for attribute, value in attributes.items():
            self._attribute(tag, attribute, value)

    def _attribute(self, tag: str, attribute: str, value: str) -> None:
        name = attribute.rpartition(":")[2].lower()
        if name.startswith("on"):
            self._refuse(f"has {attribute} in <{tag}>, which would run a script; delete it")
        if name in ("href", "src") and not value.strip().startswith("#"):
            self._refuse(f"refers to {quoted(value)}; a logo or an icon may refer only to its own parts")
        self._no_loading(value)

    def _end(self, _: str) -> None:
        self._depth -= 1
        self._in_style = False

    def _text(self, text: str) -> None:
        if self._in_style:
            self._no_loading(text)

    def _no_loading(self, css: str) -> None:
        for address in _addresses(css):
            if not address.startswith("#"):
                self._refuse(f"would load {quoted(address)}; a logo or an icon may refer only to its own parts")


def _addresses(css: str) -> Iterator[str]:
    if "@import" in css.lower():
        yield "@import"
    if "\\" in css and ("url" in css.lower() or "@" in css):  # CSS may spell any letter with its number
        yield css
    yield from (match[1].strip() for match in URL.finditer(css))


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    box = NUMBER.findall(attributes.get("viewBox", ""))
    width, height = box[2:4] if len(box) == 4 else (attributes.get("width", ""), attributes.get("height", ""))
    found = [NUMBER.match(each) for each in (width, height)]
    if not all(found) or any(str(each).endswith("%") for each in (width, height)):
        return 0.0, 0.0
    return tuple(float(each[0]) for each in found if each)  # type: ignore[return-value]
