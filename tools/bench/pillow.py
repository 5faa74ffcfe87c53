"""Makes the pictures of photos with Pillow alone, in few lines and several processes.

Run as a script.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from PIL import Image

SAVE: dict[str, dict[str, Any]] = {
    "avif": {"speed": 8, "max_threads": 1},
    "webp": {"method": 4},
    "jpeg": {"progressive": True, "optimize": True},
}


def make(
    out: Path,
    widths: list[int],
    crops: list[tuple[int, int, int]],
    formats: list[tuple[str, int]],
    path: Path,
) -> None:
    """Make one photo in all widths and formats, each format with its quality, and crop one width to
    the other shapes.
    """
    with Image.open(path) as image:
        tall = image.height / image.width
        image.draft("RGB", (widths[-1], round(widths[-1] * tall)))
        master = image.convert("RGB").resize(
            (widths[-1], round(widths[-1] * tall)), reducing_gap=3.0
        )
    for width in widths:
        small = master.resize((width, round(width * tall)), Image.Resampling.LANCZOS)
        for kind, quality in formats:
            small.save(
                out / f"{path.stem}-{width}.{kind}", kind.upper(), quality=quality, **SAVE[kind]
            )
        for of, across, down in crops:
            if of == width:
                part = small.crop((0, 0, across, down))
                part.save(
                    out / f"{path.stem}-{across}x{down}.jpeg",
                    quality=dict(formats)["jpeg"],
                    **SAVE["jpeg"],
                )


if __name__ == "__main__":
    photos, out, processes, wanted = (
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        int(sys.argv[3]),
        json.loads(sys.argv[4]),
    )
    out.mkdir()
    with Pool(processes) as pool:
        pool.map(partial(make, out, *wanted), sorted(photos.iterdir()), chunksize=1)
