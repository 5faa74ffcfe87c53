"""Flat surfaces in perspective, and the parts of which fronts of houses are made."""

from collections.abc import Sequence

import numpy as np

from .canvas import Canvas
from .colour import Array, Colour
from .stencil import Point, Stencil


class Plane:
    """A four-sided surface seen in perspective, with coordinates from 0 to 1 along its sides."""

    def __init__(self, corners: Sequence[Point]) -> None:
        """Take the corners for (0, 0), (1, 0), (1, 1) and (0, 1)."""
        self.corners = list(corners)
        rows, values = [], []
        for (u, v), (x, y) in zip(((0, 0), (1, 0), (1, 1), (0, 1)), corners, strict=True):
            rows.append([u, v, 1, 0, 0, 0, -u * x, -v * x])
            rows.append([0, 0, 0, u, v, 1, -u * y, -v * y])
            values += [x, y]
        self.matrix = np.append(np.linalg.solve(np.array(rows, float), np.array(values, float)), 1).reshape(3, 3)
        self.inverse = np.linalg.inv(self.matrix)

    def at(self, u: float, v: float) -> Point:
        """The place in the picture of a point of the surface."""
        x, y, w = self.matrix @ (u, v, 1.0)
        return float(x / w), float(y / w)

    def rect(self, left: float, top: float, right: float, bottom: float) -> list[Point]:
        """The outline of a rectangle that lies on the surface."""
        return [self.at(left, top), self.at(right, top), self.at(right, bottom), self.at(left, bottom)]

    def coordinates(self, canvas: Canvas) -> tuple[Array, Array]:
        """Each pixel's place on the surface."""
        m = self.inverse
        w = m[2, 0] * canvas.xs + m[2, 1] * canvas.ys + m[2, 2]
        w = np.where(np.abs(w) < 1e-6, 1e-6, w)
        u = (m[0, 0] * canvas.xs + m[0, 1] * canvas.ys + m[0, 2]) / w
        v = (m[1, 0] * canvas.xs + m[1, 1] * canvas.ys + m[1, 2]) / w
        return np.asarray(np.clip(u, -4, 5), np.float32), np.asarray(np.clip(v, -4, 5), np.float32)

    def grid(self, sheet: Stencil, across: int, down: int, width: float) -> None:
        """Draw evenly spaced lines over the surface."""
        for k in range(across + 1):
            sheet.line([self.at(k / across, 0), self.at(k / across, 1)], width)
        for k in range(down + 1):
            sheet.line([self.at(0, k / down), self.at(1, k / down)], width)


def windows(
    sheet: Stencil,
    left: float,
    top: float,
    right: float,
    bottom: float,
    columns: int,
    rows: int,
    fill: float = 0.5,
    arched: bool = False,
) -> None:
    """Cut out a regular field of windows."""
    step_x, step_y = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + (column + 0.5 - fill / 2) * step_x, top + (row + 0.2) * step_y
            wide, tall = step_x * fill, step_y * 0.62
            if arched:
                sheet.arch(x, y, x + wide, y + tall)
            else:
                sheet.rect(x, y, x + wide, y + tall)


def lit_windows(
    canvas: Canvas,
    left: float,
    top: float,
    right: float,
    bottom: float,
    columns: int,
    rows: int,
    share: float,
    colours: Sequence[str],
    dark: Colour,
    fill: float = 0.5,
) -> None:
    """Paint a field of windows of which a share is lit in one of the given colours."""
    sheets = [Stencil(canvas.width, canvas.height) for _ in range(len(colours) + 1)]
    step_x, step_y = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            lit = canvas.rng.random() < share
            sheet = sheets[1 + int(canvas.rng.integers(len(colours)))] if lit else sheets[0]
            x, y = left + (column + 0.5 - fill / 2) * step_x, top + (row + 0.22) * step_y
            sheet.rect(x, y, x + step_x * fill, y + step_y * 0.56)
    for sheet, colour in zip(sheets, [dark, *colours], strict=True):
        canvas.paint(sheet, colour)


def columns(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, count: int, light: Colour, dark: str
) -> None:
    """Paint a row of round columns with capitals and bases."""
    step = (right - left) / count
    wide = step * 0.42
    body, shade, caps = canvas.stencil(), canvas.stencil(), canvas.stencil()
    for k in range(count):
        x = left + step * (k + 0.5)
        body.polygon(
            [(x - wide * 0.43, top), (x + wide * 0.43, top), (x + wide * 0.5, bottom), (x - wide * 0.5, bottom)]
        )
        shade.polygon(
            [(x + wide * 0.1, top), (x + wide * 0.43, top), (x + wide * 0.5, bottom), (x + wide * 0.12, bottom)]
        )
        caps.rect(x - wide * 0.72, top - wide * 0.1, x + wide * 0.72, top + wide * 0.32)
        caps.rect(x - wide * 0.66, bottom - wide * 0.28, x + wide * 0.66, bottom)
    canvas.paint(body, light)
    canvas.paint(shade, dark, 0.5)
    canvas.paint(caps, light)
