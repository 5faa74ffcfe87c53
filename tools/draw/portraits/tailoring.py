"""The parts of which clothes are cut."""

import numpy as np

from ..colour import Array, Colour
from ..stencil import Point
from .bust import Bust


def shoulders(slope: float = 0.0, wide: float = 1.0) -> list[Point]:
    """The outline of the shoulders."""
    right: list[Point] = [
        (62, 186),
        (118, 206 + slope),
        (190 * wide, 236 + slope),
        (232 * wide, 296 + slope),
        (252 * wide, 380),
    ]
    return [(0, 200), *right, *[(-u, v) for u, v in right[::-1]]]


def body(bust: Bust, colour: Colour, slope: float = 0.0, wide: float = 1.0, dark: str = "#0d1018") -> Array:
    """Paint the shoulders with a shaded side and return their mask."""
    mask = bust.mask(shoulders(slope, wide), -4)
    bust.canvas.paint(mask, colour)
    away = 1 - bust.side_light(-150, 40)
    grit = np.clip(away + bust.canvas.grain(71) * 0.4 * away * (1 - away), 0, 1)
    bust.canvas.paint(np.asarray(mask * grit, np.float32), dark, 0.42)
    arm = [(u * 0.9, v) for u, v in ((150, 260), (160, 310), (150, 380))]
    for side in (-1, 1):
        bust.stroke([(side * u, v) for u, v in arm], 4, dark, 0.35, -4)
    return mask


def poly(bust: Bust, points: list[Point], colour: Colour, opacity: float = 1.0) -> None:
    """Paint a straight-edged shape."""
    bust.canvas.polygon([bust.at(u, v, 0) for u, v in points], colour, opacity)


def shirt(bust: Bust, colour: str, shade: str, closed: bool = False) -> None:
    """Paint a shirt front with a collar, open at the throat or closed."""
    throat: list[Point] = [(-62, 176), (62, 176), (40, 214), (0, 272), (-40, 214)]
    skin = bust.sitter.skin
    poly(bust, throat, shade if closed else skin.shade)
    low = 240 if closed else 268
    poly(bust, [(-62, 176), (62, 176), (40, 214), (14, low), (-14, low), (-40, 214)], skin.shade)
    poly(bust, [(0, 176), (62 * bust.lit, 176), (40 * bust.lit, 214), (12 * bust.lit, low), (0, low)], skin.base, 0.75)
    poly(bust, [(-62, 172), (62, 172), (48, 192), (0, 204), (-48, 192)], skin.deep, 0.4)
    poly(bust, [(-64, 196), (0, 268), (64, 196), (110, 380), (-110, 380)], colour)
    poly(bust, [(-64 * bust.lit, 196), (0, 268), (0, 380), (-110 * bust.lit, 380)], shade, 0.45)
    for side in (-1, 1):
        poly(bust, [(side * 52, 166), (side * 70, 188), (side * 52, 254), (side * 4, 262), (side * 34, 206)], colour)
        poly(bust, [(side * 52, 166), (side * 34, 206), (side * 4, 262), (side * 26, 206)], shade, 0.75)
        bust.canvas.line([bust.at(side * 70, 188), bust.at(side * 52, 254), bust.at(side * 4, 262)], 2, shade, 0.8)


def lapels(bust: Bust, colour: Colour, edge: str) -> None:
    """Fold the lapels of a jacket over the shirt."""
    for side in (-1, 1):
        poly(
            bust,
            [
                (side * 64, 184),
                (side * 108, 204),
                (side * 118, 262),
                (side * 96, 270),
                (side * 106, 286),
                (side * 26, 390),
                (side * 2, 390),
                (side * 40, 280),
            ],
            colour,
        )
        bust.canvas.line([bust.at(side * 64, 184), bust.at(side * 40, 280), bust.at(side * 2, 390)], 2.4, edge, 0.9)
        bust.canvas.line([bust.at(side * 118, 262), bust.at(side * 96, 270), bust.at(side * 106, 286)], 2, edge, 0.7)
