"""Spectacles and earrings."""

import numpy as np

from ..stencil import Point
from .bust import Bust


def _rims(bust: Bust, wide: float, tall: float, power: float, weight: float, tone: str) -> None:
    """Paint a pair of rims of rounder or squarer form, their bridge, arms and glint."""
    s = bust.sitter
    for side in (-1, 1):
        near = 1.0 - 0.09 * (side * s.turn)
        ring: list[Point] = []
        for a in np.linspace(0, 2 * np.pi, 49)[:-1]:
            c, d = np.cos(a), np.sin(a)
            ring.append(
                (side * 37 + np.sign(c) * abs(c) ** power * wide * near, 1 + np.sign(d) * abs(d) ** power * tall)
            )
        places = [bust.at(u, v, 20) for u, v in ring]
        bust.canvas.polygon(places, "#ffffff", 0.07)
        glint = [
            bust.at(side * 37 - 14, 10, 20),
            bust.at(side * 37 - 4, 14, 20),
            bust.at(side * 37 + 14, -tall * 0.7, 20),
            bust.at(side * 37 + 6, -tall * 0.76, 20),
        ]
        bust.canvas.polygon(glint, "#ffffff", 0.16)
        shadow = [(x - 2.0 * bust.lit, y + 3.5) for x, y in places]
        bust.canvas.line([*shadow, shadow[0]], weight, s.skin.deep, 0.35)
        bust.canvas.line([*places, places[0]], weight, tone)
        outer = side * (37 + wide * near)
        bust.canvas.line(
            [bust.at(outer, -6, 20), bust.at(side * 80 * s.width, -9, 8 if side == bust.side else -8)],
            weight * 0.9,
            tone,
        )
    bridge = bust.path([(-37 + wide * 0.96, -3), (0, -10), (37 - wide * 0.96, -3)], 21, closed=False)
    bust.canvas.line(bridge, weight, tone)


def round_glasses(bust: Bust) -> None:
    """Paint large round glasses."""
    _rims(bust, 30, 29, 1.0, 4.2, "#7a3f22")


def square_glasses(bust: Bust) -> None:
    """Paint dark rectangular glasses."""
    _rims(bust, 30, 21, 0.55, 5.2, "#1d1a1c")


def fine_glasses(bust: Bust) -> None:
    """Paint thin metal glasses."""
    _rims(bust, 28, 22, 0.75, 2.8, "#d9b56a")


def half_glasses(bust: Bust) -> None:
    """Paint tortoise-shell glasses with a heavier upper rim."""
    _rims(bust, 29, 23, 0.7, 4.4, "#4a2f22")


def earrings(bust: Bust) -> None:
    """Paint round earrings."""
    for side in (-1, 1):
        x, y = bust.at(side * 92, 50, -12)
        if side == bust.side:
            x += -6 * side
        bust.canvas.paint(bust.canvas.stencil().disc(x, y, 11), "#c9923a")
        bust.canvas.paint(bust.canvas.stencil().disc(x + 2 * bust.lit, y - 2, 6.5), "#ffe3a0")


def pearl(bust: Bust) -> None:
    """Paint small drop earrings."""
    for side in (-1, 1):
        x, y = bust.at(side * 90, 44, -12)
        bust.canvas.paint(bust.canvas.stencil().disc(x, y, 6), "#efe6d8")
        bust.canvas.paint(bust.canvas.stencil().disc(x + 1.5 * bust.lit, y - 1.5, 2.6), "#ffffff")
