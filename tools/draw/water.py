"""Water: reflections, ripples and glitter."""

import numpy as np

from .canvas import Canvas
from .colour import Array, Colour, Stops
from .noise import noise, sample, smoothstep


def ripples(canvas: Canvas, horizon: float, salt: int, size: float = 1.0) -> Array:
    """Ripples around 0 that grow from the horizon towards the viewer."""
    rows = np.maximum(canvas.ys - horizon, 1)
    depth = 3000 / rows
    field = noise(2048, 1024, 4, 4, canvas.seed * 53 + salt)
    fine = noise(2048, 1024, 2, 3, canvas.seed * 59 + salt)
    x = (canvas.xs - canvas.width / 2) * depth / (90 * size) + 512 + 0 * rows
    y = np.log(depth + 1) * 190 / size + 0 * canvas.xs
    waves = sample(field, np.mod(x, 1020), np.mod(y, 2040)) - 0.5
    small = sample(fine, np.mod(x * 1.7 + 300, 1020), np.mod(y * 1.6, 2040)) - 0.5
    return np.asarray(waves + 0.55 * small, np.float32)


def reflect(
    canvas: Canvas, horizon: float, tint: Stops, strength: float, salt: int, sway: float = 26, squash: float = 1.0
) -> Array:
    """Fill the picture below the horizon with a swaying reflection, and return the ripples."""
    top = int(horizon)
    waves = ripples(canvas, horizon, salt)
    rows = canvas.ys[top:] - horizon
    near = np.clip(rows / (canvas.height - horizon), 0, 1)
    x = canvas.xs + waves[top:] * sway * (0.25 + near)
    y = horizon - rows * squash - waves[top:] * sway * 2.2 * (0.1 + near)
    mirrored = sample(canvas.pixels, x, np.clip(y, 0, horizon - 1))
    base = canvas.down(horizon, canvas.height, tint)[top:]
    canvas.pixels[top:] = base + (mirrored - base) * strength
    return waves


def streaks(canvas: Canvas, horizon: float, waves: Array, colour: Colour, opacity: float, cut: float) -> None:
    """Lay light or dark flecks on the crests of ripples."""
    mask = smoothstep(cut, cut + 0.1, waves) * (canvas.ys > horizon)
    canvas.paint(np.asarray(mask, np.float32), colour, opacity)


def glitter(
    canvas: Canvas, horizon: float, waves: Array, x: float, width: float, colour: Colour, strength: float
) -> None:
    """Break a light's path over the water into flecks."""
    near = np.clip((canvas.ys - horizon) / (canvas.height - horizon), 0, 1)
    spread = width * (0.45 + 1.3 * near)
    column = np.exp(-(((canvas.xs - x) / spread) ** 2))
    flecks = smoothstep(0.16 - 0.34 * column, 0.3 - 0.34 * column, waves + 0.08)
    mask = flecks * column * (canvas.ys > horizon)
    canvas.paint(np.asarray(mask, np.float32), colour, strength, "screen")
