"""Anti-aliased masks, drawn four times too large and reduced."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from .colour import Array

Point = tuple[float, float]
Points = Iterable[Point] | npt.NDArray[np.floating]
SCALE = 4


@dataclass
class Patch:
    """A mask with values from 0 to 1 and the place of its top left corner."""

    left: int
    top: int
    values: Array


class Stencil:
    """A sheet on which shapes are cut out before paint goes through."""

    def __init__(self, width: int, height: int, left: int = 0, top: int = 0) -> None:
        """Start with an empty sheet of the given size whose top left corner lies at the given place."""
        self.width, self.height = width, height
        self.left, self.top = left, top
        self.sheet = Image.new("L", (width * SCALE, height * SCALE), 0)
        self.draw = ImageDraw.Draw(self.sheet)

    def _scaled(self, points: Points) -> list[Point]:
        """The points in the sheet's larger scale."""
        return [((float(x) - self.left) * SCALE, (float(y) - self.top) * SCALE) for x, y in points]

    def _box(self, left: float, top: float, right: float, bottom: float) -> list[float]:
        """A box in the sheet's larger scale."""
        (x0, y0), (x1, y1) = self._scaled([(left, top), (right, bottom)])
        return [x0, y0, x1, y1]

    def polygon(self, points: Points, ink: float = 1.0) -> "Stencil":
        """Cut out a polygon."""
        self.draw.polygon(self._scaled(points), fill=round(ink * 255))
        return self

    def rect(self, left: float, top: float, right: float, bottom: float, ink: float = 1.0) -> "Stencil":
        """Cut out an upright rectangle."""
        return self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], ink)

    def round_rect(self, left: float, top: float, right: float, bottom: float, radius: float) -> "Stencil":
        """Cut out a rectangle with round corners."""
        self.draw.rounded_rectangle(self._box(left, top, right, bottom), radius * SCALE, fill=255)
        return self

    def line(self, points: Points, width: float = 1.0, ink: float = 1.0) -> "Stencil":
        """Cut out a line of even width with round joints."""
        pixels = max(1, round(width * SCALE))
        self.draw.line(self._scaled(points), fill=round(ink * 255), width=pixels, joint="curve")
        return self

    def disc(self, x: float, y: float, radius: float, radius_y: float | None = None, ink: float = 1.0) -> "Stencil":
        """Cut out a disc or an ellipse around its centre."""
        tall = radius if radius_y is None else radius_y
        box = self._box(x - radius, y - tall, x + radius, y + tall)
        self.draw.ellipse(box, fill=round(ink * 255))
        return self

    def pie(self, x: float, y: float, radius: float, start: float, end: float) -> "Stencil":
        """Cut out a sector of a disc between two angles in degrees."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self.draw.pieslice(box, start, end, fill=255)
        return self

    def arch(self, left: float, top: float, right: float, bottom: float) -> "Stencil":
        """Cut out an upright opening with a round head."""
        radius = (right - left) / 2
        self.disc(left + radius, top + radius, radius)
        return self.rect(left, top + radius, right, bottom)

    def patch(self) -> Patch:
        """Reduce the sheet to the picture's size and crop it to what is cut out."""
        box = self.sheet.getbbox()
        if box is None:
            return Patch(0, 0, np.zeros((0, 0), np.float32))
        left, top = box[0] // SCALE, box[1] // SCALE
        right, bottom = -(-box[2] // SCALE), -(-box[3] // SCALE)
        crop = self.sheet.crop((left * SCALE, top * SCALE, right * SCALE, bottom * SCALE))
        return Patch(self.left + left, self.top + top, np.asarray(crop.reduce(SCALE), np.float32) / 255)

    def full(self) -> Array:
        """Reduce the whole sheet to an array of the picture's size."""
        return np.asarray(self.sheet.reduce(SCALE), np.float32) / 255


def curve(points: Points, steps: int = 16, closed: bool = False) -> list[Point]:
    """A smooth Catmull-Rom curve through the given points."""
    knots = np.array([(float(x), float(y)) for x, y in points])
    if closed:
        knots = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        knots = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        parts.append(knots[-2][None])
    return [(float(x), float(y)) for x, y in np.concatenate(parts)]


def ribbon(points: Points, widths: Iterable[float]) -> list[Point]:
    """The outline of a stroke whose width changes from point to point."""
    path = np.array([(float(x), float(y)) for x, y in points])
    along = np.gradient(path, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)
    normal = np.stack([-along[:, 1] / length, along[:, 0] / length], axis=-1)
    half = np.array(list(widths))[:, None] / 2
    outline = np.concatenate([path + normal * half, (path - normal * half)[::-1]])
    return [(float(x), float(y)) for x, y in outline]
