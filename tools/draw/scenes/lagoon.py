"""A city on a lagoon."""

import numpy as np

from ..canvas import Canvas
from ..facade import lit_windows
from ..scenery import clouds, mist, sky, sun
from ..stencil import curve, ribbon
from ..towers import crown
from ..trees import palm
from ..water import glitter, reflect, streaks


def _boat(canvas: Canvas, x: float, y: float, size: float, tone: str) -> None:
    """Paint a long canoe with a boatman who stands and poles it."""
    sheet = canvas.stencil()
    sheet.polygon(
        [
            (x - size, y - size * 0.13),
            (x - size * 0.7, y - size * 0.02),
            (x + size * 0.7, y - size * 0.02),
            (x + size, y - size * 0.17),
            (x + size * 0.72, y + size * 0.075),
            (x - size * 0.7, y + size * 0.075),
        ]
    )
    foot_x, foot_y = x - size * 0.62, y - size * 0.02
    tall = size * 0.62
    for side in (-1, 1):
        hip, heel = (foot_x + side * tall * 0.045, foot_y - tall * 0.47), (foot_x + side * tall * 0.12, foot_y)
        sheet.polygon(
            ribbon(
                [hip, ((hip[0] + heel[0]) / 2 + tall * 0.02, foot_y - tall * 0.24), heel],
                [tall * 0.13, tall * 0.11, tall * 0.07],
            )
        )
    trunk = [
        (-0.1, 0.44),
        (-0.12, 0.66),
        (-0.13, 0.8),
        (-0.06, 0.86),
        (0.09, 0.86),
        (0.15, 0.79),
        (0.12, 0.62),
        (0.11, 0.44),
    ]
    sheet.polygon(curve([(foot_x + u * tall, foot_y - v * tall) for u, v in trunk], 6, True))
    sheet.disc(foot_x + tall * 0.02, foot_y - tall * 0.93, tall * 0.085, tall * 0.1)
    sheet.polygon(
        [
            (foot_x - tall * 0.2, foot_y - tall * 0.95),
            (foot_x + tall * 0.24, foot_y - tall * 0.95),
            (foot_x + tall * 0.02, foot_y - tall * 1.1),
        ]
    )
    sheet.line([(foot_x + tall * 0.08, foot_y - tall * 0.74), (foot_x + tall * 0.4, foot_y - tall * 0.6)], tall * 0.075)
    sheet.line(
        [(foot_x + tall * 0.62, foot_y - tall * 1.35), (foot_x + tall * 0.2, y + size * 0.5)], max(1.5, size * 0.014)
    )
    for k in range(5):
        sheet.disc(x - size * 0.15 + k * size * 0.15, y - size * 0.04, size * 0.09, size * 0.07)
    canvas.paint(sheet, tone)


def lagoon_city() -> Canvas:
    """Draw a city on a lagoon with a long bridge, stilt houses and canoes."""
    canvas = Canvas(1800, 1200, 149)
    water = 716.0
    sky(canvas, [(0, "#5f8f8c"), (0.4, "#a3bd9b"), (0.72, "#ead69a"), (0.92, "#f8d18a"), (1, "#fbdd9f")], water, 0.08)
    clouds(canvas, 20, 520, [(0, "#7fa093"), (0.5, "#cfcf9f"), (1, "#fff0c4")], 5, 0.52, (520, 110), 0.85, 0.1)
    sun(canvas, 640, 560, 58, "#fff8dc", "#ffe3a0", 0.7)
    for base, low, high, step, tone in (
        (water, 30, 120, 34, "#aeb488"),
        (water + 2, 20, 230, 46, "#7f9679"),
        (water + 4, 20, 170, 60, "#557a6c"),
    ):
        x = 420.0 + step
        sheet = canvas.stencil()
        while x < 1830:
            peak = 0.25 + 0.75 * np.exp(-(((x - 1380) / 330) ** 2))
            tall = low + (high - low) * peak * canvas.rng.uniform(0.35, 1.25)
            width = step * canvas.rng.uniform(0.5, 1.0)
            sheet.rect(x, base - tall, x + width, base)
            if canvas.rng.random() < 0.4:
                crown(sheet, int(canvas.rng.integers(7)), x, base - tall, x + width)
            x += width + step * canvas.rng.uniform(0.0, 0.35)
        canvas.paint(sheet, canvas.down(base - 220, base, [(0, tone), (1, "#dcc98f")]))
    lit_windows(canvas, 1120, 560, 1760, 712, 60, 15, 0.12, ["#fff2c0"], "#7d937b", 0.22)
    mist(canvas, water - 6, 40, "#fae3a8", 0.7, 7)
    _bridge(canvas, water)
    _stilts(canvas, water)
    waves = reflect(canvas, water, [(0, "#efd396"), (0.45, "#9db08d"), (1, "#2a5f60")], 0.66, 3, 26)
    streaks(canvas, water, waves, "#2f6662", 0.34, 0.1)
    streaks(canvas, water, -waves, "#fff0c0", 0.26, 0.15)
    glitter(canvas, water, waves, 640, 60, "#fff0bc", 0.8)
    for x, y, size, tone in (
        (980, 800, 74, "#4d6c5f"),
        (1240, 860, 104, "#35564f"),
        (690, 960, 170, "#1d403f"),
        (1500, 1060, 150, "#173836"),
    ):
        canvas.paint(canvas.stencil().disc(x, y + size * 0.13, size * 1.0, size * 0.06), "#1f4a4a", 0.4)
        _boat(canvas, x, y, size, tone)
    leaves = canvas.stencil()
    palm(leaves, 1690, 1260, 760, canvas.rng, -0.16)
    palm(leaves, 1790, 1260, 600, canvas.rng, 0.06)
    canvas.paint(leaves, "#0f2e30")
    return canvas


