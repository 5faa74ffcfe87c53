"""Arranges the pictures of a gallery in rows, each as high as its neighbours and none of them cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from msgspec import Struct
from msgspec.structs import replace

from broadside.media.photos.values import Photo

MOST = 3
"""How many pictures a row may have."""
USUAL = 2.2
"""How many times as wide as high a row is best."""
HEIGHT = 1600
"""What every picture says that its height is: a style sheet shrinks those of a row alike, and they fill it exactly."""
COLUMN = 40
"""The width of the column of text, in em."""
LARGE = 80
"""How much of the height of a window the large picture may have, in percent."""


class Picture(Struct, frozen=True):
    """A picture of a gallery: its photo, its place from 1, and the widths that it has in its row and when it is opened."""

    photo: Photo
    number: int
    sizes: str
    large: str


def in_rows(photos: Sequence[Photo]) -> list[list[Picture]]:
    """The pictures of a gallery in their order, row by row."""
    shapes = tuple(photo.width / photo.height for photo in photos)
    rows: list[list[Picture]] = []
    at = 0
    for count in _rows(shapes):
        whole = sum(shapes[at : at + count])
        rows.append([_picture(photos[number], number + 1, whole) for number in range(at, at + count)])
        at += count
    return rows


def _picture(photo: Photo, number: int, whole: float) -> Picture:
    shape = photo.width / photo.height
    width = replace(photo, width=round(HEIGHT * shape), height=HEIGHT)
    sizes = f"(min-width:48em) {COLUMN * shape / whole:.1f}em, 100vw"
    return Picture(width, number, sizes, f"min(100vw, {round(LARGE * shape)}vh)")


@lru_cache(256)  # stories below others are on several pages
def _rows(shapes: tuple[float, ...]) -> tuple[int, ...]:
    """How many pictures each row has, so that rows are as near to the usual shape as can be; of several ways, one that begins large."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(shapes) + 1):
        best.append(
            min(
                (
                    round(best[end - count][0] + log(sum(shapes[end - count : end]) / USUAL) ** 2, 6),
                    (*best[end - count][1], count),
                )
                for count in range(1, min(MOST, end) + 1)
            )
        )
    return best[-1][1]
