"""The canvas: a float picture on which masks let colour through."""

import numpy as np
from PIL import Image, ImageFilter

from .colour import Array, Colour, Stops, ramp, rgb
from .noise import fbm
from .stencil import Patch, Points, Stencil

Mask = Patch | Array | Stencil


class Canvas:
    """A picture in the making, with floats between 0 and 1 for each channel."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        """Prepare a black picture and a random generator of its own."""
        self.width, self.height, self.seed = width, height, seed
        self.rng = np.random.default_rng(seed)
        self.pixels: Array = np.zeros((height, width, 3), np.float32)
        self.xs: Array = np.arange(width, dtype=np.float32)[None, :] + 0.5
        self.ys: Array = np.arange(height, dtype=np.float32)[:, None] + 0.5

    def stencil(self) -> Stencil:
        """An empty stencil of the picture's size."""
        return Stencil(self.width, self.height)

    def stencil_around(self, points: Points, margin: float = 2.0) -> Stencil:
        """An empty stencil that is just large enough for the given points."""
        spots = np.array([(float(x), float(y)) for x, y in points])
        low, high = spots.min(axis=0) - margin, spots.max(axis=0) + margin
        left, top = (int(np.clip(v, 0, size - 1)) for v, size in zip(low, (self.width, self.height), strict=True))
        right, bottom = (
            int(np.clip(np.ceil(v), 1, size)) for v, size in zip(high, (self.width, self.height), strict=True)
        )
        return Stencil(max(1, right - left), max(1, bottom - top), left, top)

    def _window(self, values: Array, patch: Patch) -> Array:
        """Cut an array of the picture's size, or one that broadcasts to it, to a patch."""
        rows, columns = patch.values.shape
        if values.shape[0] > 1:
            values = values[patch.top : patch.top + rows]
        if values.shape[1] > 1:
            values = values[:, patch.left : patch.left + columns]
        return values

    def paint(self, mask: Mask, colour: Colour, opacity: float | Array = 1.0, mode: str = "normal") -> None:
        """Lay colour on the picture where the mask lets it through."""
        if isinstance(mask, Stencil):
            mask = mask.patch()
        patch = mask if isinstance(mask, Patch) else Patch(0, 0, mask)
        rows, columns = patch.values.shape
        area = self.pixels[patch.top : patch.top + rows, patch.left : patch.left + columns]
        tone = rgb(colour)
        if tone.ndim == 3:
            tone = self._window(tone, patch)
        if isinstance(opacity, np.ndarray):
            opacity = self._window(opacity, patch)
        alpha = (patch.values * opacity)[..., None]
        if mode == "normal":
            area += (tone - area) * alpha
        elif mode == "multiply":
            area *= 1 + (tone - 1) * alpha
        elif mode == "screen":
            area += (1 - area) * tone * alpha
        else:
            area += tone * alpha

    def polygon(self, points: Points, colour: Colour, opacity: float | Array = 1.0) -> None:
        """Paint one polygon."""
        self.paint(self.stencil_around(points).polygon(points), colour, opacity)

    def line(self, points: Points, width: float, colour: Colour, opacity: float | Array = 1.0) -> None:
        """Paint one line."""
        self.paint(self.stencil_around(points, width + 2).line(points, width), colour, opacity)

    def wash(self, colour: Colour, opacity: float | Array = 1.0, mode: str = "normal") -> None:
        """Lay colour on the whole picture."""
        self.paint(np.ones((self.height, self.width), np.float32), colour, opacity, mode)

    def down(self, top: float, bottom: float, stops: Stops) -> Array:
        """A vertical gradient between two heights."""
        return ramp((self.ys - top) / (bottom - top), stops)

    def across(self, left: float, right: float, stops: Stops) -> Array:
        """A horizontal gradient between two places."""
        return ramp((self.xs - left) / (right - left), stops)

    def slant(self, start: tuple[float, float], end: tuple[float, float], stops: Stops) -> Array:
        """A gradient that runs from one point to another."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        t = ((self.xs - start[0]) * dx + (self.ys - start[1]) * dy) / (dx * dx + dy * dy)
        return ramp(t, stops)

    def distance(self, x: float, y: float, squash: float = 1.0) -> Array:
        """Each pixel's distance from a point, with heights counted squash times."""
        return np.asarray(np.hypot(self.xs - x, (self.ys - y) * squash), np.float32)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float, squash: float = 1.0) -> None:
        """Add soft light around a point."""
        reach = int(radius * 3.2)
        top, bottom = max(0, int(y - reach / squash)), min(self.height, int(y + reach / squash) + 1)
        left, right = max(0, int(x - reach)), min(self.width, int(x + reach) + 1)
        if top >= bottom or left >= right:
            return
        away = np.hypot(self.xs[:, left:right] - x, (self.ys[top:bottom] - y) * squash)
        falloff = np.exp(-((away / radius) ** 1.3) * 1.6) * np.clip(1.4 - away / (reach * 0.72), 0, 1)
        self.paint(Patch(left, top, np.asarray(falloff, np.float32)), colour, strength, "screen")

    def stencil_at(self, x: float, y: float, reach: int) -> Patch:
        """A small patch around a point that holds each pixel's distance from it."""
        left, top = max(0, int(x) - reach), max(0, int(y) - reach)
        right, bottom = min(self.width, int(x) + reach + 1), min(self.height, int(y) + reach + 1)
        away = np.hypot(self.xs[:, left:right] - x, self.ys[top:bottom] - y)
        return Patch(left, top, np.asarray(away, np.float32))

    def blurred(self, mask: Array, radius: float) -> Array:
        """A mask of the picture's size with soft edges."""
        image = Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))
        return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255

    def fbm(self, scale_x: float, scale_y: float, salt: int, octaves: int = 5) -> Array:
        """Fractal noise of the picture's size, seeded by the picture."""
        return fbm(self.height, self.width, scale_x, scale_y, self.seed * 7919 + salt, octaves)

    def grain(self, salt: int) -> Array:
        """Fine stipple around 0 for shaded edges."""
        rng = np.random.default_rng(self.seed * 131 + salt)
        raw = rng.standard_normal((self.height // 2 + 1, self.width // 2 + 1), dtype=np.float32)
        size = (raw.shape[1] * 2, raw.shape[0] * 2)
        image = Image.fromarray(raw).resize(size, Image.Resampling.BILINEAR)
        return np.asarray(image, np.float32)[: self.height, : self.width]
