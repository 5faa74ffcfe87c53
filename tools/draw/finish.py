"""The last touches of the house style, and the JPEG file."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from .canvas import Canvas
from .noise import fbm, smoothstep

BEST, WORST = 84, 72


def vignette(canvas: Canvas, strength: float) -> None:
    """Darken the corners a little."""
    away = canvas.distance(canvas.width / 2, canvas.height / 2, canvas.width / canvas.height)
    edge = smoothstep(0.55, 1.5, away / (canvas.width / 2))
    canvas.pixels *= (1 - strength * edge)[..., None]


def paper(canvas: Canvas) -> None:
    """Give the picture the tooth of printed paper: soft mottling and a trace of grain."""
    height, width = canvas.height, canvas.width
    mottle = fbm(height, width, 260, 260, canvas.seed + 5, 3) - 0.5
    fibre = fbm(height, width, 7, 3, canvas.seed + 6, 2) - 0.5
    tooth = mottle * 0.03 + fibre * 0.01 + canvas.grain(7) * 0.004
    light = canvas.pixels.mean(axis=-1)
    room = 0.35 + 1.3 * np.clip(light * (1 - light) * 2.2, 0, 0.5)
    canvas.pixels += (tooth * room)[..., None]


def _encode(image: Image.Image, quality: int, exif: Image.Exif | None) -> bytes:
    """The image as a progressive JPEG of the given quality."""
    buffer = BytesIO()
    extra = {"exif": exif} if exif is not None else {}
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=2, **extra)
    return buffer.getvalue()


def save(canvas: Canvas, path: Path, limit: int, turned: bool = False) -> int:
    """Write the picture, at the best quality that keeps it under the limit, and return its size."""
    pixels = (np.clip(canvas.pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
    image = Image.fromarray(pixels)
    exif = None
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
    data = b""
    for quality in range(BEST, WORST - 1, -2):
        data = _encode(image, quality, exif)
        if len(data) <= limit:
            break
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)
