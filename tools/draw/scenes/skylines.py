"""Cities over mist and over water."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..facade import lit_windows
from ..noise import smoothstep
from ..scenery import birds, clouds, hills, layer, mist, sky, sun
from ..stencil import Stencil, ribbon
from ..trees import palm
from ..water import glitter, reflect, streaks


def _crown(sheet: Stencil, kind: int, left: float, top: float, right: float) -> float:
    """Draw the head of a tower and return the height of its tip."""
    middle, wide = (left + right) / 2, right - left
    if kind == 0:
        sheet.rect(left + wide * 0.2, top - wide * 0.35, right - wide * 0.2, top).rect(left + wide * 0.36, top - wide * 0.65, right - wide * 0.36, top)
        sheet.line([(middle, top - wide * 0.65), (middle, top - wide * 1.5)], max(1.5, wide * 0.03))
        return top - wide * 1.5
    if kind == 1:
        sheet.polygon([(left, top), (left, top - wide * 0.25), (right, top - wide * 0.9), (right, top)])
        return top - wide * 0.9
    if kind == 2:
        sheet.polygon([(left, top), (middle, top - wide * 1.5), (right, top)])
        return top - wide * 1.5
    if kind == 3:
        sheet.disc(middle, top, wide / 2, wide * 0.5)
        sheet.line([(middle, top), (middle, top - wide * 1.0)], max(1.5, wide * 0.03))
        return top - wide
    if kind == 4:
        for step in range(3):
            half = wide * (0.5 - 0.12 * step)
            y = top - wide * 0.22 * step
            sheet.polygon([(middle - half * 1.15, y), (middle - half * 0.8, y - wide * 0.2), (middle + half * 0.8, y - wide * 0.2), (middle + half * 1.15, y)])
        sheet.line([(middle, top - wide * 0.6), (middle, top - wide * 1.1)], max(1.5, wide * 0.03))
        return top - wide * 1.1
    sheet.rect(left + wide * 0.1, top - wide * 0.12, right - wide * 0.3, top)
    return top - wide * 0.12


def _rank(canvas: Canvas, base: float, low: float, high: float, wide: float, tone: str, fog: str, share: float) -> None:
    """Paint one rank of towers that fades into the mist at its foot."""
    x = -60.0 - wide * canvas.rng.random()
    while x < 1830:
        width = wide * canvas.rng.uniform(0.6, 1.25)
        peak = np.exp(-(((x - 1020) / 620) ** 2))
        tall = low + (high - low) * (0.25 + 0.75 * peak) * canvas.rng.uniform(0.45, 1.0)
        top = base - tall
        sheet = canvas.stencil()
        sheet.rect(x, top, x + width, base + 200)
        tip = _crown(sheet, int(canvas.rng.integers(7)), x, top, x + width)
        canvas.paint(sheet, canvas.down(top - 40, base + 40, [(0, tone), (0.45, tone), (1, fog)]))
        side = Stencil(1800, 1200).rect(x + width * 0.62, top, x + width, base + 200)
        canvas.paint(side, "#1d3a3e", np.asarray(0.14 * smoothstep(base + 40, top, canvas.ys), np.float32))
        if share > 0:
            rows, cols = max(3, int(tall / 21)), max(3, int(width / 13))
            glowing = canvas.pixels.copy()
            lit_windows(canvas, x + 5, top + 8, x + width - 5, base, cols, rows, share, ["#ffd996", "#f6b866", "#fff1cc"], "#2f5257", 0.52)
            fade = np.asarray(smoothstep(base - 10, base - tall * 0.75, canvas.ys), np.float32)
            canvas.pixels[:] = glowing + (canvas.pixels - glowing) * (0.2 + 0.75 * fade)[..., None]
            if tip < top - 40:
                canvas.glow(x + width / 2, tip, 14, "#ff6a50", 0.9)
        x += width + wide * canvas.rng.uniform(0.1, 0.9)


def mist_tower_city() -> Canvas:
    """Draw the towers of a large city that stand out of morning mist."""
    canvas = Canvas(1800, 1200, 139)
    sky(canvas, [(0, "#6d9a9a"), (0.4, "#a9c3b3"), (0.75, "#ecdcb4"), (1, "#f6e6c0")], 900, 0.07)
    clouds(canvas, 0, 460, [(0, "#8fb0a8"), (1, "#f6ecce")], 4, 0.44, (760, 80), 0.6, 0.14)
    sun(canvas, 1245, 300, 74, "#fff6dc", "#fff0c4", 0.55)
    layer(canvas, hills(canvas, 780, 300, 560, 3, 0.5), [(0, "#a5bfb0"), (1, "#e2dcba")], 260)
    ranks = (
        (800.0, 60.0, 420.0, 56.0, "#9db8ab", "#e3dcbc", 0.0, 110.0, 0.95),
        (880.0, 90.0, 590.0, 74.0, "#7a9f98", "#d9d8bb", 0.0, 120.0, 0.9),
        (960.0, 120.0, 720.0, 94.0, "#52807f", "#c3cdb5", 0.10, 120.0, 0.85),
        (1050.0, 130.0, 640.0, 112.0, "#2f5f63", "#9db5a6", 0.22, 110.0, 0.8),
    )
    for index, (base, low, high, wide, tone, fog, share, thick, veil) in enumerate(ranks):
        _rank(canvas, base, low, high, wide, tone, fog, share)
        mist(canvas, base + 10, thick, "#efe6c6", veil, 10 + index)
    _rank(canvas, 1230, 60, 250, 150, "#173f46", "#24545a", 0.3)
    _roofs(canvas)
    birds(canvas, [(420, 350), (470, 322), (530, 360), (380, 390)], 15, "#35595c", 0.8)
    return canvas


def _roofs(canvas: Canvas) -> None:
    """Lay the tiled roofs of an old quarter along the lower edge."""
    x = -120.0
    while x < 1850:
        wide = canvas.rng.uniform(150, 260)
        y = canvas.rng.uniform(1085, 1150)
        eaves = [(x - 26, y + 44), (x - 6, y + 30), (x + wide * 0.2, y), (x + wide * 0.8, y), (x + wide + 6, y + 30), (x + wide + 26, y + 44)]
        canvas.paint(canvas.stencil().rect(x + 6, y + 40, x + wide - 6, 1210), "#0c2a31")
        canvas.polygon(eaves, canvas.down(y, y + 46, [(0, "#1f4a50"), (1, "#0a2329")]))
        tiles = canvas.stencil()
        for k in range(14):
            t = k / 13
            tiles.line([(x + wide * (0.2 + 0.6 * t), y + 2), (x - 14 + (wide + 28) * t, y + 42)], 1.2)
        canvas.paint(tiles, "#5d8c88", 0.35)
        canvas.line([(x + wide * 0.2 - 6, y), (x + wide * 0.8 + 6, y)], 4, "#7fa8a0", 0.7)
        for px in np.arange(x + 24, x + wide - 30, 42):
            if canvas.rng.random() < 0.6:
                canvas.paint(canvas.stencil().rect(px, y + 62, px + 22, y + 92), "#ffc873")
                canvas.glow(px + 11, y + 76, 26, "#ffb45c", 0.45)
        x += wide + canvas.rng.uniform(10, 60)


def _boat(canvas: Canvas, x: float, y: float, size: float, tone: str) -> None:
    """Paint a long canoe with a boatman who stands and poles it."""
    sheet = canvas.stencil()
    sheet.polygon([(x - size, y - size * 0.13), (x - size * 0.7, y - size * 0.02), (x + size * 0.7, y - size * 0.02), (x + size, y - size * 0.17), (x + size * 0.72, y + size * 0.075), (x - size * 0.7, y + size * 0.075)])
    foot_x, foot_y = x - size * 0.62, y - size * 0.02
    tall = size * 0.62
    sheet.polygon([(foot_x - tall * 0.09, foot_y), (foot_x - tall * 0.11, foot_y - tall * 0.5), (foot_x - tall * 0.13, foot_y - tall * 0.82), (foot_x + tall * 0.13, foot_y - tall * 0.82), (foot_x + tall * 0.1, foot_y - tall * 0.45), (foot_x + tall * 0.1, foot_y)])
    sheet.disc(foot_x + tall * 0.02, foot_y - tall * 0.93, tall * 0.085, tall * 0.1)
    sheet.polygon([(foot_x - tall * 0.2, foot_y - tall * 0.95), (foot_x + tall * 0.24, foot_y - tall * 0.95), (foot_x + tall * 0.02, foot_y - tall * 1.1)])
    sheet.line([(foot_x + tall * 0.08, foot_y - tall * 0.74), (foot_x + tall * 0.4, foot_y - tall * 0.6)], tall * 0.075)
    sheet.line([(foot_x + tall * 0.62, foot_y - tall * 1.35), (foot_x + tall * 0.2, y + size * 0.5)], max(1.5, size * 0.014))
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
    for base, low, high, step, tone in ((water, 30, 120, 34, "#aeb488"), (water + 2, 20, 230, 46, "#7f9679"), (water + 4, 20, 170, 60, "#557a6c")):
        x = 420.0 + step
        sheet = canvas.stencil()
        while x < 1830:
            peak = 0.25 + 0.75 * np.exp(-(((x - 1380) / 330) ** 2))
            tall = low + (high - low) * peak * canvas.rng.uniform(0.35, 1.25)
            width = step * canvas.rng.uniform(0.5, 1.0)
            sheet.rect(x, base - tall, x + width, base)
            if canvas.rng.random() < 0.4:
                _crown(sheet, int(canvas.rng.integers(7)), x, base - tall, x + width)
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
    for x, y, size, tone in ((980, 800, 74, "#4d6c5f"), (1240, 860, 104, "#35564f"), (690, 960, 170, "#1d403f"), (1500, 1060, 150, "#173836")):
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
        piers.polygon([(x - 30 * scale, y), (x + 30 * scale, y), (x + 9 * scale, y + 24 * scale), (x - 9 * scale, y + 24 * scale)])
        x += 104 * scale + 6
    shade = canvas.across(0, 1500, [(0, "#3f6662"), (0.5, "#7d9479"), (1, "#d9c78c")])
    canvas.paint(piers, shade)
    deck = canvas.stencil().polygon(ribbon([(px, py - 6) for px, py in path], [26, 20, 12, 6, 2]))
    canvas.paint(deck, shade)
    canvas.line([(px, py - 19 * s) for (px, py), s in zip(path, [1, 0.8, 0.5, 0.28, 0.12], strict=True)], 2, "#fff0c0", 0.8)
    lamps = canvas.stencil()
    for x in np.geomspace(70, 1300, 15):
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
        canvas.paint(canvas.stencil().rect(x - wide / 2, base - tall, x + wide / 2, base), canvas.across(x - wide / 2, x + wide / 2, [(0, tone), (1, "#e0bd7c")]))
        canvas.polygon([(x - wide * 0.62, base - tall + 6), (x - wide * 0.3, base - tall - 30), (x + wide * 0.3, base - tall - 30), (x + wide * 0.62, base - tall + 6)], "#4a5a52")
        canvas.line([(x - wide * 0.3, base - tall - 30), (x + wide * 0.3, base - tall - 30)], 2, "#ffe9b4", 0.8)
        canvas.paint(canvas.stencil().rect(x - wide * 0.1, base - tall * 0.7, x + wide * 0.12, base), "#2a3f3c")
        canvas.paint(canvas.stencil().rect(x - wide * 0.7, base - 3, x + wide * 0.7, base + 5), "#3d4f48")
