"""A library's reading room."""

from itertools import pairwise

import numpy as np

from ..canvas import Canvas
from ..colour import ramp, tint
from ..facade import Plane
from ..houses import quad
from ..scenery import rays
from ..solids import box, prism
from ..terrain import Camera

HALF, BACK, SPRING = 430.0, 1900.0, 400.0
BOOKS = ["#6e2f28", "#8d4a2f", "#2f4a44", "#3f5f55", "#a8763f", "#c9a35f", "#4a2a2a", "#55633f", "#2a3a4a", "#94653c"]


def _shelves(
    canvas: Canvas, plane: Plane, left: float, right: float, top: float, bottom: float, rows: int, books: int
) -> None:
    """Fill a part of a wall with shelves of books."""
    u, v = plane.coordinates(canvas)
    s, t = (u - left) / (right - left), (v - top) / (bottom - top)
    inside = (s > 0) & (s < 1) & (t > 0) & (t < 1)
    row = np.floor(t * rows)
    column = np.floor(s * books + 0.37 * row)
    key = (column.astype(np.int64) * 7349 + row.astype(np.int64) * 911) % 4096
    rng = np.random.default_rng(8)
    tones = np.array([tint(0.0, [(0, c), (1, c)]) for c in BOOKS])[rng.integers(0, len(BOOKS), 4096)[key]]
    fill = rng.uniform(0.62, 0.9, 4096)[key]
    up = 1 - (t * rows) % 1
    within = (s * books + 0.37 * row) % 1
    colour = tones * (0.62 + 0.5 * np.sin(np.pi * within))[..., None]
    colour = np.where((up > fill)[..., None], np.array([0.11, 0.075, 0.07]), colour)
    colour = np.where((up < 0.09)[..., None], np.array([0.4, 0.25, 0.15]), colour)
    gilt = (np.abs(up - 0.5 * fill) < 0.03) & (rng.random(4096)[key] < 0.4)
    colour = np.where(gilt[..., None], np.array([0.85, 0.66, 0.36]), colour)
    face = canvas.stencil().polygon(plane.rect(left, top, right, bottom)).full() * inside
    canvas.paint(np.asarray(face, np.float32), np.asarray(colour, np.float32))


def _walls(canvas: Canvas, camera: Camera) -> None:
    """Paint both walls: two storeys of shelves, a gallery with its rail, and pilasters."""
    near = 150.0
    for side in (-1, 1):
        x = side * HALF
        plane = Plane(
            [
                camera.project(x, near, SPRING),
                camera.project(x, BACK, SPRING),
                camera.project(x, BACK, 0),
                camera.project(x, near, 0),
            ]
        )
        canvas.polygon(plane.corners, "#3a231c")
        bays = 10
        for bay in range(bays):
            u0, u1 = (bay + 0.1) / bays, (bay + 0.9) / bays
            _shelves(canvas, plane, u0, u1, 0.08, 0.44, 5, 22)
            _shelves(canvas, plane, u0, u1, 0.53, 0.97, 6, 22)
            post = plane.rect((bay - 0.1) / bays, 0, (bay + 0.1) / bays, 1)
            canvas.polygon(post, "#6b4630")
            canvas.polygon(plane.rect((bay + 0.04) / bays, 0, (bay + 0.1) / bays, 1), "#a87546")
        canvas.polygon(plane.rect(0, -0.01, 1, 0.03), "#c08a52")
        for depth_in, tone in ((0.0, "#5d3a28"), (34.0, "#8d5c38")):
            quad(
                canvas,
                camera,
                [
                    (x - side * depth_in, near, 186),
                    (x - side * depth_in, BACK, 186),
                    (x - side * depth_in, BACK, 198),
                    (x - side * depth_in, near, 198),
                ],
                tone,
            )
        rail = canvas.stencil()
        for z in np.geomspace(190, BACK, 74):
            rail.line([camera.project(x - side * 34, z, 198), camera.project(x - side * 34, z, 226)], max(0.8, 900 / z))
        rail.line([camera.project(x - side * 34, near, 227), camera.project(x - side * 34, BACK, 227)], 4)
        canvas.paint(rail, "#d9a662")
        fade = canvas.across(*((0, 760) if side < 0 else (1800, 1040)), [(0, "#8a7a86"), (1, "#ffffff")])
        canvas.paint(canvas.stencil().polygon(plane.corners), fade, 0.9, "multiply")


