"""An invented sea, drawn as a chart of shipping lanes."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, ridged, smoothstep
from ..stencil import Point, curve
from ..terrain import blur, hillshade, posterise

PORTS: list[Point] = [(250, 395), (520, 760), (800, 560), (1080, 905), (1330, 430), (1600, 770), (1010, 255)]
LANES: list[list[Point]] = [
    [(-40, 620), (160, 560), (420, 600), (700, 650), (960, 720), (1250, 700), (1500, 610), (1840, 590)],
    [(250, 395), (330, 480), (420, 600)],
    [(520, 760), (560, 690), (700, 650)],
    [(800, 560), (800, 720), (700, 650)],
    [(1080, 905), (1060, 820), (960, 720)],
    [(1330, 430), (1340, 520), (1500, 610)],
    [(1600, 770), (1580, 690), (1500, 610)],
    [(1010, 255), (960, 340), (1000, 470), (1100, 600), (1250, 700)],
    [(-40, 880), (240, 900), (420, 1010), (700, 1060), (1060, 1080), (1420, 1010), (1840, 960)],
    [(420, 1010), (500, 900), (520, 760)],
    [(1420, 1010), (1520, 900), (1600, 770)],
]


def studio_map() -> Canvas:
    """Draw an abstract chart: hill-shaded coasts, sounding lines, lanes and ports."""
    canvas = Canvas(1800, 1200, 191)
    height, width = canvas.height, canvas.width
    lanes = canvas.stencil()
    for lane in LANES:
        lanes.line(curve(lane, 30), 150)
    for x, y in PORTS:
        lanes.disc(x, y, 46)
    open_water = blur(lanes.full(), 90)
    field = (
        fbm(height, width, 520, 520, 44, 7)
        - 0.43
        - 0.6 * open_water
        + 0.16 * smoothstep(560, 0, canvas.ys)
        + 0.1 * smoothstep(900, 1250, canvas.ys)
    )
    field = np.asarray(field, np.float32)
    land = smoothstep(-0.0015, 0.0015, field)
    depth = np.clip(-blur(field, 14) / 0.4, 0, 1)
    sea = ramp(
        posterise(np.asarray(depth, np.float32), 8, 0.06),
        [(0, "#a9cdbf"), (0.15, "#7fb3ad"), (0.4, "#3f7f88"), (0.7, "#1f5566"), (1, "#123a4c")],
    )
    canvas.pixels[:] = sea
    contour = np.zeros((height, width), np.float32)
    for level in np.arange(0.05, 1.0, 0.125):
        contour = np.maximum(contour, np.exp(-(((depth - level) / 0.0035) ** 2)))
    canvas.paint(contour, "#d9ecdc", 0.2)
    rise = np.asarray(
        blur(
            np.maximum(field, 0)
            * (80 + 60 * ridged(height, width, 170, 170, 12) + 70 * fbm(height, width, 90, 90, 13, 5)),
            2.5,
        ),
        np.float32,
    )
    light = posterise(hillshade(rise, (-0.7, 0.8, -0.6), 2.2), 9, 0.3)
    ground = ramp(
        np.asarray(np.clip(field * 3.0, 0, 1), np.float32),
        [(0, "#f0dfb4"), (0.3, "#e3c68d"), (0.65, "#c99a63"), (1, "#a8694a")],
    )
    ground = ground * (0.55 + 0.62 * light[..., None])
    canvas.paint(np.roll(blur(land, 7), (7, 7), (0, 1)), "#0c2c3a", 0.42)
    canvas.paint(land, np.asarray(ground, np.float32))
    shore = np.exp(-((field / 0.0032) ** 2))
    canvas.paint(np.asarray(shore, np.float32), "#fff3d2", 0.75)
    _graticule(canvas)
    _lanes(canvas, [_ashore(field, port) for port in PORTS])
    _rose(canvas, 1630, 208, 104)
    _frame(canvas)
    return canvas


def _graticule(canvas: Canvas) -> None:
    """Lay bowed meridians and parallels over the chart."""
    grid = canvas.stencil()
    for k in range(-2, 15):
        x = 900 + (k - 6) * 170.0
        grid.line(curve([(x + (x - 900) * 0.05, -10), (x, 600), (x + (x - 900) * 0.05, 1210)], 20), 1.0)
    for k in range(9):
        y = 60 + k * 150.0
        grid.line(curve([(-10, y - 26), (900, y), (1810, y - 26)], 20), 1.0)
    canvas.paint(grid, "#fdf3d6", 0.26)


def _ashore(field: Array, port: Point) -> Point:
    """The place on the coast that is nearest to a port's rough position."""
    rows, columns = np.nonzero(field > 0.004)
    inside = (rows > 60) & (rows < 1140) & (columns > 60) & (columns < 1740)
    rows, columns = rows[inside], columns[inside]
    nearest = int(np.argmin(np.hypot(columns - port[0], rows - port[1])))
    return float(columns[nearest]), float(rows[nearest])


