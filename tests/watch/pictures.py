"""Picture files that mean harm: bombs, polyglots, and files that stop short."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image

MARK = b"alert-of-the-polyglot"
"""What every polyglot carries, and no published picture may."""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>' + MARK + b"</script></svg>"
HTML = b"<!DOCTYPE html><html><script>" + MARK + b"</script></html>"
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}


@cache
def picture(kind: str, size: tuple[int, int] = (240, 160)) -> bytes:
    """A good picture with some detail."""
    image = Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 40).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, FORMATS[kind], **({"speed": 9} if kind == "avif" else {}))
    return buffer.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    *chunks: bytes, side: int = 60, depth: int = 8, colour: int = 2, pixels: bytes = b""
) -> bytes:
    """A PNG with these chunks between its header and its pixels, which are black."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = b"\0" * (1 + side * samples * depth // 8)
    if not pixels:
        packer = zlib.compressobj(9)
        pixels = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + b"".join(chunks)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed."""
    packer = zlib.compressobj(9)
    return b"".join(
        [*(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)), packer.flush()]
    )


def jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose header says that it is huge."""
    data = bytearray(picture("jpg"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of_size(width: int, height: int) -> bytes:
    data = bytearray(picture("webp"))
    at = data.index(b"\x9d\x01\x2a")
    data[at + 3 : at + 7] = struct.pack("<HH", width, height)
    return bytes(data)


def avif_of_size(width: int, height: int) -> bytes:
    data = bytearray(picture("avif"))
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


def jpeg_with(marker: int, *contents: bytes) -> bytes:
    """A good JPEG with segments after its first marker."""
    data = picture("jpg")
    segments = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(each) + 2) + each for each in contents
    )
    return data[:2] + segments + data[2:]


def jpeg_of_scans(number: int, side: int = 7000) -> bytes:
    """A progressive JPEG that draws its whole surface over and over, in a few bytes each time."""
    buffer = io.BytesIO()
    Image.new("L", (side, side)).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * number + data[-2:]


def exif(thumbnail: bytes) -> bytes:
    """An EXIF segment whose second directory holds a thumbnail, and whose first claims four billion
    entries of it.
    """
    first = (
        struct.pack("<H", 1)
        + struct.pack("<HHII", 0x0112, 4, 0xFFFFFFFF, 8)
        + struct.pack("<I", 26)
    )
    second = (
        struct.pack("<H", 2)
        + struct.pack("<HHII", 0x0201, 4, 1, 56)
        + struct.pack("<HHII", 0x0202, 4, 1, len(thumbnail))
    )
    return (
        b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + struct.pack("<I", 0) + thumbnail
    )


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("evil.html", HTML)
    return buffer.getvalue()


def encoded(kind: str) -> bytes:
    """A picture in a format that is not accepted, with the mark after it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, kind)
    return buffer.getvalue() + HTML


def bombs() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of pictures that ask for much more than they are."""
    yield "wide.png", png(side=60_000, pixels=zlib.compress(b"\0" * 100))
    yield "wide-and-whole.png", png(side=60_000, pixels=zeros(200))
    yield "more-pixels-than-said.png", png(side=60, pixels=zeros(300))
    yield "deep.png", png(side=7_000, depth=16, colour=6)
    yield "black.png", png(side=7_000, colour=6)
    yield "text.png", png(chunk(b"zTXt", b"Comment\0\0" + zeros(100)))
    yield "texts.png", png(*[chunk(b"zTXt", b"Comment\0\0" + zeros(1))] * 150)
    yield "international.png", png(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zeros(100)))
    yield "profile.png", png(chunk(b"iCCP", b"x\0\0" + zeros(100)))
    yield "profiles.png", png(*[chunk(b"iCCP", b"x\0\0" + zeros(1)[:-8])] * 20_000)
    yield "huge.jpg", jpeg_of_size(65_500, 65_500)
    yield "claimed.jpg", jpeg_of_size(7_000, 7_000)
    yield "scans.jpg", jpeg_of_scans(20_000)
    yield "notes.jpg", jpeg_with(0xFE, *[b"x" * 65_000] * 400)
    yield "exif.jpg", jpeg_with(0xE1, exif(jpeg_of_size(65_500, 65_500)))
    yield "huge.webp", webp_of_size(16_383, 16_383)
    yield "claimed.webp", webp_of_size(7_000, 7_000)
    yield "huge.avif", avif_of_size(60_000, 60_000)
    yield "claimed.avif", avif_of_size(7_000, 7_000)


def polyglots() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of files that are a picture and something else; each carries the mark."""
    for name, tail in (
        ("svg", SVG),
        ("html", HTML),
        ("zip", archive()),
        ("php", b"<?php " + MARK),
        ("text", MARK),
    ):
        for kind in FORMATS:
            yield f"{name}-behind.{kind}", picture(kind) + tail
    yield "comment-html.jpg", jpeg_with(0xFE, HTML)
    yield "comment-handler.jpg", jpeg_with(0xFE, b"<img src=x onerror=" + MARK + b">")
    yield "comment-svg.jpg", jpeg_with(0xFE, SVG.replace(b"script>", b"g>"))
    yield "app.jpg", jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + MARK + b"</x>")
    yield "exif.jpg", jpeg_with(0xE1, exif(MARK))
    yield "text.png", png(chunk(b"tEXt", b"Comment\0" + MARK))
    yield "unknown-chunk.png", png(chunk(b"abCd", MARK))
    yield "profile.png", png(chunk(b"iCCP", b"x\0\0" + zlib.compress(MARK)))
    for kind in ("GIF", "TIFF", "BMP", "ICO", "PDF"):
        yield f"{kind.lower()}.jpg", encoded(kind)
    for name, data in (
        ("svg", SVG),
        ("html", HTML),
        ("eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + MARK),
    ):
        for kind in FORMATS:
            yield f"{name}-alone.{kind}", data
    yield "html-before.jpg", HTML + picture("jpg")


def short() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of good pictures that stop at every tenth of their length, one byte short, or
    with holes in them.
    """
    for kind in FORMATS:
        data = picture(kind)
        for tenth in range(10):
            yield f"tenth-{tenth}.{kind}", data[: len(data) * tenth // 10]
        yield f"last.{kind}", data[:-1]
        for at in range(1, 10):
            middle = len(data) * at // 10
            yield f"hole-{at}.{kind}", data[:middle] + bytes(64) + data[middle + 64 :]
