"""Turns an original's bytes into plain upright sRGB pixels without metadata."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms

from broadside.media.photos.inspect import open_picture, orientation, sniff
from broadside.media.photos.values import Kind

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Changed(Exception):
    """A picture has changed since the build began."""


def decode_file(path: Path, digest: str, size: tuple[int, int]) -> Image.Image:
    """The picture in a file, decoded at a size; raises Changed if its SHA-256 digest is no longer this."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Changed
    kind = sniff(data)
    if kind is None:
        raise ValueError("it is not a JPEG, PNG, WebP or AVIF")
    return decode(data, kind, size)


def decode(data: bytes, kind: Kind, size: tuple[int, int]) -> Image.Image:
    """The picture at `size`, upright, in sRGB (or grey), flattened on white, without metadata.

    It is flattened for every format, not only JPEG, because black lettering on nothing vanishes on a dark page.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open_picture(data, kind) as image:
            turn = orientation(image, data, kind)
            lying = size if turn < 5 else (size[1], size[0])
            # A JPEG is decoded at the smallest number of eighths that is still large enough: four times less work.
            image.draft(None, lying)
            image.load()
            small = _resize(_eight_bit(image), lying)
            # Colours are converted when the picture is small: the same to the eye, and a fifth of the work.
            flat = _on_white(_in_srgb(small, image.info.get("icc_profile")))
    upright = flat.transpose(_TURNS[turn]) if turn in _TURNS else flat.copy()
    upright.info = {}
    return upright


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":
        # convert("L") clips at 255; grey levels of 16 bits have to be divided.
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.mode == "RGBA":
        return image  # converting would copy it: 200 MB for a large picture
    if image.mode in ("P", "1") or image.has_transparency_data:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    plain = image.mode if image.mode in ("L", "RGBA") else "RGB"
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK") or _is_srgb(profile):
        return image.convert(plain) if image.mode != plain else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=plain)
    except (ImageCms.PyCMSError, OSError):
        # A damaged profile, or one for channels that the picture does not have: its colours are taken as sRGB.
        return image.convert(plain)
    return converted or image.convert(plain)


def _is_srgb(profile: bytes) -> bool:
    # The profile of nearly every photo says so in its description, and converting sRGB to sRGB costs a tenth of a second.
    return b"sRGB IEC61966" in profile or b"s\0R\0G\0B\0 \0I\0E\0C" in profile


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")
