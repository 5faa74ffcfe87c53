"""Smooth seeded noise: the raw material of clouds, coasts, ridges and paper."""

import numpy as np
from PIL import Image

from .colour import Array


def smoothstep(low: float | Array, high: float | Array, values: Array) -> Array:
    """Ease values from 0 at low to 1 at high."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def noise(height: int, width: int, scale_x: float, scale_y: float, seed: int) -> Array:
    """One octave of smooth noise around 0.5 with features of the given size."""
    rows, columns = int(height / scale_y) + 4, int(width / scale_x) + 4
    grid = np.random.default_rng(seed).random((rows, columns), dtype=np.float32)
    box = (1.0, 1.0, 1.0 + width / scale_x, 1.0 + height / scale_y)
    image = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC, box=box)
    return np.asarray(image, np.float32)


def fbm(
    height: int,
    width: int,
    scale_x: float,
    scale_y: float,
    seed: int,
    octaves: int = 5,
    gain: float = 0.5,
) -> Array:
    """Fractal noise, roughly between 0 and 1, summed from several octaves."""
    total = np.zeros((height, width), np.float32)
    weight, reach = 1.0, 0.0
    for octave in range(octaves):
        size_x, size_y = scale_x / 2**octave, scale_y / 2**octave
        if max(size_x, size_y) < 1.5:
            break
        size_x, size_y = max(size_x, 1.0), max(size_y, 1.0)
        total += weight * noise(height, width, size_x, size_y, seed + 101 * octave)
        reach += weight
        weight *= gain
    spread = (total / reach - 0.5) * 1.5 + 0.5
    return np.asarray(np.clip(spread, 0, 1), np.float32)


def ridged(height: int, width: int, scale_x: float, scale_y: float, seed: int) -> Array:
    """Fractal noise folded into sharp crests, as mountains need it."""
    total = np.zeros((height, width), np.float32)
    weight, reach = 1.0, 0.0
    for octave in range(6):
        size_x, size_y = max(scale_x / 2**octave, 1.5), max(scale_y / 2**octave, 1.5)
        fold = 1 - np.abs(noise(height, width, size_x, size_y, seed + 77 * octave) * 2 - 1)
        total += weight * fold * fold
        reach += weight
        weight *= 0.48
    return np.asarray(total / reach, np.float32)


def line_noise(width: int, scale: float, seed: int, octaves: int = 6, gain: float = 0.5) -> Array:
    """One row of fractal noise, for outlines of hills and shores."""
    return np.asarray(fbm(1, width, scale, 1e6, seed, octaves, gain)[0])


def sample(field: Array, x: Array, y: Array) -> Array:
    """Read a field at fractional positions with bilinear blending, clamped at the edges."""
    height, width = field.shape[:2]
    x = np.clip(x, 0, width - 1.001)
    y = np.clip(y, 0, height - 1.001)
    x0, y0 = x.astype(np.int32), y.astype(np.int32)
    fx, fy = x - x0, y - y0
    if field.ndim == 3:
        fx, fy = fx[..., None], fy[..., None]
    top = field[y0, x0] * (1 - fx) + field[y0, x0 + 1] * fx
    bottom = field[y0 + 1, x0] * (1 - fx) + field[y0 + 1, x0 + 1] * fx
    return np.asarray(top * (1 - fy) + bottom * fy, np.float32)


def cells(height: int, width: int, size: float, seed: int) -> tuple[Array, Array]:
    """For a jittered honeycomb, each place's distance to the next border and its cell's tone."""
    rows, columns = int(height / size) + 3, int(width / size) + 3
    rng = np.random.default_rng(seed)
    seeds_x = (np.arange(columns)[None, :] - 1 + rng.random((rows, columns))) * size
    seeds_y = (np.arange(rows)[:, None] - 1 + rng.random((rows, columns))) * size
    tones = rng.random((rows, columns), dtype=np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    own_row, own_column = (y / size).astype(np.int32) + 1, (x / size).astype(np.int32) + 1
    first = np.full((height, width), 1e9, np.float32)
    second = first.copy()
    tone = np.zeros((height, width), np.float32)
    for shift_row in (-1, 0, 1):
        for shift_column in (-1, 0, 1):
            row = np.clip(own_row + shift_row, 0, rows - 1)
            column = np.clip(own_column + shift_column, 0, columns - 1)
            away = np.hypot(seeds_x[row, column] - x, seeds_y[row, column] - y).astype(np.float32)
            closer = away < first
            second = np.where(closer, first, np.minimum(second, away))
            tone = np.where(closer, tones[row, column], tone)
            first = np.where(closer, away, first)
    return np.asarray((second - first) / 2, np.float32), tone
