"""A clean room where chips are made."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp, tint
from ..facade import Plane
from ..houses import quad
from ..noise import smoothstep
from ..solids import box, prism
from ..terrain import Camera

HALF, BACK, TOP = 330.0, 2100.0, 330.0


def _shell(canvas: Canvas, camera: Camera) -> None:
    """Paint the bright gridded ceiling, the perforated floor that mirrors it, and the end wall."""
    near = 120.0
    ceiling = Plane(
        [
            camera.project(-HALF, near, TOP),
            camera.project(HALF, near, TOP),
            camera.project(HALF, BACK, TOP),
            camera.project(-HALF, BACK, TOP),
        ]
    )
    floor = Plane(
        [
            camera.project(-HALF, near, 0),
            camera.project(HALF, near, 0),
            camera.project(HALF, BACK, 0),
            camera.project(-HALF, BACK, 0),
        ]
    )
    canvas.polygon(ceiling.corners, canvas.down(0, 500, [(0, "#a87a1f"), (1, "#f6d676")]))
    canvas.polygon(floor.corners, canvas.down(600, 1200, [(0, "#f3cf74"), (0.3, "#b98a35"), (1, "#4f3a22")]))
    for k in range(46):
        z0, z1 = near + k * 44, near + k * 44 + 34
        for left in (-300.0, -140.0, 20.0, 180.0):
            panel = [(left, z0, TOP), (left + 118, z0, TOP), (left + 118, z1, TOP), (left, z1, TOP)]
            quad(canvas, camera, panel, "#fff6cf" if left in (-140.0, 20.0) else "#ffe594", 0.95)
            mirror = [(x, z, -0.0) for x, z, _ in panel]
            quad(canvas, camera, mirror, "#fff0b8", 0.16)
    u, v = floor.coordinates(canvas)
    face = canvas.stencil().polygon(floor.corners).full()
    tiles = canvas.stencil()
    floor.grid(tiles, 11, 62, 1.4)
    canvas.paint(np.asarray(tiles.full() * face, np.float32), "#3a2a1a", 0.4)
    holes = ((u * 110) % 1 - 0.5) ** 2 + ((v * 620) % 1 - 0.5) ** 2
    canvas.paint(np.asarray(face * (holes < 0.09) * (canvas.ys > 860), np.float32), "#2c2016", 0.3)
    quad(canvas, camera, [(-HALF, BACK, 0), (HALF, BACK, 0), (HALF, BACK, TOP), (-HALF, BACK, TOP)], "#fbe39a")
    quad(canvas, camera, [(-70, BACK, 0), (70, BACK, 0), (70, BACK, 220), (-70, BACK, 220)], "#fff8dc")


def _tools(canvas: Canvas, camera: Camera) -> None:
    """Line both walls with process tools, their doors, screens and signal lamps."""
    for z in np.arange(1960, 130, -182):
        for side in (-1, 1):
            x, tall = side * 268.0, 214.0
            light = (-side * 0.9, 0.2)
            shade = float(np.clip((z - 150) / 1700, 0, 1))
            body = tint(shade, [(0, "#8d7a52" if side < 0 else "#b59a62"), (1, "#fbe6a8")])
            prism(canvas, camera, box(124, 168, (x, float(z))), 0, tall, body, "#f6df9a", light, 0.2)
            face = x - side * 62.4
            z0, z1 = float(z) - 78, float(z) + 78

            def panel(
                a: float, b: float, low: float, high: float, colour: str, opacity: float = 1.0, face: float = face
            ) -> None:
                quad(
                    canvas, camera, [(face, a, low), (face, b, low), (face, b, high), (face, a, high)], colour, opacity
                )

            panel(z0, z1, 8, 60, "#4f5f5c", 0.55)
            panel(z0 + 8, z0 + 86, 76, 190, "#17343a", 0.92)
            panel(z0 + 12, z0 + 82, 130, 186, "#3f8a84", 0.55)
            panel(z0 + 12, z0 + 82, 80, 96, "#f0b93f", 0.7)
            panel(z0 + 104, z0 + 146, 112, 166, "#10262d")
            for row in range(4):
                panel(
                    z0 + 108,
                    z0 + 126 + 4 * (row % 3),
                    152 - row * 11,
                    157 - row * 11,
                    "#6fd0bb" if row % 2 else "#ffd873",
                )
            panel(z0 + 104, z0 + 146, 84, 104, "#d9c38a")
            for k, tone in enumerate(("#d9543a", "#f0b93f", "#5fae7a")):
                px, py = camera.project(face, z0 + 126, tall + 8 + 9 * k)
                size = 4.2 * camera.focal / float(z)
                canvas.paint(
                    canvas.stencil_around([(px, py)], size + 2).rect(px - size, py - size, px + size, py + size), tone
                )
            lamp = camera.project(face, z0 + 126, tall + 26)
            canvas.glow(*lamp, 15 * camera.focal / float(z), "#9be0a8", 0.5)


def _rail(canvas: Canvas, camera: Camera) -> None:
    """Hang the overhead rails and the carriers that ride on them."""
    for x in (-120.0, 120.0):
        for shift in (-8.0, 8.0):
            canvas.line([camera.project(x + shift, 120, 300), camera.project(x + shift, BACK, 300)], 4, "#6b5a35")
        for z in np.arange(BACK, 160, -150):
            canvas.line([camera.project(x, z, 300), camera.project(x, z, TOP)], max(1.0, 1500 / z), "#6b5a35")
    for x, z in ((120.0, 1500.0), (-120.0, 1180.0), (120.0, 840.0), (-120.0, 560.0), (120.0, 400.0)):
        light = (-0.3, 0.5)
        prism(canvas, camera, box(34, 40, (x, z)), 276, 298, "#efe3bf", "#fff6d8", light)
        for side in (-15, 15):
            canvas.line(
                [camera.project(x + side, z, 276), camera.project(x + side, z, 248)], max(1, 1400 / z), "#8d8466"
            )
        prism(canvas, camera, box(38, 38, (x, z)), 206, 248, "#c9803a", "#f3b45f", light)
        quad(
            canvas,
            camera,
            [(x - 14, z - 19.5, 212), (x + 14, z - 19.5, 212), (x + 14, z - 19.5, 242), (x - 14, z - 19.5, 242)],
            "#5d3a1f",
            0.7,
        )
        for k in range(5):
            h = 216 + k * 6
            canvas.line(
                [camera.project(x - 12, z - 20, h), camera.project(x + 12, z - 20, h)],
                max(0.8, 500 / z),
                "#ffdf9a",
                0.8,
            )


def _worker(canvas: Canvas, camera: Camera, x: float, z: float) -> None:
    """Stand a worker in a hooded white suit in the aisle."""
    unit = camera.focal / z
    foot_x, foot_y = camera.project(x, z, 0)

    def at(u: float, h: float) -> tuple[float, float]:
        return foot_x + u * unit, foot_y - h * unit

    canvas.paint(
        canvas.stencil_around([(foot_x, foot_y)], 60 * unit).disc(foot_x, foot_y, 26 * unit, 5 * unit), "#4a351c", 0.4
    )
    tone = canvas.across(foot_x - 24 * unit, foot_x + 24 * unit, [(0, "#c9ad6a"), (0.5, "#fff6dc"), (1, "#e9d29a")])
    for side in (-1, 1):
        canvas.polygon([at(side * 2, 84), at(side * 16, 84), at(side * 14, 6), at(side * 15, 0), at(side * 3, 0)], tone)
        canvas.polygon(
            [at(side * 16, 138), at(side * 23, 132), at(side * 26, 84), at(side * 20, 72), at(side * 16, 90)], tone
        )
    canvas.polygon([at(-18, 142), at(18, 142), at(20, 120), at(16, 76), at(-16, 76), at(-20, 120)], tone)
    canvas.polygon([at(-15, 142), at(-13, 160), at(-9, 173), at(0, 178), at(9, 173), at(13, 160), at(15, 142)], tone)
    canvas.polygon([at(-8, 166), at(8, 166), at(9, 156), at(-9, 156)], "#3f4f4a")
    canvas.polygon([at(-9, 156), at(9, 156), at(7, 146), at(-7, 146)], "#dfe3d2")


def _wafer(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Set a large wafer in the foreground whose chips break the light into colours."""
    tilt = np.radians(-12)
    ax, ay = canvas.xs - x, canvas.ys - y
    u = (ax * np.cos(tilt) + ay * np.sin(tilt)) / radius
    v = (-ax * np.sin(tilt) + ay * np.cos(tilt)) / (radius * 0.9)
    away = np.hypot(u, v)
    edge = 2.2 / radius
    canvas.paint(canvas.blurred(np.asarray(away < 1.04, np.float32), 26), "#2a1a10", 0.55)
    disc = smoothstep(1 + edge, 1 - edge, np.asarray(away, np.float32))
    turn = np.arctan2(v, u)
    hue = 0.5 + 0.42 * np.cos(turn * 2 + 0.7) * away**0.5 + 0.16 * np.sin(turn * 5 + away * 6)
    tones = [
        (0, "#3a2f5f"),
        (0.2, "#2f6f86"),
        (0.4, "#4fb59a"),
        (0.58, "#d9d98a"),
        (0.75, "#f0a35f"),
        (0.9, "#d9647a"),
        (1, "#7a4f94"),
    ]
    canvas.paint(disc, ramp(np.asarray(hue, np.float32), tones))
    cell_u, cell_v = (u * 9.5) % 1, (v * 8.5) % 1
    street = np.minimum(np.minimum(cell_u, 1 - cell_u), np.minimum(cell_v, 1 - cell_v))
    chips = smoothstep(0.035, 0.06, np.asarray(street, np.float32)) * smoothstep(
        0.955, 0.945, np.asarray(away, np.float32)
    )
    canvas.paint(np.asarray(disc * (1 - chips), np.float32), "#f6ecd0", 0.55)
    block = (
        ((cell_u > 0.14) & (cell_u < 0.5) & (cell_v > 0.14) & (cell_v < 0.44))
        | ((cell_u > 0.58) & (cell_u < 0.88) & (cell_v > 0.14) & (cell_v < 0.86))
        | ((cell_u > 0.14) & (cell_u < 0.5) & (cell_v > 0.54) & (cell_v < 0.86))
    )
    canvas.paint(np.asarray(disc * chips * block, np.float32), "#1f2a3a", 0.3)
    gleam = np.exp(-(((turn + 2.2) / 0.22) ** 2)) + 0.7 * np.exp(-(((turn - 0.95) / 0.16) ** 2))
    canvas.paint(
        np.asarray(disc * gleam * smoothstep(0.05, 0.5, np.asarray(away, np.float32)), np.float32),
        "#fff8e0",
        0.55,
        "screen",
    )
    rim = np.exp(-(((away - 0.985) / 0.012) ** 2))
    canvas.paint(np.asarray(rim, np.float32), "#fff6dc", 0.8)


def clean_room() -> Canvas:
    """Draw a yellow-lit chip factory aisle behind an iridescent wafer."""
    canvas = Canvas(1800, 1200, 179)
    camera = Camera(-20, 160, 560, 960, 860, near=120)
    canvas.pixels[:] = ramp(canvas.ys / 1200 + 0 * canvas.xs, [(0, "#c9962f"), (1, "#5d4322")])
    _shell(canvas, camera)
    end = camera.project(0, BACK, 120)
    _tools(canvas, camera)
    canvas.glow(*end, 230, "#fff3c0", 0.8)
    for x, z in ((40.0, 1250.0), (-50.0, 860.0)):
        _worker(canvas, camera, x, z)
    _rail(canvas, camera)
    canvas.wash(canvas.slant((900, 500), (900, 1250), [(0, "#ffffff"), (1, "#8d7468")]), 0.7, "multiply")
    _wafer(canvas, 1330, 905, 335)
    for dx, dy in ((-300, 130), (60, 318), (310, 60)):
        canvas.paint(
            canvas.stencil().round_rect(1330 + dx - 26, 905 + dy - 16, 1330 + dx + 26, 905 + dy + 60, 12), "#2c241f"
        )
    return canvas
