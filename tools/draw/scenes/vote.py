"""A morning queue at a polling station."""

import numpy as np

from ..canvas import Canvas
from ..noise import smoothstep
from ..people import cast, person
from ..scenery import clouds, hills, layer, shade, sky
from ..stencil import curve
from ..trees import broad_tree


def _school(canvas: Canvas) -> None:
    """Build a long one-storey school with a veranda, where the vote is held."""
    wall = canvas.stencil().rect(700, 470, 1720, 736)
    canvas.paint(wall, canvas.across(700, 1720, [(0, "#d9b98a"), (0.6, "#f6ddae"), (1, "#ffe9bf")]))
    canvas.paint(canvas.stencil().rect(700, 646, 1720, 736), canvas.across(700, 1720, [(0, "#2f5f70"), (1, "#4a8a8d")]))
    canvas.paint(canvas.stencil().rect(700, 470, 1720, 548), "#5b3a3a", 0.42)
    for x in (770, 905, 1190, 1325, 1460, 1595):
        canvas.paint(canvas.stencil().rect(x - 5, 541, x + 83, 633), "#fff0cd")
        canvas.paint(canvas.stencil().rect(x, 546, x + 78, 628), "#27424c")
        bars = canvas.stencil()
        for k in range(6):
            bars.rect(x, 546 + k * 14, x + 78, 551 + k * 14)
        canvas.paint(bars, "#7fa3a0", 0.6)
    canvas.paint(canvas.stencil().rect(1034, 536, 1134, 736), "#1f2d33")
    canvas.paint(
        canvas.stencil().rect(1034, 536, 1134, 736), canvas.down(536, 736, [(0, "#3b3030"), (1, "#e8a85c")]), 0.75
    )
    canvas.polygon([(1134, 536), (1168, 548), (1168, 748), (1134, 736)], "#a8553a")
    roof = [(640, 486), (760, 372), (1668, 372), (1790, 486)]
    canvas.polygon(roof, canvas.down(372, 486, [(0, "#b5573c"), (1, "#8d3d30")]))
    sheets = canvas.stencil()
    for k in range(74):
        t = k / 73
        sheets.line([(760 + 908 * t, 372), (640 + 1150 * t, 486)], 1.2)
    canvas.paint(sheets, "#5d2725", 0.45)
    canvas.line([(760, 372), (1668, 372)], 4, "#ffd6a0", 0.8)
    canvas.paint(canvas.stencil().rect(640, 484, 1790, 496), "#5d2a27")
    for x in range(690, 1790, 132):
        canvas.paint(
            canvas.stencil().rect(x, 494, x + 13, 742), canvas.across(x, x + 13, [(0, "#a98a6a"), (1, "#fff1d0")])
        )
    canvas.paint(canvas.stencil().rect(660, 736, 1790, 754), "#d8b98d")
    canvas.paint(canvas.stencil().rect(660, 754, 1790, 766), "#8a5f4c")
    canvas.paint(canvas.stencil().round_rect(994, 404, 1174, 468, 4), "#f7e9cb")
    canvas.paint(canvas.stencil().rect(1030, 428, 1076, 458), "#2f5f70")
    canvas.paint(canvas.stencil().rect(1038, 432, 1068, 435), "#f7e9cb")
    canvas.polygon([(1044, 431), (1044, 412), (1062, 412), (1062, 431)], "#b6442f")
    canvas.line([(1100, 436), (1112, 448), (1138, 416)], 6, "#b6442f")


def ballot_queue() -> Canvas:
    """Draw a long queue that bends across a dusty yard to a school where people vote."""
    canvas = Canvas(1800, 1200, 127)
    sky(canvas, [(0, "#6f9fa8"), (0.45, "#b9cbb8"), (0.8, "#f4dba6"), (1, "#fbe6b5")], 640, 0.06)
    clouds(canvas, 10, 420, [(0, "#b3bfb5"), (1, "#fff3d6")], 4, 0.48, (520, 90), 0.8, 0.1)
    canvas.glow(1680, 300, 380, "#fff0c0", 0.7)
    layer(canvas, hills(canvas, 680, 190, 620, 3, 0.46), [(0, "#8fa58f"), (1, "#dcc592")], 170)
    layer(canvas, hills(canvas, 716, 90, 380, 6, 0.46), [(0, "#6f8a70"), (1, "#c4a873")], 100)
    canvas.paint(
        canvas.stencil().rect(0, 716, 1800, 1200),
        canvas.down(716, 1200, [(0, "#e0a46a"), (0.35, "#cf8351"), (1, "#9a5239")]),
    )
    _school(canvas)
    earth = canvas.fbm(260, 34, 9, 5)
    yard = np.asarray((canvas.ys > 768) * np.ones_like(canvas.xs), np.float32)
    shade(canvas, yard, "#f3c88f", smoothstep(0.54, 0.8, earth) * 0.6, 3)
    shade(canvas, yard, "#7a3d30", smoothstep(0.5, 0.25, earth) * 0.4, 4)
    shadow = canvas.fbm(70, 22, 15, 4)
    pool = np.exp(-(((canvas.xs - 90) / 430) ** 2) - (((canvas.ys - 1035) / 62) ** 2))
    canvas.paint(smoothstep(0.3, 0.4, pool * (0.55 + 0.9 * shadow)), "#5b2b2b", 0.6)
    greens = [(0, "#1f3a35"), (0.35, "#35583f"), (0.65, "#6b8148"), (0.88, "#b3b660"), (1, "#e0d68a")]
    broad_tree(canvas, 270, 1030, 900, "#4a3029", greens)
    path = curve(
        [
            (1084, 764),
            (1066, 800),
            (1200, 838),
            (1420, 872),
            (1560, 915),
            (1420, 962),
            (1120, 985),
            (840, 1010),
            (640, 1060),
            (700, 1130),
            (900, 1180),
        ],
        40,
    )
    steps = np.array(path)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(steps, axis=0).T))])
    spots, along = [], 8.0
    while along < run[-1]:
        x, y = (float(np.interp(along, run, steps[:, k])) for k in range(2))
        tall = 66 + (y - 764) * 0.3
        spots.append((x + canvas.rng.normal(0, 3), y, tall))
        along += tall * canvas.rng.uniform(0.36, 0.56)
    for x, y, tall in spots:
        cast(canvas, x, y, -tall * 1.25, tall, "#5b2b2b", 0.5, tall * 0.12)
    for x, y, tall in sorted(spots, key=lambda spot: spot[1]):
        person(canvas, x, y, tall, "#ffe3ab")
    canvas.glow(1750, 420, 620, "#ffdf9e", 0.28)
    return canvas
