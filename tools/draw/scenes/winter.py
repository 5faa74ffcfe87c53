"""A checkpoint in the snow."""

import numpy as np

from ..canvas import Canvas
from ..noise import line_noise, smoothstep
from ..scenery import below, hills, layer, mist, shade, sky
from ..stencil import Point
from ..trees import conifer


def _forest(canvas: Canvas, base: float, size: float, colour: str, snow: str, gap: tuple[float, float]) -> None:
    """Paint a row of snow-laden spruces that leaves the road open."""
    trees, caps = canvas.stencil(), canvas.stencil()
    x = -60.0
    while x < 1860:
        x += size * canvas.rng.uniform(0.12, 0.3)
        if gap[0] < x < gap[1]:
            continue
        height = size * canvas.rng.uniform(0.7, 1.3)
        conifer(trees, x, base + canvas.rng.uniform(-4, 10), height, canvas.rng, 0.2)
        for tier in range(5):
            y = base - height * (0.86 - 0.17 * tier)
            reach = height * 0.045 * (tier + 1) * canvas.rng.uniform(0.7, 1.1)
            shift = canvas.rng.uniform(-0.5, 0.2) * reach
            caps.polygon(
                [
                    (x + shift - reach, y + reach * 0.5),
                    (x + shift, y - reach * 0.42),
                    (x + shift + reach * 0.8, y + reach * 0.42),
                    (x + shift + reach * 0.2, y + reach * 0.22),
                ]
            )
    canvas.paint(trees, colour)
    canvas.paint(np.asarray(caps.full() * trees.full(), np.float32), snow, 0.85)


def snow_checkpoint() -> Canvas:
    """Draw a lowered barrier and a lit guard booth on a snowy road at dusk."""
    canvas = Canvas(1800, 1200, 107)
    sky(canvas, [(0, "#1f2a4a"), (0.45, "#43527c"), (0.8, "#8a86a5"), (1, "#c9a9ac")], 640, 0.1)
    layer(canvas, hills(canvas, 640, 190, 560, 2, 0.5), [(0, "#6d7496"), (1, "#b0a3b3")], 200)
    _forest(canvas, 668, 130, "#4b5679", "#a4abc6", (830, 1010))
    mist(canvas, 655, 60, "#b6a9ba", 0.6, 4)
    _forest(canvas, 700, 220, "#313d60", "#8f9abd", (760, 1120))
    mist(canvas, 700, 60, "#a59fb8", 0.45, 5)
    _forest(canvas, 748, 370, "#1c2746", "#7986b0", (520, 1420))
    ground = 690 + 22 * line_noise(1800, 420, 3)
    canvas.paint(below(canvas, ground), canvas.down(680, 1200, [(0, "#a7a6c2"), (0.3, "#8f98c0"), (1, "#4d5c8c")]))
    drift = canvas.fbm(380, 60, 9, 5)
    shade(canvas, below(canvas, ground), "#d9dcee", smoothstep(0.5, 0.75, drift) * 0.7, 3)
    shade(canvas, below(canvas, ground), "#3e4c7c", smoothstep(0.54, 0.3, drift) * 0.5, 4)
    road = [(935, 682), (965, 682), (1500, 1210), (250, 1210)]
    canvas.polygon(road, canvas.down(682, 1200, [(0, "#b9b2c6"), (0.4, "#6f7399"), (1, "#3a4468")]))
    for left, right in ((0.2, 0.27), (0.3, 0.35), (0.62, 0.68), (0.73, 0.8)):
        low, high = [250 + 1250 * s for s in (left, right)], [935 + 30 * s for s in (left, right)]
        track = canvas.stencil().polygon([(high[0], 682), (high[1], 682), (low[1], 1210), (low[0], 1210)])
        canvas.paint(track, "#232c4c", np.asarray(0.35 + 0.4 * canvas.fbm(30, 60, 12, 3), np.float32))
    _car(canvas)
    _lamp(canvas, 1310, 905, 640)
    _booth(canvas)
    _barrier(canvas)
    for count, small, large, strength in ((650, 0.7, 1.5, 0.55), (240, 1.6, 3.0, 0.7), (46, 3.6, 6.5, 0.4)):
        flakes = canvas.stencil()
        for _ in range(count):
            flakes.disc(canvas.rng.uniform(0, 1800), canvas.rng.uniform(0, 1200), canvas.rng.uniform(small, large))
        mask = flakes.full()
        canvas.paint(canvas.blurred(mask, 1.8) if small > 3 else mask, "#f3f1f6", strength)
    return canvas


def _car(canvas: Canvas) -> None:
    """Let a lorry wait beyond the barrier with its headlamps on."""
    canvas.paint(canvas.stencil().round_rect(873, 598, 969, 706, 6), "#27304f")
    canvas.paint(canvas.stencil().rect(884, 640, 958, 672), "#5b6488")
    canvas.paint(canvas.stencil().rect(882, 706, 902, 720).rect(940, 706, 960, 720), "#141a30")
    for x in (889, 953):
        canvas.glow(x, 692, 70, "#ffe2a6", 0.95)
        canvas.glow(x, 692, 190, "#ffcf8a", 0.35, 1.3)
        canvas.paint(canvas.stencil().disc(x, 692, 8), "#fffbe8")
        beam = canvas.stencil().polygon(
            [(x - 8, 696), (x + 8, 696), (x + (x - 921) * 2.2 + 95, 900), (x + (x - 921) * 2.2 - 95, 900)]
        )
        fade = np.clip(1 - (canvas.ys - 696) / 210, 0, 1) + 0 * canvas.xs
        canvas.paint(canvas.blurred(beam.full(), 14), "#ffdc9c", np.asarray(0.42 * fade, np.float32), "screen")