def _vault(canvas: Canvas, camera: Camera) -> None:
    """Paint the coffered barrel vault from the far end to the near one."""
    turn = np.linspace(0, np.pi, 41)
    stations = np.append(np.arange(BACK, 260, -86), [200.0, 130.0])
    for far, close in pairwise(stations):
        share = float(np.clip((far - 150) / (BACK - 150), 0, 1))
        for k in range(40):
            arc = [(HALF * np.cos(a), SPRING + HALF * 0.92 * np.sin(a)) for a in turn[k : k + 2]]
            corners = [
                camera.project(arc[0][0], far, arc[0][1]),
                camera.project(arc[1][0], far, arc[1][1]),
                camera.project(arc[1][0], close, arc[1][1]),
                camera.project(arc[0][0], close, arc[0][1]),
            ]
            lift = 0.16 + 0.6 * share + 0.16 * np.sin(turn[k])
            panel = k % 4 in (1, 2)
            tone = tint(lift - 0.16 * panel, [(0, "#2a1f24"), (0.5, "#8d6a4a"), (1, "#f3d6a0")])
            canvas.polygon(corners, tone)
        arc_line = [camera.project(HALF * np.cos(a), close, SPRING + HALF * 0.92 * np.sin(a)) for a in turn]
        canvas.line(arc_line, max(2.0, 5200 / close), tint(share, [(0, "#4a3430"), (1, "#f6dca8")]), 0.9)


def _end_window(canvas: Canvas, camera: Camera) -> None:
    """Paint the end wall with its great round-headed window."""
    wall = [camera.project(-HALF, BACK, 0), camera.project(HALF, BACK, 0)]
    arch = [camera.project(HALF * np.cos(a), BACK, SPRING + HALF * 0.92 * np.sin(a)) for a in np.linspace(0, np.pi, 40)]
    canvas.polygon([*wall, *arch], "#c9995f")
    opening = [camera.project(-300, BACK, 60), camera.project(300, BACK, 60)]
    opening += [camera.project(300 * np.cos(a), BACK, SPRING + 300 * np.sin(a)) for a in np.linspace(0, np.pi, 40)]
    glass = canvas.stencil().polygon(opening)
    mask = glass.full()
    canvas.paint(mask, canvas.down(280, 640, [(0, "#dfe9dc"), (0.5, "#fff7dd"), (1, "#ffe7b0")]))
    bars = canvas.stencil()
    for x in np.linspace(-300, 300, 9):
        bars.line([camera.project(x, BACK, 60), camera.project(x, BACK, 720)], 4 if abs(x) in (150, 300) else 2)
    for h in np.linspace(60, SPRING, 8):
        bars.line([camera.project(-300, BACK, h), camera.project(300, BACK, h)], 2.2)
    for radius in (120, 210):
        bars.line(
            [camera.project(radius * np.cos(a), BACK, SPRING + radius * np.sin(a)) for a in np.linspace(0, np.pi, 30)],
            2.4,
        )
    canvas.paint(np.asarray(bars.full() * mask, np.float32), "#b0814a")
    canvas.glow(*camera.project(0, BACK, 330), 250, "#fff3cf", 0.85)


def _lamp(canvas: Canvas, camera: Camera, x: float, z: float) -> None:
    """Stand a brass lamp with a green shade on a table and let it light the wood."""
    unit = camera.focal / z
    base_x, base_y = camera.project(x, z, 76)
    canvas.glow(base_x, base_y - 4 * unit, 46 * unit, "#ffce7a", 0.6, 2.2)
    canvas.paint(
        canvas.stencil_around([(base_x, base_y)], 20 * unit).disc(base_x, base_y, 8 * unit, 3 * unit), "#a8772f"
    )
    canvas.line([(base_x, base_y), (base_x, base_y - 28 * unit)], max(1.2, 2.2 * unit), "#e0b35a")
    y = base_y - 28 * unit
    shade = [
        (base_x - 20 * unit, y + 3 * unit),
        (base_x - 17 * unit, y - 6 * unit),
        (base_x - 8 * unit, y - 10 * unit),
        (base_x + 8 * unit, y - 10 * unit),
        (base_x + 17 * unit, y - 6 * unit),
        (base_x + 20 * unit, y + 3 * unit),
    ]
    canvas.polygon(shade, canvas.down(y - 10 * unit, y + 3 * unit, [(0, "#1f5a47"), (0.6, "#2f8a68"), (1, "#a8d9a0")]))
    canvas.paint(
        canvas.stencil_around([(base_x, y)], 30 * unit).rect(
            base_x - 19 * unit, y + 2.4 * unit, base_x + 19 * unit, y + 4.6 * unit
        ),
        "#fff3c9",
    )
    canvas.glow(base_x, y + 10 * unit, 20 * unit, "#ffe0a0", 0.6)


