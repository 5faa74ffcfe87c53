"""A conference room before the talks."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..houses import quad
from ..noise import smoothstep
from ..solids import box, prism
from ..stencil import Point
from ..terrain import Camera

WALL, BACK, CEILING = 470.0, 1560.0, 430.0
FLAGS = [
    ("#b6442f", "#f3e6cc"),
    ("#2f5f78", "#e0b34d"),
    ("#3f7463", "#f3e6cc"),
    ("#e0b34d", "#7a3550"),
    ("#f3e6cc", "#37507f"),
    ("#7a3550", "#e8a869"),
    ("#37507f", "#b6442f"),
]


def _room(canvas: Canvas, camera: Camera) -> None:
    """Paint the floor, the panelled walls, the coffered ceiling and the three tall windows."""
    near = 190.0
    canvas.polygon(
        [
            camera.project(-WALL, near, 0),
            camera.project(WALL, near, 0),
            camera.project(WALL, BACK, 0),
            camera.project(-WALL, BACK, 0),
        ],
        canvas.down(560, 1200, [(0, "#a9885f"), (0.4, "#5f4a3e"), (1, "#2a2327")]),
    )
    for side, tones in ((-1, [(0, "#3d352f"), (1, "#8d6c48")]), (1, [(0, "#7a5a3f"), (1, "#b48a59")])):
        wall = [
            camera.project(side * WALL, near, 0),
            camera.project(side * WALL, BACK, 0),
            camera.project(side * WALL, BACK, CEILING),
            camera.project(side * WALL, near, CEILING),
        ]
        canvas.polygon(wall, canvas.across(wall[0][0], wall[1][0], tones))
        for z in np.arange(300, BACK, 140):
            for low, high in ((14, 90), (104, 380)):
                panel = [
                    (side * WALL, z + 12, low),
                    (side * WALL, z + 128, low),
                    (side * WALL, z + 128, high),
                    (side * WALL, z + 12, high),
                ]
                quad(canvas, camera, panel, "#2c221f", 0.22)
                canvas.line([camera.project(*p) for p in panel[1:3]], 1.6, "#e8bf85", 0.35)
    ceiling = [
        camera.project(-WALL, near, CEILING),
        camera.project(WALL, near, CEILING),
        camera.project(WALL, BACK, CEILING),
        camera.project(-WALL, BACK, CEILING),
    ]
    canvas.polygon(ceiling, canvas.down(0, 320, [(0, "#2a2528"), (1, "#a88d66")]))
    for x in np.linspace(-WALL, WALL, 9):
        canvas.line([camera.project(x, near, CEILING), camera.project(x, BACK, CEILING)], 4, "#1f1b1f", 0.4)
    for z in np.geomspace(260, BACK, 11):
        canvas.line([camera.project(-WALL, z, CEILING), camera.project(WALL, z, CEILING)], 5, "#1f1b1f", 0.4)
    quad(canvas, camera, [(-WALL, BACK, 0), (WALL, BACK, 0), (WALL, BACK, CEILING), (-WALL, BACK, CEILING)], "#a5804f")
    for middle in (-300.0, 0.0, 300.0):
        _window(canvas, camera, middle)


def _window(canvas: Canvas, camera: Camera, x: float) -> None:
    """Paint one arched window, the pale city outside, and its light on the floor."""
    left, low = camera.project(x - 105, BACK, 60)
    right, high = camera.project(x + 105, BACK, 400)
    frame, glass = canvas.stencil(), canvas.stencil()
    frame.arch(left - 12, high - 12, right + 12, low)
    glass.arch(left, high, right, low - 6)
    canvas.paint(frame, "#e9cb98")
    opening = glass.full()
    canvas.paint(opening, canvas.down(high, low, [(0, "#cfe0dc"), (0.6, "#fdf3d8"), (1, "#ffe9bd")]))
    city = canvas.stencil()
    edge = left
    while edge < right:
        wide = 10 + 20 * canvas.rng.random()
        city.rect(edge, low - 26 - 66 * canvas.rng.random(), edge + wide, low)
        edge += wide
    canvas.paint(np.asarray(city.full() * opening, np.float32), "#c9c3a8", 0.75)
    bars = canvas.stencil()
    for k in range(1, 4):
        bars.rect(left + (right - left) * k / 4 - 2, high, left + (right - left) * k / 4 + 2, low)
    for k in range(1, 6):
        bars.rect(left, high + (low - high) * k / 6 - 2, right, high + (low - high) * k / 6 + 2)
    canvas.paint(np.asarray(bars.full() * opening, np.float32), "#a5804f")
    canvas.glow((left + right) / 2, (low + high) / 2, 170, "#fff0cc", 0.7)
    patch = [
        camera.project(x - 95, 1450, 0),
        camera.project(x + 95, 1450, 0),
        camera.project(x + 150 - 40, 620, 0),
        camera.project(x - 150 - 40, 620, 0),
    ]
    soft = canvas.blurred(canvas.stencil().polygon(patch).full(), 9)
    canvas.paint(soft, "#ffe2ae", 0.3)


def _flags(canvas: Canvas, camera: Camera) -> None:
    """Stand a row of draped flags along the left wall."""
    for index, z in enumerate(np.linspace(1440, 560, 7)):
        first, second = FLAGS[index]
        x = -395.0
        foot, head = camera.project(x, z, 0), camera.project(x, z, 250)
        unit = camera.focal / z
        canvas.line([foot, head], max(2, 4 * unit), "#d9ae5f")
        canvas.paint(canvas.stencil_around([head], 20).disc(head[0], head[1] - 4 * unit, 5 * unit), "#f3d08a")
        canvas.paint(canvas.stencil_around([foot], 60).disc(*foot, 18 * unit, 5 * unit), "#6b4f35")
        drop = [(0, 246), (30, 238), (52, 205), (58, 150), (52, 92), (34, 84), (14, 80), (2, 86)]
        cloth = [(head[0] + u * unit, foot[1] - v * unit) for u, v in drop]
        canvas.polygon(cloth, first)
        band = [(head[0] + u * unit, foot[1] - v * unit) for u, v in ((16, 242), (34, 233), (36, 84), (16, 80))]
        canvas.polygon(band, second)
        folds = canvas.stencil()
        for u in (8, 22, 40, 50):
            folds.polygon(
                [
                    (head[0] + u * unit, foot[1] - 236 * unit),
                    (head[0] + (u + 3) * unit, foot[1] - 180 * unit),
                    (head[0] + (u + 1) * unit, foot[1] - 88 * unit),
                    (head[0] + (u - 4) * unit, foot[1] - 90 * unit),
                ]
            )
        canvas.paint(np.asarray(folds.full() * canvas.stencil().polygon(cloth).full(), np.float32), "#1d1820", 0.3)


def _chair(canvas: Canvas, camera: Camera, x: float, z: float) -> None:
    """Paint one high-backed chair that faces the table."""
    side = 1 if x > 0 else -1
    light = (-side * 0.6, 0.75)
    leather, edge = "#2f4f45", "#4f7a68"
    prism(canvas, camera, box(12, 12, (x, z)), 0, 34, "#1c1a1c", "#1c1a1c", light)
    prism(canvas, camera, box(58, 60, (x - side * 4, z)), 34, 46, leather, edge, light, 0.3)
    prism(canvas, camera, box(11, 58, (x + side * 30, z)), 40, 116, leather, "#7fa48b", light, 0.42)


def conference_table() -> Canvas:
    """Draw an empty conference table with microphones and name cards before bright windows."""
    canvas = Canvas(1800, 1200, 167)
    camera = Camera(0, 190, 470, 1060, 900, near=190)
    canvas.pixels[:] = ramp(canvas.ys / 1200 + 0 * canvas.xs, [(0, "#2a2528"), (1, "#241f22")])
    _room(canvas, camera)
    _flags(canvas, camera)
    seats = np.linspace(1330, 390, 8)
    for z in seats:
        for x in (-250.0, 250.0):
            _chair(canvas, camera, x, float(z))
    _table(canvas, camera)
    for z in seats:
        for side in (-1, 1):
            _setting(canvas, camera, side, float(z))
    canvas.wash(canvas.slant((900, 300), (900, 1250), [(0, "#ffffff"), (1, "#a08d8d")]), 0.4, "multiply")
    return canvas


def _table(canvas: Canvas, camera: Camera) -> None:
    """Paint the long table, its inlay, and the windows mirrored in its polish."""
    turn = np.linspace(0, np.pi, 30)
    outline: list[Point] = [(180 * np.cos(a), 1400 + 60 * np.sin(a)) for a in turn]
    outline += [(-180 * np.cos(a), 330 - 70 * np.sin(a)) for a in turn]
    shade = [camera.project(x * 1.12, z, 0) for x, z in outline]
    canvas.paint(canvas.blurred(canvas.stencil().polygon(shade).full(), 14), "#15100f", 0.6)
    prism(
        canvas, camera, [(x * 0.5, 330 + (z - 330) * 0.94) for x, z in outline], 0, 70, "#2c1a14", "#2c1a14", (0, 0.6)
    )
    prism(canvas, camera, outline, 70, 78, "#4a2a1c", "#7a4a2f", (0, 0.7))
    top = canvas.stencil().polygon([camera.project(x, z, 78) for x, z in outline]).full()
    y_far, y_near = camera.project(0, 1460, 78)[1], camera.project(0, 262, 78)[1]
    canvas.paint(top, canvas.down(y_far, y_near, [(0, "#f0c890"), (0.16, "#b57a4a"), (0.5, "#7a4429"), (1, "#47241a")]))
    wood = canvas.fbm(26, 300, 5, 5)
    canvas.paint(np.asarray(top * smoothstep(0.5, 0.7, wood), np.float32), "#2f1611", 0.28)
    for x in (-300.0, 0.0, 300.0):
        strip = [
            camera.project(x * 0.42 - 44, 1440, 78),
            camera.project(x * 0.42 + 44, 1440, 78),
            camera.project(x * 0.34 + 36, 420, 78),
            camera.project(x * 0.34 - 36, 420, 78),
        ]
        soft = canvas.blurred(canvas.stencil().polygon(strip).full(), 10)
        fade = np.clip(1 - (canvas.ys - y_far) / (y_near - y_far) * 1.15, 0, 1) + 0 * canvas.xs
        canvas.paint(np.asarray(soft * top, np.float32), "#fff0cc", np.asarray(0.72 * fade, np.float32))
    inlay = [camera.project(x * 0.62, 360 + (z - 330) * 0.93, 78.4) for x, z in outline]
    canvas.polygon(inlay, canvas.down(y_far, y_near, [(0, "#a9c2a0"), (0.25, "#4f7d68"), (1, "#1f3f37")]), 0.82)
    canvas.line([*inlay, inlay[0]], 2.4, "#e9c486", 0.7)
    rim = [camera.project(x, z, 78.4) for x, z in outline]
    canvas.line([*rim, rim[0]], 2.2, "#ffdca4", 0.6)


def _setting(canvas: Canvas, camera: Camera, side: int, z: float) -> None:
    """Lay one place: paper, name card, glass and a microphone with its ring of light."""
    x = side * 138.0
    quad(
        canvas,
        camera,
        [(x - 22, z - 20, 78.6), (x + 22, z - 20, 78.6), (x + 22, z + 16, 78.6), (x - 22, z + 16, 78.6)],
        "#f9efd9",
    )
    for k in range(4):
        canvas.line(
            [
                camera.project(x - 15, z - 12 + 7 * k, 78.8),
                camera.project(x + (13 if k < 3 else 2), z - 12 + 7 * k, 78.8),
            ],
            max(0.7, 260 / z),
            "#8d8274",
            0.6,
        )
    inner = side * 96.0
    card = [(inner, z - 20, 79), (inner, z + 20, 79), (inner - side * 5, z + 20, 92), (inner - side * 5, z - 20, 92)]
    quad(canvas, camera, card, "#fff6e2")
    quad(
        canvas,
        camera,
        [(inner - side * 10, z - 20, 79), (inner - side * 5, z - 20, 92), (inner, z - 20, 79)],
        "#b59f80",
    )
    unit = camera.focal / z
    gx, gy = camera.project(x, z + 27, 79)
    glass = canvas.stencil_around([(gx, gy)], 30 * unit)
    glass.polygon(
        [
            (gx - 4.5 * unit, gy - 17 * unit),
            (gx + 4.5 * unit, gy - 17 * unit),
            (gx + 3.6 * unit, gy),
            (gx - 3.6 * unit, gy),
        ]
    )
    canvas.paint(glass, "#f5f3e6", 0.5)
    base = camera.project(side * 112, z - 2, 79)
    stem = [base, (base[0] - side * 1 * unit, base[1] - 24 * unit), (base[0] + side * 12 * unit, base[1] - 40 * unit)]
    canvas.paint(canvas.stencil_around([base], 20 * unit).disc(*base, 8 * unit, 3 * unit), "#1f1c1e")
    canvas.line(stem, max(1.2, 1.5 * unit), "#1f1c1e")
    canvas.line([stem[2], (stem[2][0] + side * 6 * unit, stem[2][1] - 5 * unit)], max(2, 4 * unit), "#1f1c1e")
    canvas.paint(canvas.stencil_around([stem[2]], 10 * unit).disc(*stem[2], 2 * unit), "#e2573f")