def _bridge(canvas: Canvas, water: float) -> None:
    """Carry a road over the lagoon on a long line of piers."""
    path = [(-20.0, 600.0), (300.0, 622.0), (700.0, 655.0), (1100.0, 682.0), (1500.0, 702.0)]
    xs = np.array([p[0] for p in path])
    ys = np.array([p[1] for p in path])
    piers = canvas.stencil()
    x = 10.0
    while x < 1440:
        y, scale = float(np.interp(x, xs, ys)), float(np.interp(x, xs, [1, 0.8, 0.5, 0.28, 0.12]))
        piers.polygon([(x - 9 * scale, y), (x + 9 * scale, y), (x + 7 * scale, water + 3), (x - 7 * scale, water + 3)])
        piers.polygon(
            [(x - 30 * scale, y), (x + 30 * scale, y), (x + 9 * scale, y + 24 * scale), (x - 9 * scale, y + 24 * scale)]
        )
        x += 104 * scale + 6
    shade = canvas.across(0, 1500, [(0, "#3f6662"), (0.5, "#7d9479"), (1, "#d9c78c")])
    canvas.paint(piers, shade)
    deck = canvas.stencil().polygon(ribbon([(px, py - 6) for px, py in path], [26, 20, 12, 6, 2]))
    canvas.paint(deck, shade)
    canvas.line(
        [(px, py - 19 * s) for (px, py), s in zip(path, [1, 0.8, 0.5, 0.28, 0.12], strict=True)], 2, "#fff0c0", 0.8
    )
    lamps = canvas.stencil()
    for x in (40.0, 150.0, 265.0, 385.0, 500.0, 720.0, 810.0, 890.0, 960.0, 1020.0, 1075.0):
        y, scale = float(np.interp(x, xs, ys)), float(np.interp(x, xs, [1, 0.8, 0.5, 0.28, 0.12]))
        lamps.line([(x, y - 16 * scale), (x, y - 66 * scale), (x + 18 * scale, y - 70 * scale)], max(1, 3 * scale))
    for x, tone in ((160, "#d99a3e"), (236, "#efe3c4"), (420, "#a8402f"), (520, "#d99a3e"), (640, "#efe3c4")):
        y, scale = float(np.interp(x, xs, ys)), float(np.interp(x, xs, [1, 0.8, 0.5, 0.28, 0.12]))
        canvas.paint(canvas.stencil().round_rect(x, y - 44 * scale, x + 58 * scale, y - 18 * scale, 5 * scale), tone)
    canvas.paint(lamps, shade)


def _stilts(canvas: Canvas, water: float) -> None:
    """Stand a few houses on stilts at the left, with laundry and nets."""
    spots = ((120, 120, 70), (270, 96, 62), (30, 90, 60), (400, 78, 48))
    for index, (x, wide, tall) in enumerate(spots):
        base = water - 36
        posts = canvas.stencil()
        for k in range(5):
            posts.line([(x - wide / 2 + wide * k / 4, base), (x - wide / 2 + wide * k / 4, water + 6)], 4)
        canvas.paint(posts, "#2f4a46")
        tone = ("#b0663f", "#5f7f6d", "#d0a05a", "#7d5246")[index]
        canvas.paint(
            canvas.stencil().rect(x - wide / 2, base - tall, x + wide / 2, base),
            canvas.across(x - wide / 2, x + wide / 2, [(0, tone), (1, "#e0bd7c")]),
        )
        canvas.polygon(
            [
                (x - wide * 0.62, base - tall + 6),
                (x - wide * 0.3, base - tall - 30),
                (x + wide * 0.3, base - tall - 30),
                (x + wide * 0.62, base - tall + 6),
            ],
            "#4a5a52",
        )
        canvas.line([(x - wide * 0.3, base - tall - 30), (x + wide * 0.3, base - tall - 30)], 2, "#ffe9b4", 0.8)
        canvas.paint(canvas.stencil().rect(x - wide * 0.1, base - tall * 0.7, x + wide * 0.12, base), "#2a3f3c")
        canvas.paint(canvas.stencil().rect(x - wide * 0.7, base - 3, x + wide * 0.7, base + 5), "#3d4f48")