def reading_room() -> Canvas:
    """Draw a long reading room with green lamps under a vault."""
    canvas = Canvas(1800, 1200, 173)
    camera = Camera(0, 168, 640, 900, 900, near=130)
    canvas.pixels[:] = ramp(canvas.ys / 1200 + 0 * canvas.xs, [(0, "#2a1f24"), (1, "#2a1a18")])
    _vault(canvas, camera)
    _end_window(canvas, camera)
    _walls(canvas, camera)
    floor = [
        camera.project(-HALF, 120, 0),
        camera.project(HALF, 120, 0),
        camera.project(HALF, BACK, 0),
        camera.project(-HALF, BACK, 0),
    ]
    canvas.polygon(floor, canvas.down(700, 1200, [(0, "#e0b06f"), (0.25, "#8d5a3c"), (1, "#331d1c")]))
    carpet = [
        camera.project(-52, 120, 0),
        camera.project(52, 120, 0),
        camera.project(52, BACK, 0),
        camera.project(-52, BACK, 0),
    ]
    canvas.polygon(carpet, canvas.down(700, 1200, [(0, "#c9744f"), (0.3, "#8d3a33"), (1, "#4a1f22")]))
    for x in (-46, 46):
        canvas.line([camera.project(x, 120, 0.2), camera.project(x, BACK, 0.2)], 2.4, "#e0b36a", 0.6)
    for z in np.arange(1720, 170, -196):
        for side in (-1, 1):
            _table(canvas, camera, side, float(z))
    rays(canvas, 900, 380, "#fff0c4", 0.5, 6, 620, 54)
    canvas.wash(canvas.slant((900, 420), (900, 1250), [(0, "#ffffff"), (1, "#9a8088")]), 0.6, "multiply")
    return canvas


def _table(canvas: Canvas, camera: Camera, side: int, z: float) -> None:
    """Set one table with chairs, open books and two lamps."""
    x = side * 215.0
    light = (-side * 0.4, 0.8)
    for shift in (-80.0, 0.0, 80.0):
        prism(canvas, camera, box(44, 5, (x + shift, z + 62)), 34, 98, "#4a2c20", "#8d5c3a", light)
    prism(canvas, camera, box(240, 76, (x, z)), 0, 66, "#24150f", "#24150f", light)
    prism(canvas, camera, box(262, 92, (x, z)), 66, 75, "#4a2a1c", "#94603a", light)
    y_far, y_near = camera.project(x, z + 46, 75)[1], camera.project(x, z - 46, 75)[1]
    top = canvas.stencil().polygon([camera.project(px, pz, 75) for px, pz in box(262, 92, (x, z))])
    canvas.paint(top, canvas.down(y_far, y_near, [(0, "#e8b878"), (1, "#7a4528")]))
    for shift in (-78.0, 78.0):
        _lamp(canvas, camera, x + shift, z + 12)
    for shift in canvas.rng.choice([-86.0, -20.0, 30.0, 92.0], 2, replace=False):
        for page in (-1, 1):
            corners = [
                (x + shift, z - 34, 75.4),
                (x + shift + page * 17, z - 34, 76),
                (x + shift + page * 17, z - 12, 76),
                (x + shift, z - 12, 75.4),
            ]
            quad(canvas, camera, corners, "#fbf0d6" if page > 0 else "#e2d2b2")
    for shift in (-80.0, 0.0, 80.0):
        spot = z - 66
        if spot < 150:
            continue
        prism(canvas, camera, box(46, 42, (x + shift, spot)), 38, 44, "#3a2219", "#5d3826", light)
        prism(canvas, camera, box(46, 5, (x + shift, spot - 20)), 30, 100, "#54331f", "#a87345", light)
        inner = [
            (x + shift - 15, spot - 23, 56),
            (x + shift + 15, spot - 23, 56),
            (x + shift + 15, spot - 23, 92),
            (x + shift - 15, spot - 23, 92),
        ]
        quad(canvas, camera, inner, "#5d2a26", 0.82)
