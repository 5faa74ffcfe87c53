"""A city of towers over mist."""

import numpy as np

from ..canvas import Canvas
from ..facade import lit_windows
from ..noise import smoothstep
from ..scenery import birds, clouds, hills, layer, mist, sky, sun
from ..stencil import Stencil
from ..towers import crown


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
        tip = crown(sheet, int(canvas.rng.integers(7)), x, top, x + width)
        canvas.paint(sheet, canvas.down(top - 40, base + 40, [(0, tone), (0.45, tone), (1, fog)]))
        side = Stencil(1800, 1200).rect(x + width * 0.62, top, x + width, base + 200)
        canvas.paint(side, "#1d3a3e", np.asarray(0.14 * smoothstep(base + 40, top, canvas.ys), np.float32))
        if share > 0:
            rows, cols = max(3, int(tall / 21)), max(3, int(width / 13))
            glowing = canvas.pixels.copy()
            lit_windows(
                canvas,
                x + 5,
                top + 8,
                x + width - 5,
                base,
                cols,
                rows,
                share,
                ["#ffd996", "#f6b866", "#fff1cc"],
                "#2f5257",
                0.52,
            )
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
        eaves = [
            (x - 26, y + 44),
            (x - 6, y + 30),
            (x + wide * 0.2, y),
            (x + wide * 0.8, y),
            (x + wide + 6, y + 30),
            (x + wide + 26, y + 44),
        ]
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
