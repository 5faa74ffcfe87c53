"""The sea and its edge: turbines in a storm, a fishing harbour, a cable ship."""

import numpy as np

from ..boats import trawler
from ..canvas import Canvas
from ..colour import Array, ramp, tint
from ..machines import wind_turbine
from ..noise import smoothstep
from ..scenery import birds, clouds, hills, layer, mist, rays, sky
from ..stencil import Stencil
from ..terrain import blur, posterise
from ..water import glitter, reflect, ripples, streaks

HOUSES = ["#a8402f", "#d99a3e", "#e9dcc0", "#3f6a72", "#7d2f2b", "#c46a3d", "#f0e6d2", "#53725e", "#b8563a"]


def _swell(canvas: Canvas, horizon: float, crest: str, trough: str) -> Array:
    """Paint a rough sea in flat tones and return its ripples."""
    waves = ripples(canvas, horizon, 5, 1.7)
    chop = ripples(canvas, horizon, 9, 0.6)
    near = np.clip((canvas.ys - horizon) / (canvas.height - horizon), 0, 1)
    tone = posterise(np.asarray(np.clip(0.5 + 0.8 * waves + 0.3 * chop, 0, 1), np.float32), 6, 0.3)
    sea = ramp(np.asarray(tone * (0.55 + 0.45 * near), np.float32), [(0, trough), (0.6, "#3d5f63"), (1, crest)])
    canvas.paint(np.asarray((canvas.ys > horizon) * np.ones_like(canvas.xs), np.float32), sea)
    caps = smoothstep(0.27 + 0.1 * near, 0.36 + 0.1 * near, waves + 0.35 * chop) * (canvas.ys > horizon + 4)
    canvas.paint(np.asarray(caps, np.float32), "#e8ece2", 0.8 * np.asarray(0.35 + 0.65 * near, np.float32))
    return waves


def wind_farm_storm() -> Canvas:
    """Draw offshore turbines, lit white against a squall."""
    canvas = Canvas(1800, 1200, 97)
    horizon = 812.0
    sky(
        canvas, [(0, "#1d2b36"), (0.45, "#33454f"), (0.75, "#5f7273"), (0.93, "#b9b79a"), (1, "#efdda8")], horizon, 0.12
    )
    clouds(canvas, -220, 640, [(0, "#16222c"), (0.5, "#33444d"), (1, "#7f8a88")], 2, 0.66, (620, 210), 0.95, 0.1)
    clouds(canvas, 60, 720, [(0, "#1e2d37"), (0.6, "#485a60"), (1, "#b9b5a0")], 6, 0.5, (460, 120), 0.85, 0.1)
    slope = canvas.xs + (canvas.ys - 300) * 0.5
    veil = canvas.fbm(70, 900, 12, 3)
    shaft = np.exp(-(((slope - 560) / 210) ** 2)) + 0.8 * np.exp(-(((slope - 1790) / 150) ** 2))
    rain = shaft * smoothstep(260, 520, canvas.ys) * smoothstep(0.2, 0.8, veil) * (canvas.ys < horizon)
    canvas.paint(np.asarray(rain, np.float32), "#25343d", 0.72)
    canvas.glow(1130, 790, 330, "#ffe7ae", 0.8, 1.9)
    before = canvas.pixels.copy()
    rays(canvas, 1130, 250, "#fff0c2", 0.62, 8, 520, 60)
    fan = (
        smoothstep(330, 520, canvas.ys)
        * np.exp(-(((canvas.xs - 1130) / (120 + canvas.ys * 0.45)) ** 2))
        * (canvas.ys < horizon)
    )
    canvas.pixels[:] = before + (canvas.pixels - before) * np.asarray(fan, np.float32)[..., None]
    waves = _swell(canvas, horizon, "#9fb4a8", "#13262f")
    glitter(canvas, horizon, waves, 1130, 150, "#ffe9b8", 0.8)
    rows = [
        (230, 96),
        (330, 112),
        (452, 134),
        (600, 165),
        (1690, 110),
        (1580, 140),
        (1440, 180),
        (790, 214),
        (1240, 262),
    ]
    for index, (x, size) in enumerate(sorted(rows, key=lambda item: item[1])):
        sheet = canvas.stencil()
        wind_turbine(sheet, x, horizon + 2 + size * 0.03, size, 17 + 41 * index, 0.92)
        share = size / 300
        tone = tint(share, [(0, "#a9b3ae"), (1, "#f6f1e0")])
        canvas.paint(sheet, tone)
    for x, base, size, turn, yaw in ((1560, 872, 520, 24, 0.95), (420, 930, 760, 52, 0.9)):
        sheet = canvas.stencil()
        wind_turbine(sheet, x, base, size, turn, yaw)
        shine = canvas.across(x - size * 0.03, x + size * 0.03, [(0, "#8d9b9d"), (0.55, "#fdf8e8"), (1, "#fffdf2")])
        canvas.paint(sheet, "#fbf6e6")
        tower = Stencil(1800, 1200).polygon(
            [
                (x - size * 0.022, base),
                (x - size * 0.011, base - size),
                (x + size * 0.011, base - size),
                (x + size * 0.022, base),
            ]
        )
        canvas.paint(tower, shine)
        canvas.paint(
            Stencil(1800, 1200).rect(x - size * 0.026, base - size * 0.1, x + size * 0.026, base + size * 0.03),
            "#dfae3c",
        )
        canvas.paint(
            Stencil(1800, 1200).rect(x - size * 0.05, base - size * 0.104, x + size * 0.05, base - size * 0.094),
            "#3b4a4d",
        )
        foam = np.exp(
            -(((canvas.xs - x) / (size * 0.07)) ** 2) - ((canvas.ys - base - size * 0.03) / (size * 0.012)) ** 2
        )
        canvas.paint(np.asarray(foam, np.float32), "#f2f4ea", 0.85)
    birds(canvas, [(760, 560), (820, 530), (900, 575), (980, 520)], 15, "#f2eede", 0.8)
    return canvas


