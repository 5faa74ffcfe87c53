"""A dam in a gorge."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, ridged, smoothstep
from ..scenery import clouds, hills, layer, rays, sky
from ..stencil import Point
from ..terrain import Camera, cast_shadow, hillshade, look, posterise

WIDE, DEEP = 2800, 1900
CREST, HALF, FACE = 330.0, 430.0, 980.0


def _gorge() -> Array:
    """The height map of a gorge with stepped cliffs."""
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    course = 1400 + 60 * np.sin(z / 260) * smoothstep(900, 400, z)
    away = np.abs(x - course) + 150 * (fbm(DEEP, WIDE, 260, 260, 5, 6) - 0.5)
    wall = 470 * smoothstep(105, 560, away - 1.5 * np.maximum(620 - z, 0))
    step = wall / 58
    stepped = 58 * (np.floor(step) + smoothstep(0.5, 0.95, np.asarray(step % 1, np.float32)))
    tops = 330 * ridged(DEEP, WIDE, 520, 520, 31) * smoothstep(330, 900, away)
    return np.asarray(
        0.35 * wall + 0.65 * stepped + tops + 18 * ridged(DEEP, WIDE, 70, 90, 9) * smoothstep(90, 200, away), np.float32
    )


def _arch(share: float, height: float) -> tuple[float, float, float]:
    """A point of the dam's face as east, depth and height."""
    lean = 1 - height / CREST
    return 1400 + share * HALF * (1 - 0.42 * lean), FACE + 150 * (1 - share**2) - 46 * lean * (1 - share**2), height


def _face(canvas: Canvas, camera: Camera) -> None:
    """Paint the concrete arch with its pours, joints, crest road and lamps."""
    shares = np.linspace(-1, 1, 61)
    top = [camera.project(*_arch(s, CREST)) for s in shares]
    foot = [camera.project(*_arch(s, 0)) for s in shares[::-1]]
    left, right = top[0][0], top[-1][0]
    tones = [(0, "#6f7c88"), (0.3, "#98a0a3"), (0.62, "#d9cdb9"), (0.85, "#efdcc0"), (1, "#c4b29f")]
    body = canvas.stencil().polygon(top + foot)
    canvas.paint(body, canvas.across(left, right, tones))
    streak = smoothstep(0.5, 0.75, fbm(canvas.height, canvas.width, 16, 420, 77, 4))
    canvas.paint(body.full() * streak, "#5d6670", 0.3)
    canvas.paint(
        body, canvas.down(top[30][1], foot[30][1], [(0, "#ffffff"), (0.4, "#dfe3e6"), (1, "#6f8292")]), 0.8, "multiply"
    )
    for k in range(1, 30):
        share = -1 + 2 * k / 30
        joint = [camera.project(*_arch(share, h)) for h in np.linspace(0, CREST, 9)]
        canvas.line(joint, 1.2, "#3f4b56", 0.4)
    for h in range(24, int(CREST), 24):
        canvas.line([camera.project(*_arch(s, h)) for s in shares], 0.8, "#3f4b56", 0.28)
    for rise, tone, weight in ((3, "#37434d", 9.0), (9, "#f6e7cd", 4.0)):
        canvas.line([camera.project(*_arch(s, CREST + rise)) for s in shares], weight, tone)
    for share in (-0.34, 0.0, 0.34):
        x, y = camera.project(*_arch(share, CREST))
        canvas.paint(canvas.stencil().rect(x - 20, y - 34, x + 20, y + 4), "#4c5862")
        canvas.paint(canvas.stencil().rect(x - 24, y - 40, x + 24, y - 33), "#f0dfc4")
    for share in np.linspace(-0.95, 0.95, 21):
        x, y = camera.project(*_arch(float(share), CREST + 24))
        canvas.paint(canvas.stencil().disc(x, y, 2), "#fff2cf")
        canvas.glow(x, y, 7, "#ffd58c", 0.6)


