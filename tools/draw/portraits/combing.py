"""Masses of hair and how they are combed."""

import numpy as np

from ..colour import Array
from ..stencil import Point
from .bust import Bust


def comb(bust: Bust, mask: Array, centre: Point, count: float = 34.0, amount: float = 0.6) -> None:
    """Shade a hair mask away from the light and comb strands around a centre."""
    s, canvas = bust.sitter, bust.canvas
    x, y = bust.at(*centre)
    dark = bust.tone(0.55, s.hair, "#0d0a0c")
    canvas.paint(np.asarray(mask * (1 - bust.side_light(-130, 60)), np.float32), dark, 0.6)
    flow = np.asarray(np.hypot((canvas.xs - x) * 1.0, (canvas.ys - y) * 0.8) / 60, np.float32)
    lit = np.asarray(mask * (0.25 + 0.75 * bust.side_light(-60, 90)), np.float32)
    bust.strands(lit, s.hair_light, amount, flow, count)


def lay(bust: Bust, points: list[Point], depth: float = 0.0) -> Array:
    """Paint a mass of hair and return its mask."""
    mask = bust.mask(points, depth)
    bust.canvas.paint(mask, bust.sitter.hair)
    return mask
