"""Houses and people set into a perspective landscape."""

from collections.abc import Sequence

import numpy as np

from .canvas import Canvas
from .colour import Colour, rgb
from .solids import place
from .stencil import Point
from .terrain import Camera

Corner = tuple[float, float, float]


def quad(canvas: Canvas, camera: Camera, corners: Sequence[Corner], colour: Colour, opacity: float = 1.0) -> None:
    """Paint a flat shape given by east, depth and height."""
    canvas.polygon([camera.project(*corner) for corner in corners], colour, opacity)


def openings(
    canvas: Canvas,
    camera: Camera,
    a: Point,
    b: Point,
    low: float,
    high: float,
    count: int,
    rows: int,
    glass: Sequence[str],
    frame: str | None = None,
) -> None:
    """Paint rows of windows on the wall between two points of the map."""

    def spot(u: float, h: float) -> Corner:
        return a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u, h

    tall = (high - low) / rows
    for row in range(rows):
        for k in range(count):
            u0, u1 = (k + 0.28) / count, (k + 0.72) / count
            h0, h1 = low + (row + 0.22) * tall, low + (row + 0.8) * tall
            if frame:
                edge = 0.09 / count
                quad(
                    canvas,
                    camera,
                    [
                        spot(u0 - edge, h0 - 1),
                        spot(u1 + edge, h0 - 1),
                        spot(u1 + edge, h1 + 1),
                        spot(u0 - edge, h1 + 1),
                    ],
                    frame,
                )
            tone = glass[int(canvas.rng.integers(len(glass)))]
            quad(canvas, camera, [spot(u0, h0), spot(u1, h0), spot(u1, h1), spot(u0, h1)], tone)


def gabled(
    canvas: Canvas,
    camera: Camera,
    east: float,
    depth: float,
    wide: float,
    long: float,
    tall: float,
    heading: float,
    wall: Colour,
    roof: Colour,
    glass: Sequence[str],
    rows: int = 3,
    light: Point = (-0.8, 0.5),
    pitch: float = 0.62,
    frame: str | None = "#f3e6cc",
) -> None:
    """Paint a house whose gable looks along its heading, with windows on the walls that are seen."""
    half, deep = wide / 2, long / 2
    local = [(-half, -deep), (half, -deep), (half, deep), (-half, deep)]
    ground = place(local, east, depth, heading)
    ridge_near, ridge_far = place([(0, -deep), (0, deep)], east, depth, heading)
    top = tall + half * pitch * 1.3
    eye = np.array([camera.east, 0.0])
    centre = np.array([east, depth])
    wall_tone, roof_tone = rgb(wall), rgb(roof)
    aim = np.array(light) / np.hypot(*light)
    faces = []
    for k in range(4):
        a, b = np.array(ground[k]), np.array(ground[(k + 1) % 4])
        normal = (a + b) / 2 - centre
        normal = normal / np.linalg.norm(normal)
        if normal @ (eye - (a + b) / 2) > 0:
            faces.append((float(np.hypot(*((a + b) / 2 - eye))), k, a, b, 1 + 0.3 * float(normal @ aim)))
    slopes = []
    for side, first, second in ((1, 1, 2), (-1, 3, 0)):
        start, end = ground[first], ground[second]
        out = np.array(place([(side, 0)], 0, 0, heading)[0])
        r0, r1 = (ridge_near, ridge_far) if side == 1 else (ridge_far, ridge_near)
        slopes.append(
            (
                float(np.hypot(*(np.array(start) / 2 + np.array(end) / 2 - eye))),
                start,
                end,
                r1,
                r0,
                1 + 0.3 * float(out @ aim),
            )
        )
    for _, start, end, r1, r0, lit in sorted(slopes, key=lambda face: -face[0]):
        quad(
            canvas,
            camera,
            [(*start, tall - 2), (*end, tall - 2), (*r1, top), (*r0, top)],
            np.clip(roof_tone * lit, 0, 1),
        )
    for _, k, a, b, lit in sorted(faces, key=lambda face: -face[0]):
        tone = np.clip(wall_tone * lit, 0, 1)
        corners: list[Corner] = [(*a, 0.0), (*b, 0.0), (*b, tall)]
        if k % 2 == 0:
            peak = ridge_near if k == 0 else ridge_far
            corners.append((*peak, top))
        corners.append((*a, tall))
        quad(canvas, camera, corners, tone)
        span = float(np.hypot(*(b - a)))
        openings(canvas, camera, tuple(a), tuple(b), 4, tall - 2, max(1, int(span / 21)), rows, glass, frame)


def shadow_of(outline: Sequence[Point], tall: float, fall: Point) -> list[Point]:
    """The shadow, on the map, of an upright solid as the hull of its foot and its displaced head."""
    moved = [(x + fall[0] * tall, z + fall[1] * tall) for x, z in outline]
    points = sorted({*[(float(x), float(z)) for x, z in outline], *moved})

    def half(sequence: Sequence[Point]) -> list[Point]:
        hull: list[Point] = []
        for p in sequence:
            while len(hull) > 1:
                (ax, ay), (bx, by) = hull[-2], hull[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                hull.pop()
            hull.append(p)
        return hull[:-1]

    return half(points) + half(points[::-1])
