"""Boats and ships seen from the side."""

from .canvas import Canvas
from .colour import Colour
from .stencil import Point, Stencil, curve


class Sideways:
    """A frame of reference for a vessel: u runs from stern to bow, v up from the water, both by length."""

    def __init__(self, canvas: Canvas, x: float, water: float, size: float, flip: bool = False) -> None:
        """Place a vessel of the given length with its stern at x, or its bow there when flipped."""
        self.canvas, self.x, self.water, self.size = canvas, x, water, size
        self.flip = flip

    def at(self, u: float, v: float) -> Point:
        """A point of the picture."""
        along = 1 - u if self.flip else u
        return self.x + along * self.size, self.water - v * self.size

    def path(self, points: list[Point]) -> list[Point]:
        """Several points of the picture."""
        return [self.at(u, v) for u, v in points]

    def shape(self, points: list[Point], colour: Colour, opacity: float = 1.0) -> None:
        """Paint a polygon."""
        self.canvas.polygon(self.path(points), colour, opacity)

    def box(self, left: float, low: float, right: float, high: float, colour: Colour, opacity: float = 1.0) -> None:
        """Paint an upright rectangle."""
        self.shape([(left, low), (right, low), (right, high), (left, high)], colour, opacity)

    def stroke(self, points: list[Point], width: float, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a line whose width is a share of the vessel's length."""
        self.canvas.line(self.path(points), max(0.8, width * self.size), colour, opacity)


def trawler(
    canvas: Canvas, x: float, water: float, size: float, hull: str, band: str, house: str, flip: bool = False
) -> None:
    """Paint a small fishing boat at its mooring."""
    boat = Sideways(canvas, x, water, size, flip)
    sheer = boat.path([(0.0, 0.17), (0.2, 0.135), (0.5, 0.13), (0.78, 0.175), (1.02, 0.285)])
    keel = boat.path([(0.93, 0.0), (0.93, -0.02), (0.05, -0.02), (0.03, 0.0)])
    body = [*curve(sheer, 10), *keel]
    canvas.polygon(body, hull)
    low = boat.path([(0.95, 0.045), (0.93, -0.02), (0.05, -0.02), (0.03, 0.045)])
    canvas.polygon(low, band)
    canvas.paint(
        canvas.stencil_around(body).polygon(body),
        canvas.down(water - 0.2 * size, water, [(0, "#ffffff"), (1, "#6f7a86")]),
        0.55,
        "multiply",
    )
    canvas.line(curve(sheer, 10), max(1.5, 0.014 * size), "#f6ead2")
    canvas.line([(px, py + 0.026 * size) for px, py in curve(sheer, 10)], max(0.8, 0.004 * size), "#1d2a33", 0.5)
    boat.shape([(0.5, 0.12), (0.79, 0.16), (0.78, 0.3), (0.52, 0.3)], house)
    boat.shape([(0.55, 0.3), (0.755, 0.3), (0.77, 0.41), (0.56, 0.41)], house)
    boat.shape([(0.535, 0.408), (0.8, 0.408), (0.8, 0.432), (0.535, 0.432)], band)
    for left in (0.585, 0.645, 0.705):
        boat.box(left, 0.335, left + 0.042, 0.39, "#25404c")
        boat.box(left, 0.375, left + 0.042, 0.39, "#ffdca0", 0.6)
    boat.box(0.58, 0.19, 0.615, 0.275, "#6b4330")
    boat.box(0.66, 0.215, 0.69, 0.255, "#25404c")
    boat.stroke([(0.62, 0.43), (0.62, 0.86)], 0.012, "#4b3a31")
    boat.stroke([(0.27, 0.13), (0.27, 0.62)], 0.014, "#4b3a31")
    boat.stroke([(0.27, 0.2), (0.06, 0.52)], 0.010, "#4b3a31")
    boat.stroke([(0.57, 0.72), (0.67, 0.72)], 0.008, "#4b3a31")
    for a, b in (
        ((0.62, 0.85), (1.0, 0.285)),
        ((0.62, 0.85), (0.27, 0.61)),
        ((0.27, 0.61), (0.02, 0.18)),
        ((0.06, 0.52), (0.27, 0.61)),
        ((0.27, 0.61), (0.5, 0.14)),
        ((0.62, 0.7), (0.8, 0.19)),
    ):
        boat.stroke([a, b], 0.0028, "#2c3138", 0.85)
    px, py = boat.at(0.16, 0.165)
    canvas.paint(canvas.stencil().disc(px, py, 0.048 * size), "#3f5f5a")
    canvas.paint(canvas.stencil().disc(px, py, 0.02 * size), "#c77f3a")
    for u in (0.34, 0.46, 0.86):
        px, py = boat.at(u, 0.1 if u < 0.8 else 0.13)
        canvas.paint(canvas.stencil_around([(px, py)], 60).disc(px, py, 0.017 * size, 0.026 * size), "#e9dcc2")


def cable_ship(canvas: Canvas, x: float, water: float, size: float) -> None:
    """Paint a cable layer with its bow to the right and its sheave over the stern."""
    ship = Sideways(canvas, x, water, size)
    hull: list[Point] = [
        (0.0, 0.13),
        (0.06, 0.105),
        (0.62, 0.105),
        (0.66, 0.15),
        (1.02, 0.175),
        (0.955, 0.0),
        (0.945, -0.045),
        (0.05, -0.045),
        (0.02, 0.0),
    ]
    outline = ship.path(hull)
    canvas.polygon(
        outline, canvas.down(water - 0.17 * size, water, [(0, "#e8763a"), (0.55, "#c9532c"), (1, "#8d3426")])
    )
    ship.shape([(0.022, 0.012), (0.957, 0.012), (0.945, -0.045), (0.05, -0.045)], "#46262b")
    ship.stroke([(0.0, 0.13), (0.06, 0.105), (0.62, 0.105), (0.66, 0.15), (1.02, 0.175)], 0.007, "#fbe5c4")
    walls = canvas.across(x + 0.6 * size, x + 0.92 * size, [(0, "#fff3de"), (0.6, "#ecdcc4"), (1, "#b8ada4")])
    for left, low, right, high in (
        (0.64, 0.15, 0.9, 0.205),
        (0.66, 0.205, 0.88, 0.255),
        (0.69, 0.255, 0.86, 0.3),
        (0.7, 0.3, 0.885, 0.335),
    ):
        ship.box(left, low, right, high, walls)
        ship.box(left, high - 0.005, right, high, "#8a8078", 0.7)
    ship.box(0.705, 0.31, 0.88, 0.326, "#22404f")
    for row, y in enumerate((0.17, 0.222, 0.27)):
        for k in range(9 - row):
            u = 0.665 + 0.012 * row + k * 0.0235
            ship.box(u, y, u + 0.009, y + 0.014, "#2a4756" if (k + row) % 4 else "#ffd893")
    ship.shape([(0.6, 0.105), (0.645, 0.105), (0.645, 0.235), (0.605, 0.235)], "#23404e")
    ship.box(0.604, 0.2, 0.645, 0.216, "#e8763a")
    ship.stroke([(0.79, 0.335), (0.79, 0.47)], 0.008, "#5d4a42")
    for height, reach in ((0.39, 0.022), (0.43, 0.014)):
        ship.stroke([(0.79 - reach, height), (0.79 + reach, height)], 0.005, "#5d4a42")
    ship.box(0.1, 0.105, 0.56, 0.135, "#a8896a")
    for left in (0.14, 0.26, 0.38):
        px, py = ship.at(left + 0.045, 0.142)
        sheet = Stencil(canvas.width, canvas.height).disc(px, py, 0.052 * size)
        canvas.paint(sheet, "#2c3f49")
        for radius in (0.044, 0.036, 0.028, 0.02):
            canvas.paint(
                Stencil(canvas.width, canvas.height).disc(px, py, radius * size),
                "#c9893f" if round(radius * 1000) % 16 == 12 else "#8d5a30",
            )
        canvas.paint(Stencil(canvas.width, canvas.height).disc(px, py, 0.011 * size), "#2c3f49")
    ship.stroke([(0.5, 0.135), (0.5, 0.25), (0.4, 0.305)], 0.013, "#f0b23f")
    ship.stroke([(0.5, 0.25), (0.52, 0.24)], 0.02, "#f0b23f")
    ship.stroke([(0.4, 0.305), (0.4, 0.22)], 0.002, "#3b2d26")
    ship.shape([(-0.035, 0.13), (0.09, 0.105), (0.09, 0.165), (0.06, 0.2), (-0.02, 0.175)], "#b94a2a")
    px, py = ship.at(-0.022, 0.145)
    canvas.paint(Stencil(canvas.width, canvas.height).disc(px, py, 0.034 * size), "#26404d")
    canvas.paint(Stencil(canvas.width, canvas.height).disc(px, py, 0.022 * size), "#f0b23f")
    canvas.paint(Stencil(canvas.width, canvas.height).disc(px, py, 0.008 * size), "#26404d")
    ship.stroke([(0.95, 0.17), (0.965, 0.25)], 0.005, "#5d4a42")
    for u in (0.68, 0.74, 0.8, 0.86, 0.92, 0.98):
        ship.stroke([(u, 0.16), (u, 0.182 if u > 0.9 else 0.16)], 0.0025, "#fbe5c4")