def _lamp(canvas: Canvas, x: float, base: float, tall: float) -> None:
    """Set a street lamp with a cone of light."""
    top = base - tall
    canvas.line([(x, base), (x, top + 30), (x - 26, top), (x - 120, top - 8)], 8, "#141c34")
    head = x - 132
    cone = canvas.stencil().polygon(
        [(head - 22, top + 4), (head + 22, top + 4), (head + 380, base + 90), (head - 380, base + 90)]
    )
    fade = np.clip(1 - (canvas.ys - top) / (tall + 120), 0, 1) ** 0.8 + 0 * canvas.xs
    canvas.paint(canvas.blurred(cone.full(), 22), "#ffbf6b", np.asarray(0.38 * fade, np.float32), "screen")
    canvas.glow(head, base + 60, 330, "#ffb861", 0.5, 3.0)
    canvas.paint(canvas.stencil().round_rect(head - 34, top - 12, head + 34, top + 4, 6), "#141c34")
    canvas.glow(head, top + 6, 60, "#ffd58c", 1.0)
    canvas.paint(canvas.stencil().disc(head, top + 4, 20, 6), "#fff6dc")


def _booth(canvas: Canvas) -> None:
    """Build the guard booth with its lit window and a cap of snow."""
    canvas.paint(
        canvas.stencil().rect(1392, 640, 1652, 968),
        canvas.across(1392, 1652, [(0, "#33406a"), (0.62, "#2b365c"), (0.63, "#1b2443"), (1, "#151d38")]),
    )
    canvas.paint(canvas.stencil().rect(1392, 850, 1556, 880), "#a53b36")
    canvas.paint(canvas.stencil().rect(1392, 880, 1556, 896), "#e9e4e4", 0.9)
    canvas.paint(canvas.stencil().rect(1416, 700, 1536, 812), "#ffc877")
    canvas.paint(
        canvas.stencil().rect(1416, 700, 1536, 812), canvas.down(700, 812, [(0, "#fff0c4"), (1, "#e8933f")]), 0.8
    )
    figure = canvas.stencil().disc(1500, 760, 17).round_rect(1474, 777, 1526, 830, 16).rect(1481, 742, 1519, 750)
    canvas.paint(np.asarray(figure.full() * canvas.stencil().rect(1416, 700, 1536, 812).full(), np.float32), "#3b2a35")
    frames = (
        canvas.stencil()
        .rect(1412, 696, 1540, 702)
        .rect(1412, 809, 1540, 816)
        .rect(1412, 696, 1418, 816)
        .rect(1534, 696, 1540, 816)
        .rect(1456, 700, 1460, 812)
    )
    canvas.paint(frames, "#141c34")
    canvas.paint(canvas.stencil().rect(1580, 720, 1632, 968), "#10172e")
    canvas.glow(1476, 756, 190, "#ffb45e", 0.55)
    roof = [(1360, 640), (1374, 596), (1420, 580), (1540, 574), (1650, 584), (1682, 606), (1690, 640)]
    canvas.polygon(roof, canvas.down(574, 640, [(0, "#e4e6f3"), (0.6, "#b3badb"), (1, "#6d79a8")]))
    canvas.paint(canvas.stencil().rect(1366, 636, 1686, 652), "#131a31")
    canvas.line([(1610, 585), (1610, 500)], 4, "#131a31")
    drift: list[Point] = [
        (1340, 990),
        (1400, 950),
        (1500, 962),
        (1600, 945),
        (1720, 975),
        (1800, 950),
        (1800, 1040),
        (1340, 1040),
    ]
    canvas.polygon(
        drift,
        canvas.down(940, 1040, [(0, "#c3c8e2"), (1, "#7d88b6")]),
        np.asarray(smoothstep(1040, 975, canvas.ys), np.float32),
    )


def _barrier(canvas: Canvas) -> None:
    """Lower the striped barrier across the road."""
    left, right, y = 330.0, 1368.0, 880.0
    canvas.paint(canvas.stencil().rect(1340, 838, 1384, 985), "#1a2342")
    canvas.paint(canvas.stencil().rect(1384, 856, 1470, 910), "#232e52")
    canvas.paint(canvas.stencil().rect(left - 6, 868, left + 10, 1010).rect(left - 20, 862, left + 24, 872), "#1a2342")
    count = 15
    for k in range(count):
        x0, x1 = left + (right - left) * k / count, left + (right - left) * (k + 1) / count
        canvas.polygon([(x0, y - 13), (x1, y - 13), (x1, y + 13), (x0, y + 13)], "#c33c35" if k % 2 == 0 else "#f3eeea")
    canvas.paint(canvas.stencil().rect(left, y + 3, right, y + 13), "#1a2342", 0.35)
    snow = [
        (x, y - 13 - 9 * float(v)) for x, v in zip(np.linspace(left, right, 90), line_noise(90, 14, 6), strict=True)
    ]
    canvas.polygon([*snow, (right, y - 12), (left, y - 12)], "#eceef7")
    x, top = 850.0, 880.0
    canvas.paint(canvas.stencil().disc(x, top, 44), "#f3eeea")
    canvas.paint(canvas.stencil().disc(x, top, 40), "#c33c35")
    canvas.paint(canvas.stencil().rect(x - 26, top - 7, x + 26, top + 7), "#f3eeea")
    for lamp in (left + 20, right - 30):
        canvas.paint(canvas.stencil().disc(lamp, y - 26, 8), "#ff6d57")
        canvas.glow(lamp, y - 26, 34, "#ff5a45", 0.8)
