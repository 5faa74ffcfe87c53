"""Forest and snow."""

import numpy as np

from ..canvas import Canvas
from ..noise import line_noise, smoothstep
from ..scenery import below, mist, rays, sky
from ..stencil import curve
from ..trees import bare_trunk, conifer


def _tree_wall(canvas: Canvas, depth: float, colour: str, opening: tuple[float, float]) -> None:
    """Paint one row of spruces at a depth from 0 (far) to 1 (near) that leaves the road free."""
    sheet = canvas.stencil()
    ground = 655 + 330 * depth**1.6
    size = 150 + 900 * depth**1.5
    x = -80.0
    while x < 1880:
        x += size * canvas.rng.uniform(0.07, 0.17)
        if opening[0] < x < opening[1]:
            continue
        height = size * canvas.rng.uniform(0.72, 1.25)
        conifer(sheet, x, ground + canvas.rng.uniform(-6, 14), height, canvas.rng, canvas.rng.uniform(0.13, 0.19))
    base = [(0.0, colour), (0.7, colour), (1.0, colour)]
    for _ in range(int(260 - 120 * depth)):
        side = canvas.rng.random() < 0.5
        spot = canvas.rng.uniform(-20, opening[0] - 6) if side else canvas.rng.uniform(opening[1] + 6, 1820)
        radius = (7 + 30 * depth) * canvas.rng.uniform(0.4, 1.1)
        sheet.disc(spot, ground + canvas.rng.uniform(-4, 10 + 16 * depth), radius * 1.5, radius)
    canvas.paint(sheet, canvas.down(ground - size, ground + 50, base))


def forest_road() -> Canvas:
    """Draw a road that runs into a misty spruce forest with the sun behind it."""
    canvas = Canvas(1800, 1200, 37)
    sky(canvas, [(0, "#86a99b"), (0.35, "#c4d3b0"), (0.8, "#f4e7ba"), (1, "#fbf2cf")], 700, 0.05)
    canvas.glow(965, 500, 330, "#fff3c4", 0.9)
    canvas.glow(965, 520, 120, "#ffffff", 0.7)
    tones = ["#a9c2a4", "#86a890", "#5f8a78", "#3f6b60", "#275049", "#153833"]
    gaps = [(925, 985), (905, 1000), (870, 1035), (800, 1100), (690, 1230), (480, 1440)]
    for index, (tone, gap) in enumerate(zip(tones[:4], gaps[:4], strict=True)):
        _tree_wall(canvas, index / 5.4, tone, gap)
        mist(canvas, 660 + 50 * index, 80 + 22 * index, "#f3ecc6", 0.62 - 0.09 * index, 20 + index)
    verge = 700 + 30 * line_noise(1800, 260, 5)
    canvas.paint(below(canvas, verge), canvas.down(690, 1200, [(0, "#b7c49a"), (0.25, "#6c8d66"), (1, "#17352c")]))
    rough = canvas.fbm(46, 11, 61, 4)
    canvas.paint(smoothstep(0.52, 0.66, rough) * below(canvas, verge + 10), "#20463a", 0.42)
    canvas.paint(smoothstep(0.56, 0.7, 1 - rough) * below(canvas, verge + 10), "#d9d79d", 0.22)
    left = curve([(120, 1210), (560, 960), (800, 815), (905, 740), (940, 700), (946, 676)], 14)
    right = curve([(966, 676), (985, 700), (1030, 740), (1160, 815), (1420, 960), (1830, 1210)], 14)
    road = canvas.stencil().polygon(left + right)
    canvas.paint(road, canvas.down(676, 1200, [(0, "#f1e6bd"), (0.2, "#b5b292"), (0.55, "#66766a"), (1, "#33463f")]))
    sheen = np.exp(-(((canvas.xs - 966 - (canvas.ys - 700) * 0.02) / (30 + (canvas.ys - 676) * 0.5)) ** 2))
    canvas.paint(road.full() * np.asarray(sheen, np.float32), "#fdf0c2", 0.5)
    edges = canvas.stencil()
    for side in (left, right[::-1]):
        inner = [(x + (960 - x) * 0.045, y) for x, y in side]
        for a, b, c, d in zip(side, side[1:], inner, inner[1:], strict=False):
            shift = 0.25 * (c[0] - a[0])
            edges.polygon([(a[0] + 3 * shift, a[1]), (b[0] + 3 * shift, b[1]), (d[0], d[1]), (c[0], c[1])])
    canvas.paint(edges, "#f6f0d2", 0.75)
    dashes = canvas.stencil()
    for k in range(9):
        near, far = 676 + 524 * 0.62**k, 676 + 524 * 0.62**k * 0.78
        wide = [(y - 676) / 524 * 13 for y in (near, far)]
        at = [958 + (y - 676) * 0.02 for y in (near, far)]
        dashes.polygon(
            [(at[0] - wide[0], near), (at[0] + wide[0], near), (at[1] + wide[1], far), (at[1] - wide[1], far)]
        )
    canvas.paint(dashes, "#f6f0d2", 0.7)
    _tree_wall(canvas, 0.78, "#264f46", gaps[4])
    rays(canvas, 965, 470, "#fff1bd", 0.42, 7, 520, 60)
    trunks = canvas.stencil()
    for x, width in ((40, 58), (205, 38), (330, 24), (1500, 26), (1620, 44), (1765, 66)):
        bare_trunk(trunks, x, 1130 + width * 1.2, -60, width, canvas.rng)
    canvas.paint(trunks, canvas.down(0, 1200, [(0, "#2b5148"), (0.6, "#143530"), (1, "#0c2420")]))
    return canvas
