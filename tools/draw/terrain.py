"""A landscape seen in perspective: height maps are projected, coloured maps draped over them."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .canvas import Canvas
from .colour import Array
from .noise import sample, smoothstep

OVER = 2


@dataclass
class Camera:
    """An eye above the near edge of a map, with all lengths in map pixels."""

    east: float
    height: float
    horizon: float
    focal: float
    centre: float = 900.0
    near: float = 20.0

    def project(self, east: float, depth: float, height: float = 0.0) -> tuple[float, float]:
        """The place in the picture of a point in the landscape."""
        scale = self.focal / depth
        return self.centre + (east - self.east) * scale, self.horizon + (self.height - height) * scale


@dataclass
class View:
    """What a camera sees: for each fine pixel its place on the map, and whether it is land or sky."""

    east: Array
    depth: Array
    seen: Array
    camera: Camera

    def cover(self) -> Array:
        """The share of each picture pixel that is landscape."""
        return _reduce(self.seen)

    def distance(self) -> Array:
        """The depth of each picture pixel."""
        return _reduce(self.depth)

    def drape(self, colours: Array) -> Array:
        """The map's colours as the camera sees them."""
        levels = [colours]
        while len(levels) < 5:
            levels.append(_halved(levels[-1]))
        spread = self.depth / self.camera.focal
        footprint = np.maximum(spread, 0.35 * spread * self.depth / self.camera.height) / OVER
        level = np.clip(np.log2(np.maximum(footprint, 1e-3)) + 0.5, 0, 4).astype(np.int32)
        result = np.zeros((*self.depth.shape, 3), np.float32)
        for index, picture in enumerate(levels):
            chosen = level == index
            if chosen.any():
                factor = 2**index
                result[chosen] = sample(picture, self.east[chosen] / factor, self.depth[chosen] / factor)
        return np.stack([_reduce(result[..., k]) for k in range(3)], axis=-1)


def _reduce(values: Array) -> Array:
    """Average fine pixels into picture pixels."""
    height, width = values.shape[0] // OVER, values.shape[1] // OVER
    blocks = values.reshape(height, OVER, width, OVER)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _halved(colours: Array) -> Array:
    """A map of half the size."""
    rows, columns = colours.shape[0] // 2 * 2, colours.shape[1] // 2 * 2
    even = colours[:rows, :columns]
    return (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4


def look(canvas: Canvas, heights: Array, camera: Camera, beyond: float = 1.0) -> View:
    """Find what each fine pixel sees of a height map that runs on beyond its far edge."""
    rows, columns = canvas.height * OVER, canvas.width * OVER
    steps = 1600
    far = (heights.shape[0] - 2.0) * beyond
    nearest, farthest = 1 / camera.near, 1 / far
    even = np.linspace(0, 1, steps)
    depths = 0.5 / (nearest + (farthest - nearest) * even) + 0.5 * (camera.near + (far - camera.near) * even**2)
    screen = (np.arange(columns) + 0.5) / OVER
    lowest = np.empty((steps, columns), np.float32)
    running = np.full(columns, 1e9)
    for index, depth in enumerate(depths):
        east = camera.east + (screen - camera.centre) * depth / camera.focal
        ground = sample(heights, east.astype(np.float32), np.full(columns, depth, np.float32))
        running = np.minimum(running, camera.horizon + (camera.height - ground) * camera.focal / depth)
        lowest[index] = running
    levels = (np.arange(rows) + 0.5) / OVER
    hit = np.stack([np.searchsorted(-lowest[:, k], -levels, side="left") for k in range(columns)], axis=1)
    seen = hit < steps
    after = np.clip(hit, 1, steps - 1)
    column = np.arange(columns)[None, :]
    upper, lower = lowest[after - 1, column], lowest[after, column]
    share = np.clip((upper - levels[:, None]) / np.maximum(upper - lower, 1e-3), 0, 1)
    share = np.where(upper > 1e8, 1.0, share)
    depth_map = 1 / (1 / depths[after - 1] + share * (1 / depths[after] - 1 / depths[after - 1]))
    east_map = camera.east + (screen[None, :] - camera.centre) * depth_map / camera.focal
    return View(east_map.astype(np.float32), depth_map.astype(np.float32), seen.astype(np.float32), camera)


def hillshade(heights: Array, light: tuple[float, float, float], relief: float = 1.0) -> Array:
    """How much light falls on each place of a height map, from 0 to 1."""
    slope_z, slope_x = np.gradient(heights * relief)
    normal = np.stack([-slope_x, np.ones_like(slope_x), -slope_z], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    aim = np.array(light) / np.linalg.norm(light)
    return np.asarray(np.clip(normal @ aim, 0, 1), np.float32)


def cast_shadow(heights: Array, fall: float, from_left: bool = True, soft: float = 6.0) -> Array:
    """The share of sunlight that reaches each place when the sun stands low to one side."""
    ground = heights if from_left else heights[:, ::-1]
    light = np.empty_like(ground)
    edge = ground[:, 0].copy()
    for column in range(ground.shape[1]):
        edge = np.maximum(edge - fall, ground[:, column])
        light[:, column] = 1 - np.clip((edge - ground[:, column]) / soft, 0, 1)
    return np.asarray(light if from_left else light[:, ::-1], np.float32)


def posterise(values: Array, tones: int, softness: float = 0.18) -> Array:
    """Gather values into a few flat tones with slightly soft borders, as a printmaker would."""
    scaled = np.clip(values, 0, 1) * tones
    base = np.floor(scaled)
    edge = smoothstep(0.5 - softness, 0.5 + softness, np.asarray(scaled - base, np.float32))
    return np.asarray(np.clip((base + edge) / tones, 0, 1), np.float32)


def _box(values: Array, half: int, axis: int) -> Array:
    """Average each value with its neighbours along one axis."""
    pad = [(half + 1, half) if k == axis else (0, 0) for k in range(2)]
    total = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis, dtype=np.float64)
    span = 2 * half + 1
    length = values.shape[axis]
    high = np.take(total, range(span, span + length), axis=axis)
    low = np.take(total, range(length), axis=axis)
    return np.asarray((high - low) / span, np.float32)


def blur(values: Array, radius: float) -> Array:
    """Blur a float field smoothly, on a smaller copy where the radius allows it."""
    height, width = values.shape
    factor = max(1.0, radius / 5)
    small = (max(2, int(width / factor)), max(2, int(height / factor)))
    image = Image.fromarray(np.asarray(values, np.float32)).resize(small, Image.Resampling.BOX)
    field = np.asarray(image, np.float32)
    half = max(1, round(radius / factor / 2))
    for axis in (0, 1, 0, 1):
        field = _box(field, half, axis)
    return np.asarray(Image.fromarray(field).resize((width, height), Image.Resampling.BICUBIC), np.float32)
