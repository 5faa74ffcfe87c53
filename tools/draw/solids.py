"""Solid things in a perspective landscape: prisms for houses, hulls and walls."""

from collections.abc import Sequence

import numpy as np

from .canvas import Canvas
from .colour import Colour, rgb
from .stencil import Point, ribbon
from .terrain import Camera


def place(outline: Sequence[Point], east: float, depth: float, heading: float) -> list[Point]:
    """Turn an outline drawn around the origin by degrees and move it to a place on the map."""
    turn = np.radians(heading)
    sine, cosine = float(np.sin(turn)), float(np.cos(turn))
    return [(east + (x * cosine - z * sine), depth + (x * sine + z * cosine)) for x, z in outline]


def loft(
    canvas: Canvas,
    camera: Camera,
    lower: Sequence[Point],
    low: float,
    upper: Sequence[Point],
    high: float,
    side: Colour,
    top: Colour,
    light: Point = (-0.8, -0.6),
    contrast: float = 0.38,
) -> None:
    """Paint a solid between two outlines: its walls, darker away from the light, then its flat top."""
    feet, heads = np.array(lower, float), np.array(upper, float)
    centre = feet.mean(axis=0)
    tone = rgb(side)
    walls = []
    for a, b, c, d in zip(feet, np.roll(feet, -1, axis=0), np.roll(heads, -1, axis=0), heads, strict=True):
        normal = np.array([b[1] - a[1], a[0] - b[0]])
        middle = (a + b) / 2
        if normal @ (middle - centre) < 0:
            normal = -normal
        if normal @ (np.array([camera.east, 0.0]) - middle) <= 0:
            continue
        lit = float(normal @ np.array(light)) / (float(np.linalg.norm(normal)) + 1e-9)
        walls.append((middle[1], [(*a, low), (*b, low), (*c, high), (*d, high)], 1 + contrast * lit))
    for _, corners, lit in sorted(walls, key=lambda wall: -wall[0]):
        canvas.polygon([camera.project(*corner) for corner in corners], np.clip(tone * lit, 0, 1))
    canvas.polygon([camera.project(x, z, high) for x, z in upper], top)


def prism(
    canvas: Canvas,
    camera: Camera,
    outline: Sequence[Point],
    low: float,
    high: float,
    side: Colour,
    top: Colour,
    light: Point = (-0.8, -0.6),
    contrast: float = 0.38,
) -> None:
    """Paint an upright solid with the same outline at its foot and its head."""
    loft(canvas, camera, outline, low, outline, high, side, top, light, contrast)


def box(width: float, length: float, shift: Point = (0.0, 0.0)) -> list[Point]:
    """A rectangle around a shifted origin."""
    x, z = shift
    half, long = width / 2, length / 2
    return [(x - half, z - long), (x + half, z - long), (x + half, z + long), (x - half, z + long)]


def tanker(canvas: Canvas, camera: Camera, east: float, depth: float, heading: float, length: float, hull: str) -> None:
    """Paint a laden tanker at sea, seen from above; heading 0 points away from the viewer."""
    half, long = length * 0.085, length / 2
    shape = [(-half * 0.8, -long), (half * 0.8, -long), (half, -long * 0.8), (half, long * 0.62)]
    shape += [
        (half * 0.7, long * 0.85),
        (0, long),
        (-half * 0.7, long * 0.85),
        (-half, long * 0.62),
        (-half, -long * 0.8),
    ]
    outline = place(shape, east, depth, heading)
    unit = length / 100
    prism(canvas, camera, outline, 0, 1.6 * unit, "#6e2f28", "#6e2f28")
    prism(canvas, camera, outline, 1.2 * unit, 5.2 * unit, hull, "#9c5a45")
    inner = place([(x * 0.86, z * 0.95) for x, z in shape], east, depth, heading)
    canvas.polygon([camera.project(x, z, 5.2 * unit) for x, z in inner], "#b06d4e")
    for shift in (-0.12, 0.0, 0.12):
        pipe = place([(shift * half * 4, -long * 0.55), (shift * half * 4, long * 0.7)], east, depth, heading)
        weight = max(0.7, 0.8 * unit * camera.focal / depth)
        canvas.line([camera.project(x, z, 6 * unit) for x, z in pipe], weight, "#6d4436")
    for step in (-0.25, 0.05, 0.35):
        cross = place([(-half * 0.8, long * step), (half * 0.8, long * step)], east, depth, heading)
        weight = max(0.6, 0.6 * unit * camera.focal / depth)
        canvas.line([camera.project(x, z, 6 * unit) for x, z in cross], weight, "#e0b68b", 0.8)
    house = place(box(half * 1.7, length * 0.075, (0, -long * 0.76)), east, depth, heading)
    prism(canvas, camera, house, 5.2 * unit, 15 * unit, "#efe0c8", "#fff3dd")
    bridge = place(box(half * 2.1, length * 0.035, (0, -long * 0.73)), east, depth, heading)
    prism(canvas, camera, bridge, 15 * unit, 18 * unit, "#e6d5bb", "#fff6e4")
    funnel = place(box(half * 0.6, length * 0.035, (0, -long * 0.88)), east, depth, heading)
    prism(canvas, camera, funnel, 5.2 * unit, 20 * unit, "#2f4a58", "#1b2f3a")


def wake(points: Sequence[Point], start: float, end: float) -> list[Point]:
    """The outline of a wake that widens along a path on the map."""
    return ribbon(points, np.linspace(start, end, len(points)))
