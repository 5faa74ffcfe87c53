"""Checks a picture file before anything trusts it: its kind, its size, and whether it is only a picture."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import warnings
from pathlib import Path

from PIL import ExifTags, Image

from broadside.plugins.photos.container import (
    MOST_TRAILING,
    Truncated,
    describe,
    end_and_parts,
    hides_something,
    is_animated,
    png_chunks,
    sniff,
)
from broadside.plugins.photos.values import Kind, Original, Problem

MAX_BYTES = 30_000_000
MAX_PIXELS = 50_000_000
# WebP allows at most 16,383 pixels a side; a strip longer than ten to one is more likely a mistake than a photo.
MAX_ASPECT = 10
# Encoders make about ten scans; a JPEG of 200 kB with three thousand takes minutes to decode.
MAX_PARTS = 200
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
EXPORT_AGAIN = "open it in a picture editor and export it again"


def inspect(path: Path) -> Original | list[Problem]:
    """The original, or all its problems; reads the file's header and structure, and decodes no pixels."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return [_too_many_bytes(size, path.name)]
        data = path.read_bytes()
    except OSError as fault:
        return [Problem("photo-unreadable", f"{path.name} cannot be read: {fault.strerror}")]
    return inspect_bytes(data, path.name)


def inspect_bytes(data: bytes, name: str) -> Original | list[Problem]:
    """The same for bytes in hand; `name` is the file's name with its extension."""
    kind = sniff(data)
    if kind is None:
        return [_not_accepted(data, name)]
    problems = [*_extension_problems(kind, name), *_structure_problems(data, kind, name)]
    if any(problem.code in ("photo-damaged", "photo-truncated") for problem in problems):
        return problems  # even reading a header of many parts may take a library minutes, and a file that is cut off cannot be counted
    size = _size(data, kind)
    if isinstance(size, Problem):
        return problems or [size]
    problems += _size_problems(*size, name)
    if problems:
        return problems
    return Original(stem_of(name), hashlib.sha256(data).hexdigest(), *size, kind)


def stem_of(name: str) -> str:
    """The file's name as it may stand in a URL: lower-case ASCII letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "photo"


def open_picture(data: bytes, kind: Kind) -> Image.Image:
    """The picture opened but not decoded, by the one decoder that its first bytes name; size limits are ours."""
    with warnings.catch_warnings():
        # Pillow warns of sizes above its own limit and when it repairs odd metadata; our own rules cover both.
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=[kind.upper()])


def orientation(image: Image.Image, data: bytes, kind: Kind) -> int:
    """The EXIF orientation, 1 to 8; a damaged or missing tag counts as 1."""
    try:
        if kind == "png":
            # Pillow would decode the whole PNG to look for a late eXIf chunk; the list of chunks shows it at once.
            exif = Image.Exif()
            exif.load(next((data[start:end] for name, start, end in png_chunks(data) if name == b"eXIf"), b""))
        else:
            exif = image.getexif()
        value = exif.get(ExifTags.Base.Orientation, 1)
    except Exception:  # metadata of an unknown file: any parser error means that there is no orientation to apply
        return 1
    return value if value in range(1, 9) else 1


def _size(data: bytes, kind: Kind) -> tuple[int, int] | Problem:
    try:
        with open_picture(data, kind) as image:
            turned = orientation(image, data, kind) >= 5
            width, height = image.size
    except Image.DecompressionBombError:
        return Problem("photo-too-large", f"it has more than {MAX_PIXELS // 10**6} megapixels", "scale it down")
    except Exception:  # Pillow's decoders raise OSError, SyntaxError, ValueError and more on damaged headers
        return Problem("photo-damaged", "its header cannot be read", EXPORT_AGAIN)
    return (height, width) if turned else (width, height)


def _extension_problems(kind: Kind, name: str) -> list[Problem]:
    extension = Path(name).suffix.lower()
    if KIND_OF.get(extension) == kind:
        return []
    right = next(ending for ending, of in KIND_OF.items() if of == kind)
    message = f"{name} holds {kind.upper()} data, which its extension does not say"
    return [Problem("photo-extension", message, f"rename it to {Path(name).stem}{right}")]


def _structure_problems(data: bytes, kind: Kind, name: str) -> list[Problem]:
    try:
        end, parts = end_and_parts(data, kind)
    except Truncated:
        return [Problem("photo-truncated", f"{name} stops before the picture ends", "copy it again from its source")]
    if parts > MAX_PARTS:
        message = f"{name} is put together of {parts:,} layers or notes, which no camera or editor does"
        return [Problem("photo-damaged", message, EXPORT_AGAIN)]
    if hides_something(data, end):
        message = f"{name} holds more than a picture ({len(data) - end:,} bytes after its end)"
        if len(data) - end <= MOST_TRAILING:
            message = f"{name} holds an archive or a script besides its picture"
        return [Problem("photo-hides-data", message, EXPORT_AGAIN)]
    if is_animated(data, kind):
        return [Problem("photo-animated", f"{name} is an animation", "use a still picture")]
    return []


def _size_problems(width: int, height: int, name: str) -> list[Problem]:
    shown = f"{name} is {width:,} × {height:,} pixels"
    if width * height > MAX_PIXELS:
        return [Problem("photo-too-large", f"{shown}; {MAX_PIXELS // 10**6} megapixels are allowed", "scale it down")]
    if max(width, height) > MAX_ASPECT * min(width, height):
        return [Problem("photo-shape", f"{shown}, a strip and not a photo", "crop it")]
    return []


def _too_many_bytes(size: int, name: str) -> Problem:
    message = f"{name} is {size / 1e6:,.0f} MB; {MAX_BYTES // 10**6} MB are allowed"
    return Problem("photo-too-large", message, "export it at 3,000 pixels wide, JPEG quality 85")


def _not_accepted(data: bytes, name: str) -> Problem:
    if not data:
        return Problem("photo-truncated", f"{name} is empty", "copy it again from its source")
    what = describe(data)
    if "SVG" in what:
        return Problem("photo-svg", f"{name} is {what}, which pages do not show", "export it as PNG")
    if what.endswith(("picture", "GIF")):
        return Problem("photo-kind", f"{name} is {what}, which pages do not show", EXPORT)
    return Problem("photo-kind", f"{name} is {what}", FETCH if "LFS" in what else ACCEPTED)
