"""Natural things that many pictures share: sky, sun, hills, mist, cloud, birds."""

import numpy as np

from .canvas import Canvas
from .colour import Array, Colour, Stops, ramp, rgb
from .noise import line_noise, smoothstep
from .stencil import Patch, Point


def sky(canvas: Canvas, stops: Stops, bottom: float, warp: float = 0.04) -> None:
    """Fill the picture with a vertical gradient that drifts a little, like thin high cloud."""
    drift = (canvas.fbm(1400, 160, 3, 4) - 0.5) * warp
    canvas.pixels[:] = ramp(canvas.ys / bottom + drift, stops)


def sun(canvas: Canvas, x: float, y: float, radius: float, colour: str, halo: str, power: float = 0.5) -> None:
    """Paint a flat sun or moon with a wide and a narrow halo."""
    canvas.glow(x, y, radius * 7, halo, power * 0.55)
    canvas.glow(x, y, radius * 2.2, halo, power * 0.7)
    canvas.paint(canvas.stencil().disc(x, y, radius), colour)


def hills(canvas: Canvas, base: float, rise: float, scale: float, salt: int, sharp: float = 0.5) -> Array:
    """The heights, in picture rows, of a line of hills."""
    wave = line_noise(canvas.width, scale, canvas.seed * 31 + salt, 7, sharp)
    return np.asarray(base - rise * wave, np.float32)


def below(canvas: Canvas, line: Array) -> Array:
    """A mask of everything below a line, with a soft pixel of edge."""
    return np.asarray(np.clip(canvas.ys - line[None, :] + 0.5, 0, 1), np.float32)


def layer(canvas: Canvas, line: Array, stops: Stops, depth: float) -> None:
    """Paint the ground below a line with a gradient that runs down from the line."""
    canvas.paint(below(canvas, line), ramp((canvas.ys - line[None, :]) / depth, stops))


def mist(canvas: Canvas, y: float, thickness: float, colour: Colour, opacity: float, salt: int) -> None:
    """Lay a bank of mist with ragged edges around a height."""
    wave = (canvas.fbm(700, 90, salt, 4) - 0.5) * thickness * 1.6
    away = np.abs(canvas.ys - y + wave) / thickness
    canvas.paint(1 - smoothstep(0, 1, away), colour, opacity)


def clouds(
    canvas: Canvas,
    top: float,
    bottom: float,
    stops: Stops,
    salt: int,
    cover: float = 0.5,
    scale: tuple[float, float] = (520, 110),
    opacity: float = 1.0,
    soft: float = 0.08,
) -> Array:
    """Paint flat-bottomed banks of cloud, lit from above, and return their mask."""
    field = canvas.fbm(*scale, salt, 6)
    window = smoothstep(0, 0.35, (canvas.ys - top) / (bottom - top)) * (
        1 - smoothstep(0.65, 1, (canvas.ys - top) / (bottom - top))
    )
    level = field * (0.45 + 0.55 * window) * (window > 0)
    mask = smoothstep(1 - cover - soft, 1 - cover + soft, level) * np.minimum(1, window * 3)
    lift = np.roll(field, -int(scale[1] * 0.22), axis=0)
    tone = np.clip(0.5 + (lift - field) * 2.6, 0, 1)
    canvas.paint(mask, ramp(tone, stops), opacity)
    return np.asarray(mask, np.float32)


def stars(canvas: Canvas, count: int, bottom: float, colour: str, strength: float = 0.8) -> None:
    """Scatter stars, denser and brighter towards the top."""
    x = canvas.rng.random(count) * canvas.width
    y = canvas.rng.random(count) ** 1.4 * bottom
    for px, py, size in zip(x, y, canvas.rng.random(count) ** 6, strict=True):
        fade = 1 - (py / bottom) ** 2
        radius = 0.7 + 1.5 * float(size)
        spot = canvas.stencil_at(px, py, 4)
        spot.values[:] = np.clip(radius - spot.values + 0.5, 0, 1)
        canvas.paint(spot, colour, strength * fade * (0.35 + 0.65 * float(size) ** 0.4))


def birds(canvas: Canvas, places: list[Point], size: float, colour: Colour, opacity: float = 0.8) -> None:
    """Draw distant birds as small bent strokes."""
    sheet = canvas.stencil()
    for x, y in places:
        span = size * (0.7 + 0.6 * float(canvas.rng.random()))
        dip = span * (0.25 + 0.3 * float(canvas.rng.random()))
        left = [(x - span, y - dip * 0.6), (x - span * 0.5, y - dip), (x, y)]
        right = [(x, y), (x + span * 0.55, y - dip * 1.1), (x + span, y - dip * 0.3)]
        sheet.line(left, max(1.0, size * 0.13)).line(right, max(1.0, size * 0.13))
    canvas.paint(sheet, colour, opacity)


def rays(
    canvas: Canvas, x: float, y: float, colour: Colour, strength: float, salt: int, reach: float, spread: int = 46
) -> None:
    """Fan faint shafts of light out from a point."""
    angle = np.arctan2(canvas.ys - y, canvas.xs - x)
    wave = line_noise(4096, 4096 / spread, canvas.seed * 17 + salt, 3)
    place = ((angle + np.pi) / (2 * np.pi) * 4095).astype(np.int32)
    shaft = smoothstep(0.45, 0.85, wave[place])
    fade = np.exp(-canvas.distance(x, y) / reach)
    canvas.paint(np.asarray(shaft * fade, np.float32), colour, strength, "screen")


def shade(canvas: Canvas, mask: Array | Patch, colour: Colour, amount: Array, salt: int) -> None:
    """Shade a shape with a stippled edge, as on a grained lithograph."""
    stipple = np.clip(amount + canvas.grain(salt) * 0.7 * amount * (1 - amount), 0, 1)
    canvas.paint(mask, rgb(colour), np.asarray(stipple, np.float32))
