"""Flat things seen from straight above."""

import numpy as np

from .canvas import Canvas
from .colour import Colour, Stops
from .stencil import Point


class Sheet:
    """A flat thing on the desk, with its own coordinates around its middle."""

    def __init__(self, canvas: Canvas, x: float, y: float, turn: float) -> None:
        """Lay the thing at a place, turned by degrees."""
        self.canvas, self.x, self.y = canvas, x, y
        self.sine, self.cosine = float(np.sin(np.radians(turn))), float(np.cos(np.radians(turn)))

    def at(self, u: float, v: float) -> Point:
        """The place in the picture."""
        return self.x + u * self.cosine - v * self.sine, self.y + u * self.sine + v * self.cosine

    def box(self, left: float, top: float, right: float, bottom: float) -> list[Point]:
        """The outline of a rectangle on the thing."""
        return [self.at(left, top), self.at(right, top), self.at(right, bottom), self.at(left, bottom)]

    def fill(self, points: list[Point], colour: Colour, opacity: float = 1.0) -> None:
        """Paint a shape given in the thing's coordinates."""
        self.canvas.polygon([self.at(u, v) for u, v in points], colour, opacity)

    def shine(self, top: float, bottom: float, stops: Stops) -> Colour:
        """A gradient across the thing."""
        return self.canvas.slant(self.at(0, top), self.at(0, bottom), stops)


def drop_shadow(canvas: Canvas, outline: list[Point], soft: float, shift: float, strength: float = 0.55) -> None:
    """Let an outline throw a soft shadow down to the right."""
    moved = [(x + shift * 1.1, y + shift) for x, y in outline]
    canvas.paint(canvas.blurred(canvas.stencil().polygon(moved).full(), soft), "#06110f", strength)


def circle(x: float, y: float, radius: float, squash: float = 1.0) -> list[Point]:
    """A circle as an outline."""
    return [(x + radius * np.cos(a), y + radius * squash * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 90)[:-1]]