def _house(canvas: Canvas, left: float, base: float, wide: float, tall: float, tone: str) -> None:
    """Paint one gabled wooden house with lit windows."""
    roof = wide * 0.5
    middle = left + wide / 2
    walls = [
        (left, base),
        (left, base - tall),
        (middle, base - tall - roof),
        (left + wide, base - tall),
        (left + wide, base),
    ]
    canvas.polygon(walls, tone)
    canvas.polygon(
        [(middle, base), (middle, base - tall - roof), (left + wide, base - tall), (left + wide, base)], "#1d2f3b", 0.16
    )
    canvas.line(
        [(left - 6, base - tall + 6), (middle, base - tall - roof), (left + wide + 6, base - tall + 6)], 7, "#2b363d"
    )
    canvas.line([(left - 6, base - tall + 2), (middle, base - tall - roof - 4)], 2.2, "#f4d8ab", 0.8)
    boards = canvas.stencil()
    for x in np.arange(left + 7, left + wide, 8):
        boards.rect(x, base - tall, x + 0.8, base)
    canvas.paint(boards, "#1c2429", 0.16)
    step = wide / 3
    for row in range(int(tall // 52)):
        for column in range(2):
            x, y = left + step * (column + 0.72), base - tall + 14 + row * 52
            canvas.paint(canvas.stencil_around([(x, y)], 50).rect(x - 3, y - 3, x + step * 0.5 + 3, y + 31), "#f5ead4")
            lit = canvas.rng.random() < 0.4
            canvas.paint(
                canvas.stencil_around([(x, y)], 50).rect(x, y, x + step * 0.5, y + 28), "#ffd27d" if lit else "#31505c"
            )
            canvas.line([(x + step * 0.25, y), (x + step * 0.25, y + 28)], 1.6, "#f5ead4")
            if lit:
                canvas.glow(x + step * 0.25, y + 14, 26, "#ffb95c", 0.35)


def fishing_harbour() -> Canvas:
    """Draw trawlers at a quay below gabled wooden houses."""
    canvas = Canvas(1800, 1200, 101)
    sky(canvas, [(0, "#4f7487"), (0.4, "#93a9a8"), (0.75, "#e5c7a0"), (1, "#f6d7a2")], 640, 0.08)
    clouds(canvas, -20, 380, [(0, "#7f9299"), (1, "#fbe3bf")], 4, 0.5, (600, 90), 0.75, 0.12)
    layer(canvas, hills(canvas, 640, 420, 640, 3, 0.55), [(0, "#7f959a"), (1, "#d9c4a3")], 330)
    layer(canvas, hills(canvas, 700, 300, 420, 6, 0.55), [(0, "#566f74"), (1, "#b9a98b")], 300)
    for row, (base, count, tall) in enumerate(((640, 11, 78), (690, 10, 104))):
        x = -40.0 + 60 * row
        for index in range(count):
            wide = 118 + 46 * canvas.rng.random()
            _house(canvas, x, base + 30, wide, tall + 50 * canvas.rng.random(), HOUSES[(index * 4 + row * 2) % 9])
            x += wide + 34 * canvas.rng.random() + (30 if row == 0 else 4)
        mist(canvas, base + 10, 60, "#f3d6aa", 0.32, 20 + row)
    canvas.paint(canvas.stencil().rect(0, 716, 1800, 774), canvas.down(716, 774, [(0, "#8d8273"), (1, "#4b4a4a")]))
    canvas.line([(0, 717), (1800, 717)], 3, "#f2dcb4", 0.8)
    for x in range(30, 1800, 96):
        canvas.paint(canvas.stencil().rect(x, 720, x + 9, 790), "#39383a")
    for x in (210, 236, 262, 224, 250, 980, 1006, 1030, 1560, 1586):
        y = 700 if x not in (224, 250) else 684
        canvas.paint(canvas.stencil().rect(x, y, x + 22, y + 16), "#b86b3c" if x % 4 else "#3f6a72")
    trawler(canvas, 60, 800, 400, "#2f5f78", "#9b3a2e", "#f1e6d2")
    trawler(canvas, 520, 798, 330, "#9b3a2e", "#20303a", "#efe3cd", True)
    trawler(canvas, 1370, 800, 410, "#3c6b5c", "#20303a", "#f2e7d3", True)
    trawler(canvas, 880, 806, 450, "#d9a441", "#7d2f2b", "#f4ead6")
    waves = reflect(canvas, 806, [(0, "#d3b68f"), (0.5, "#6f8586"), (1, "#22414d")], 0.74, 3, 30, 1.0)
    soft = np.stack([blur(canvas.pixels[808:, :, k], 2.2) for k in range(3)], axis=-1)
    canvas.pixels[808:] = soft
    streaks(canvas, 806, waves, "#1d3c48", 0.3, 0.14)
    birds(canvas, [(690, 260), (760, 215), (850, 280), (930, 240), (620, 320), (1180, 190)], 24, "#f7f1e2", 0.95)
    return canvas
