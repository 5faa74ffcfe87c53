"""A grain elevator in the fields."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..noise import smoothstep
from ..scenery import birds, clouds, hills, layer, sky
from ..stencil import ribbon
from ..terrain import posterise

CONCRETE = [
    (0.0, "#7f8a8e"),
    (0.22, "#c7c1b0"),
    (0.45, "#fbefd8"),
    (0.62, "#efdcbb"),
    (0.85, "#a89a8a"),
    (1.0, "#6f6d70"),
]
STEEL = [(0.0, "#8696a0"), (0.25, "#dfe3df"), (0.42, "#fffaf0"), (0.6, "#c9ccca"), (0.85, "#7f8b95"), (1.0, "#5a6670")]


def _silo(canvas: Canvas, left: float, right: float, top: float, base: float, steel: bool) -> None:
    """Paint one round bin with its lit side, and rings and a cone if it is of steel."""
    tones = STEEL if steel else CONCRETE
    canvas.paint(canvas.stencil().rect(left, top, right, base), canvas.across(left, right, tones))
    if not steel:
        seam = canvas.stencil()
        for y in np.arange(top + 26, base, 44):
            seam.rect(left, y, right, y + 1)
        canvas.paint(seam, "#5f6468", 0.22)
        return
    rings = canvas.stencil()
    for y in np.arange(top, base, 13):
        rings.rect(left, y, right, y + 2.2)
    canvas.paint(rings, "#59656e", 0.3)
    middle = (left + right) / 2
    roof = [
        (left - 5, top + 2),
        (middle - 9, top - (right - left) * 0.3),
        (middle + 9, top - (right - left) * 0.3),
        (right + 5, top + 2),
    ]
    canvas.polygon(roof, canvas.across(left, right, tones))
    canvas.line([roof[0], roof[3]], 2.5, "#5c666d", 0.7)


def wheat_silos() -> Canvas:
    """Draw a grain elevator that stands over a ripe field."""
    canvas = Canvas(1800, 1200, 83)
    sky(canvas, [(0, "#3f7396"), (0.5, "#8fb4bb"), (0.85, "#dcdcc2"), (1, "#f5e3b6")], 800, 0.05)
    clouds(canvas, 40, 560, [(0, "#8ba3ae"), (0.45, "#d8d9d0"), (1, "#fffaf0")], 7, 0.56, (420, 170), 0.95, 0.05)
    clouds(canvas, 520, 780, [(0, "#b9c4bf"), (1, "#fff3d8")], 9, 0.5, (380, 40), 0.8, 0.08)
    layer(canvas, hills(canvas, 800, 50, 640, 1), [(0, "#93a58f"), (1, "#c9bf8d")], 60)
    trees = canvas.stencil()
    for x in np.arange(-20.0, 1820, 9):
        size = canvas.rng.uniform(0.5, 1.0) * (0.6 + 0.4 * np.sin(x / 130) ** 2)
        trees.disc(x, 800 - 10 * size, 15 * size, 24 * size)
    trees.rect(0, 796, 1800, 822)
    canvas.paint(trees, canvas.down(770, 830, [(0, "#7d9475"), (1, "#4f6a5a")]))
    for index in range(4):
        left = 320 + index * 118
        _silo(canvas, left, left + 110, 560 + 14 * (index % 2), 838, True)
    canvas.paint(canvas.stencil().rect(330, 500, 900, 512), "#6d757a")
    for strut in range(340, 900, 22):
        canvas.line([(strut, 512), (strut + 11, 500)], 1.6, "#4c555c")
        canvas.line([(strut + 11, 500), (strut + 22, 512)], 1.6, "#4c555c")
    for index in range(6):
        left = 860 + index * 92
        _silo(canvas, left, left + 93, 372, 842, False)
    canvas.paint(canvas.stencil().rect(852, 330, 1424, 376), canvas.across(852, 1424, [(0, "#f4e4c6"), (1, "#b5a48f")]))
    canvas.paint(canvas.stencil().rect(852, 376, 1424, 384), "#5b5a5c", 0.5)
    windows = canvas.stencil()
    for pane in range(878, 1410, 44):
        windows.rect(pane, 344, pane + 18, 362)
    canvas.paint(windows, "#34474f", 0.8)
    tower = canvas.stencil().rect(1060, 168, 1236, 334)
    canvas.paint(
        tower, canvas.across(1060, 1236, [(0, "#fdf0d6"), (0.58, "#ecd7b3"), (0.6, "#a18f80"), (1, "#877c78")])
    )
    canvas.polygon([(1050, 172), (1148, 128), (1246, 172)], "#7b3f33")
    panes = canvas.stencil()
    for pane in (1082, 1118, 1186):
        for sill in (200, 246, 292):
            panes.rect(pane, sill, pane + 16, sill + 24)
    canvas.paint(panes, "#34474f", 0.8)
    canvas.line([(1070, 212), (690, 500)], 11, "#7d776d")
    canvas.line([(1070, 209), (690, 497)], 2.5, "#efe0c0", 0.8)
    canvas.line([(1148, 128), (1148, 84)], 3, "#4a4f52")
    _hoppers(canvas)
    canvas.paint(canvas.stencil().rect(0, 862, 1800, 868), "#4a4540")
    _wheat(canvas)
    birds(canvas, [(560, 300), (610, 282), (660, 312), (520, 330), (710, 290)], 15, "#2f4652", 0.8)
    return canvas


def _hoppers(canvas: Canvas) -> None:
    """Line up hopper wagons on the siding."""
    for wagon in range(9):
        left = 770 + wagon * 122
        tone = ("#8a3f30", "#9b5a3c", "#5f6a66")[wagon % 3]
        canvas.polygon(
            [(left, 786), (left + 112, 786), (left + 108, 842), (left + 74, 850), (left + 38, 850), (left + 4, 842)],
            tone,
        )
        canvas.paint(canvas.stencil().rect(left - 2, 780, left + 114, 788), "#e8c79a", 0.8)
        ribs, wheels = canvas.stencil(), canvas.stencil()
        for k in range(1, 8):
            ribs.rect(left + 14 * k, 788, left + 14 * k + 2, 842)
        for x in (14, 32, 80, 98):
            wheels.disc(left + x, 855, 8)
        canvas.paint(ribs, "#2a2523", 0.35)
        canvas.paint(wheels, "#26292b")


def _wheat(canvas: Canvas) -> None:
    """Paint the field: converging rows, then single ears along the lower edge."""
    top = 868.0
    depth = 1 / np.maximum(canvas.ys - top + 14, 6)
    furrow = np.sin((canvas.xs - 560) * depth * 34 + 2.5 * (canvas.fbm(300, 60, 3, 3) - 0.5))
    sway = canvas.fbm(520, 70, 5, 5)
    tone = posterise(
        np.asarray(
            np.clip(
                0.5
                + 0.2 * furrow * smoothstep(top + 14, top + 90, canvas.ys)
                + 0.55 * (sway - 0.5)
                + 0.22 * (canvas.fbm(20, 46, 6, 3) - 0.5),
                0,
                1,
            ),
            np.float32,
        ),
        8,
        0.3,
    )
    field = ramp(tone, [(0, "#8d6427"), (0.35, "#c48f35"), (0.65, "#e3b651"), (1, "#f8dd8c")])
    canvas.paint(np.asarray((canvas.ys > top) * np.ones_like(canvas.xs), np.float32), field)
    canvas.paint(smoothstep(top + 60, top, canvas.ys + 0 * canvas.xs) * (canvas.ys > top), "#f6e0a4", 0.5)
    for base, tall, stalk, count in ((1262, 150, "#b98a35", 380), (1285, 190, "#8a6026", 300)):
        sheet, ears = canvas.stencil(), canvas.stencil()
        for _ in range(count):
            x = canvas.rng.uniform(-30, 1830)
            height = tall * canvas.rng.uniform(0.5, 1.0)
            lean = height * canvas.rng.uniform(-0.12, 0.34)
            tip = (x + lean, base - height)
            sheet.polygon(ribbon([(x, base), (x + lean * 0.4, base - height * 0.6), tip], [3, 2.4, 1.8]))
            aim = np.array([lean * 0.6 + 6, -height * 0.32])
            aim *= 34 / np.linalg.norm(aim)
            for k in range(6):
                cx, cy = tip[0] + aim[0] * k / 5, tip[1] + aim[1] * k / 5
                ears.disc(cx - 2.6, cy, 3.2, 5).disc(cx + 2.6, cy - 3, 3.2, 5)
            ears.line([(tip[0] + aim[0], tip[1] + aim[1]), (tip[0] + aim[0] * 1.8, tip[1] + aim[1] * 1.7)], 1)
        canvas.paint(sheet, stalk)
        canvas.paint(ears, canvas.down(base - tall - 40, base - 60, [(0, "#ffe39a"), (0.5, "#e0ae48"), (1, "#a8772b")]))