def _jets(canvas: Canvas, camera: Camera) -> None:
    """Let three jets of water fall from the outlets in the face."""
    for share, height in ((-0.2, 175.0), (0.0, 175.0), (0.2, 175.0)):
        east, depth, _ = _arch(share, height)
        for strand in range(26):
            spread = canvas.rng.normal(0, 1)
            path: list[Point] = []
            for t in np.linspace(0, 1, 16):
                fall = height * (1 - t * t) + 6 * canvas.rng.normal(0, 0.2)
                path.append(camera.project(east + spread * (3 + 22 * t), depth - 165 * t, fall))
            canvas.line(path, 2.6 + 2 * canvas.rng.random(), "#ffffff" if strand % 3 else "#b9cdd6", 0.42)
        x, y = camera.project(*_arch(share, height + 4))
        canvas.paint(canvas.stencil().arch(x - 15, y - 9, x + 15, y + 12), "#26333d")


def dam_gorge() -> Canvas:
    """Draw an arch dam that closes a deep gorge, with water jetting from its outlets."""
    canvas = Canvas(1800, 1200, 67)
    sky(canvas, [(0, "#6d97ad"), (0.5, "#bccdc9"), (1, "#f4e0c0")], 480, 0.06)
    clouds(canvas, -80, 360, [(0, "#b9c6cb"), (1, "#fff7e8")], 6, 0.5, (420, 90), 0.85, 0.1)
    layer(canvas, hills(canvas, 470, 330, 520, 3, 0.56), [(0, "#9cb0b8"), (1, "#dfd8c8")], 300)
    heights = _gorge()
    sunlight = cast_shadow(heights, 0.9, soft=7) * hillshade(heights, (-0.9, 0.75, -0.3), 1.1)
    bounce = hillshade(heights, (0.7, 0.6, -0.7), 1.1)
    tone = posterise(np.clip(0.98 * sunlight + 0.4 * bounce, 0, 1), 6)
    layers = heights + 16 * fbm(DEEP, WIDE, 200, 200, 15, 4)
    strata = 0.1 * np.sin(layers / 8) + 0.09 * np.sign(np.sin(layers / 19 + 1)) + 0.05 * np.sin(layers / 3.1)
    rock = ramp(
        np.clip(tone * 0.95 + strata * (0.3 + tone), 0, 1),
        [(0, "#27384c"), (0.3, "#4c5666"), (0.6, "#a5785d"), (1, "#eec595")],
    )
    green = smoothstep(0.56, 0.64, fbm(DEEP, WIDE, 90, 90, 19, 6)) * smoothstep(
        0.55, 0.8, np.clip(hillshade(heights, (0, 1, 0), 1), 0, 1)
    )
    rock += (ramp(tone, [(0, "#1f3a3d"), (1, "#a5a35f")]) - rock) * green[..., None]
    foam = posterise(fbm(DEEP, WIDE, 15, 46, 23, 4) * 0.7 + 0.3 * fbm(DEEP, WIDE, 90, 200, 24, 3) - 0.05, 7)
    river = ramp(foam, [(0, "#1f4d58"), (0.45, "#36747a"), (0.7, "#7fb0ab"), (1, "#f2f5ea")])
    wet = smoothstep(13, 7, heights)
    ground = np.asarray(rock + (river - rock) * wet[..., None], np.float32)
    camera = Camera(1400, 235, 545, 1120, near=330)
    view = look(canvas, heights, camera)
    colours, away = view.drape(ground), view.distance()
    haze = smoothstep(650, 1900, away) * 0.5
    colours += (np.array([0.85, 0.86, 0.83]) - colours) * haze[..., None]
    cover = view.cover()
    canvas.paint(cover, colours)
    _face(canvas, camera)
    _jets(canvas, camera)
    share = np.clip((canvas.xs - 900) / (HALF * 1120 / FACE), -1, 1)
    front = smoothstep(6, -6, away - (FACE + 40 * (1 - share**2)))
    canvas.paint(cover * front, colours)
    _jets(canvas, camera)
    base_x, base_y = camera.project(1400, 940, 8)
    canvas.glow(base_x, base_y, 120, "#eef3ee", 0.75, 1.5)
    for spot in (-150, -60, 40, 140):
        canvas.glow(base_x + spot, base_y + 24, 60, "#eef3ee", 0.4, 1.8)
    rays(canvas, 40, -200, "#ffe7bd", 0.35, 5, 1300)
    return canvas