def _lanes(canvas: Canvas, ports: list[Point]) -> None:
    """Draw the lanes as glowing dashed tracks with ships, and mark the ports."""
    glow, dashes, core = canvas.stencil(), canvas.stencil(), canvas.stencil()
    ships: list[tuple[Point, Point]] = []
    landings = dict(zip(PORTS, ports, strict=True))
    for index, lane in enumerate(LANES):
        path = curve([landings.get(point, point) for point in lane], 60)
        glow.line(path, 12)
        steps = np.array(path)
        run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(steps, axis=0).T))])
        for start in np.arange(0, run[-1], 24):
            points = [
                (float(np.interp(d, run, steps[:, 0])), float(np.interp(d, run, steps[:, 1])))
                for d in (start, start + 7, start + 14)
            ]
            (core if index in (0, 8) else dashes).line(points, 4.4 if index in (0, 8) else 3)
        for start in np.arange(90 + 37 * index, run[-1] - 60, 260):
            a, b = ([float(np.interp(start + d, run, steps[:, k])) for k in range(2)] for d in (0, 8))
            ships.append(((a[0], a[1]), (b[0], b[1])))
    canvas.paint(canvas.blurred(glow.full(), 9), "#ffd08a", 0.4, "screen")
    canvas.paint(dashes, "#ffe6b4", 0.95)
    canvas.paint(core, "#f2663f")
    hulls = canvas.stencil()
    for (x, y), (ahead_x, ahead_y) in ships:
        angle = np.arctan2(ahead_y - y, ahead_x - x)
        shape = [(-15, -5), (8, -5), (17, 0), (8, 5), (-15, 5)]
        hulls.polygon(
            [(x + u * np.cos(angle) - v * np.sin(angle), y + u * np.sin(angle) + v * np.cos(angle)) for u, v in shape]
        )
    canvas.paint(np.roll(canvas.blurred(hulls.full(), 3), (4, 4), (0, 1)), "#0c2c3a", 0.6)
    canvas.paint(hulls, "#fff8e6")
    for x, y in ports:
        canvas.glow(x, y, 40, "#ffb45f", 0.6)
        canvas.paint(canvas.stencil_around([(x, y)], 30).disc(x, y, 19), "#12303f")
        canvas.paint(canvas.stencil_around([(x, y)], 30).disc(x, y, 15), "#fff3d4")
        canvas.paint(canvas.stencil_around([(x, y)], 30).disc(x, y, 8.5), "#d94f32")


def _rose(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a compass rose."""
    ring = canvas.stencil()
    for radius, width in ((size, 3), (size * 0.9, 1.4), (size * 0.5, 1.4)):
        circle = [(x + radius * np.cos(a), y + radius * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 120)]
        ring.line(circle, width)
    for k in range(72):
        a = np.pi * 2 * k / 72
        inner = size * (0.9 if k % 6 else 0.84)
        ring.line([(x + inner * np.cos(a), y + inner * np.sin(a)), (x + size * np.cos(a), y + size * np.sin(a))], 1.2)
    canvas.paint(ring, "#fdf0cf", 0.85)
    for count, reach, waist, pair in ((4, 0.7, 0.13, ("#c98d4f", "#7a4a34")), (4, 1.12, 0.14, ("#fff3d4", "#d94f32"))):
        for k in range(count):
            a = np.pi * 2 * k / 4 - np.pi / 2 + (np.pi / 4 if reach < 1 else 0)
            tip = (x + size * reach * np.cos(a), y + size * reach * np.sin(a))
            for side, tone in zip((-1, 1), pair, strict=True):
                corner = (
                    x + size * waist * 1.4 * np.cos(a + side * np.pi / 4),
                    y + size * waist * 1.4 * np.sin(a + side * np.pi / 4),
                )
                canvas.polygon([(x, y), corner, tip], tone)
    canvas.paint(canvas.stencil().disc(x, y, 7), "#12303f")


def _frame(canvas: Canvas) -> None:
    """Edge the chart with a graduated border."""
    edge = canvas.stencil().rect(0, 0, 1800, 1200).rect(34, 34, 1766, 1166, 0)
    canvas.paint(edge, "#f3e3bd")
    ticks = canvas.stencil()
    for k in range(18):
        if k % 2 == 0:
            x0, x1 = 34 + 1732 * k / 18, 34 + 1732 * (k + 1) / 18
            ticks.rect(x0, 20, x1, 28).rect(x0, 1172, x1, 1180)
    for k in range(12):
        if k % 2 == 0:
            y0, y1 = 34 + 1132 * k / 12, 34 + 1132 * (k + 1) / 12
            ticks.rect(20, y0, 28, y1).rect(1772, y0, 1780, y1)
    lines = canvas.stencil()
    for inset in (18, 30, 36):
        lines.line(
            [
                (inset, inset),
                (1800 - inset, inset),
                (1800 - inset, 1200 - inset),
                (inset, 1200 - inset),
                (inset, inset),
            ],
            1.6,
        )
    canvas.paint(ticks, "#2a4650")
    canvas.paint(lines, "#2a4650", 0.9)
