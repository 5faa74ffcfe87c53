"""An outlet's own pictures: what a logo is and how large, and the theme's mark in an outlet's
colours.

They are used as they are: whoever may change the look is trusted, and a browser runs and loads
nothing in a picture.
"""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from msgspec import Struct

from broadside.look.colours import channels, mixed

MOST_BYTES = 500_000
INK, WHITE = "#10161b", "#fff"
"""The two colours of the theme's own mark."""
PNG = b"\x89PNG\r\n\x1a\n"
SVG = re.compile(r"<svg\b[^>]*>")
SIZES = re.compile(r"(?<![\w:-])(viewBox|width|height)\s*=\s*[\"']([^\"']*)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Logo(Struct, frozen=True):
    """A picture in place of the name: its bytes, its extension, and its proportions."""

    data: bytes
    ending: str
    width: int
    height: int


class NotALogo(Exception):
    """A file is too large or of another kind; the message says which."""


def logo(path: Path) -> Logo:
    """The logo in a file; raises NotALogo or OSError."""
    data, ending = path.read_bytes(), path.suffix.lower()
    if len(data) > MOST_BYTES:
        raise NotALogo(f"has {len(data):,} bytes, and may have {MOST_BYTES:,}")
    if ending == ".svg":
        width, height = svg_size(data)
    elif ending == ".png" and data.startswith(PNG) and data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", data[16:24])
    else:
        raise NotALogo("is neither an SVG nor a PNG")
    return Logo(data, ending, max(1, round(width)), max(1, round(height)))


def svg_size(data: bytes) -> tuple[float, float]:
    """The width and height that a drawing gives; raises NotALogo if it does not."""
    tag = SVG.search(data.decode("utf-8", "replace"))
    given = {}
    if tag:
        given = dict(SIZES.findall(tag[0]))
    box = NUMBER.findall(given.get("viewBox", ""))
    if len(box) == 4:
        return float(box[2]), float(box[3])
    width, height = given.get("width", "%"), given.get("height", "%")
    numbers = NUMBER.findall(f"{width} {height}")
    if "%" in width + height or len(numbers) != 2:
        raise NotALogo('does not give its size; give its <svg> a viewBox="0 0 WIDTH HEIGHT"')
    return float(numbers[0]), float(numbers[1])


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
