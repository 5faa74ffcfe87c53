"""Beards and moustaches."""

import numpy as np

from ..colour import Array
from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust
from .combing import comb, lay


def _beard_mask(bust: Bust, high: float, grow: float) -> Array:
    """The lower part of the face up to the cheek line, grown a little beyond the jaw."""
    s = bust.sitter
    points = [(u * (1 + 0.03 * grow), v + max(0.0, v) * 0.07 * grow) for u, v in bust.outline()]
    whole = bust.mask(points)
    line: list[Point] = [
        (-100, high - 40),
        (-76 * s.width, high - 16),
        (-56, high + 24),
        (-30, high + 40),
        (0, high + 36),
        (30, high + 40),
        (56, high + 24),
        (76 * s.width, high - 16),
        (100, high - 40),
        (120, 200),
        (-120, 200),
    ]
    return np.asarray(whole * bust.canvas.blurred(bust.mask(line, 4), 2.5), np.float32)


def beard(bust: Bust, strength: float = 1.0, grow: float = 1.0, high: float = 26.0) -> None:
    """Paint a full beard with moustache, open at the mouth."""
    canvas, s = bust.canvas, bust.sitter
    mask = _beard_mask(bust, high, grow)
    lip: list[Point] = [(-31, 80), (-14, 72), (0, 75), (14, 72), (31, 80), (18, 96), (0, 99), (-18, 96)]
    open_mouth = canvas.blurred(bust.mask(lip, 20), 1.5)
    moustache = bust.mask(
        [(-40, 86), (-30, 68), (-12, 61), (0, 65), (12, 61), (30, 68), (40, 86), (24, 77), (0, 75), (-24, 77)], 20
    )
    mask = np.asarray(np.clip(np.maximum(mask, moustache) - open_mouth, 0, 1), np.float32)
    texture = canvas.fbm(4.5, 26, 61, 2)
    canvas.paint(np.asarray(mask * (0.8 + 0.2 * texture), np.float32), s.hair, strength)
    lit = mask * smoothstep(0.42, 0.8, texture) * (0.2 + 0.8 * bust.side_light(-60, 80))
    canvas.paint(np.asarray(lit, np.float32), s.hair_light, 0.6 * strength)
    canvas.paint(
        np.asarray(mask * (1 - bust.side_light(-120, 30)), np.float32),
        bust.tone(0.5, s.hair, "#0d0a0c"),
        0.5 * strength,
    )


def full_beard(bust: Bust) -> None:
    """Paint a long, full beard."""
    beard(bust, 0.98, 2.6, 22)


def short_beard(bust: Bust) -> None:
    """Paint a short beard."""
    beard(bust, 0.9, 0.6, 32)


def stubble(bust: Bust) -> None:
    """Paint a few days' beard."""
    beard(bust, 0.5, 0.1, 34)


def goatee(bust: Bust) -> None:
    """Paint a goatee joined to a moustache."""
    canvas, s = bust.canvas, bust.sitter
    ring = bust.mask(
        [(-37, 78), (-26, 66), (0, 64), (26, 66), (37, 78), (36, 106), (22, 134), (0, 140), (-22, 134), (-36, 106)], 18
    )
    hole = bust.mask([(-30, 81), (-12, 74), (0, 76), (12, 74), (30, 81), (22, 99), (0, 104), (-22, 99)], 20)
    mask = np.clip(canvas.blurred(ring, 1.4) - canvas.blurred(hole, 1.4), 0, 1)
    texture = canvas.fbm(4, 20, 63, 2)
    canvas.paint(np.asarray(mask * (0.7 + 0.3 * texture), np.float32), s.hair, 0.92)
    canvas.paint(
        np.asarray(mask * smoothstep(0.42, 0.8, texture) * bust.side_light(-80, 60), np.float32), s.hair_light, 0.6
    )


def moustache(bust: Bust) -> None:
    """Paint a broad moustache."""
    mask = lay(
        bust, [(-46, 88), (-38, 72), (-16, 61), (0, 65), (16, 61), (38, 72), (46, 88), (24, 81), (0, 79), (-24, 81)], 21
    )
    comb(bust, mask, (0, 30), 50, 0.8)
