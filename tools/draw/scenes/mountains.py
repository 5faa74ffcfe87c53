"""High country: passes and gorges."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, mix, ramp
from ..noise import fbm, ridged, smoothstep
from ..scenery import clouds, hills, layer, rays, sky
from ..stencil import Point, Stencil, curve
from ..terrain import Camera, blur, cast_shadow, hillshade, look, posterise

WIDE, DEEP, UNIT = 3000, 2000, 1.25


def _pass_road() -> list[Point]:
    """The hairpins that climb from the valley to the saddle, in map pixels."""
    bends = [(900, 60), (880, 170), (760, 260), (640, 330), (690, 385), (880, 395), (1000, 430), (960, 490)]
    bends += [(780, 500), (640, 545), (670, 605), (830, 615), (955, 655), (925, 712), (780, 722), (690, 765)]
    bends += [(715, 815), (830, 830), (905, 868), (870, 920), (790, 950), (775, 1010), (800, 1100), (800, 1200)]
    return curve([((x - 800) * UNIT + WIDE / 2, y * UNIT) for x, y in bends], 14)


def _pass_heights(road: Array) -> Array:
    """The height map of a headwall between two rocky flanks, levelled along the road."""
    x = (np.arange(WIDE, dtype=np.float32)[None, :] - WIDE / 2) / UNIT + 800
    z = np.arange(DEEP, dtype=np.float32)[:, None] / UNIT
    headwall = 330 * smoothstep(150, 1060, z + 0 * x) - 160 * smoothstep(1060, 1500, z + 0 * x)
    away = np.abs(x - 810 - 60 * np.sin(z / 190))
    flank = smoothstep(190, 720, away + 130 * (fbm(DEEP, WIDE, 350, 350, 5, 5) - 0.5))
    rock = ridged(DEEP, WIDE, 540, 540, 24)
    spurs = ridged(DEEP, WIDE, 250, 430, 77)
    heights = headwall + flank * (60 + 660 * rock * smoothstep(60, 800, z) + 120 * spurs)
    heights = (heights + 34 * ridged(DEEP, WIDE, 180, 180, 9)) * UNIT
    level = smoothstep(0, 0.5, blur(road, 13))
    return np.asarray(heights + (blur(heights, 40) - heights) * level, np.float32)


def mountain_pass() -> Canvas:
    """Draw a road that climbs in hairpins to a snowy pass."""
    canvas = Canvas(1800, 1200, 23)
    sky(canvas, [(0, "#2f5f86"), (0.45, "#7fa9bd"), (0.8, "#e7d9c0"), (1, "#f6e3c4")], 520, 0.08)
    clouds(canvas, 20, 420, [(0, "#b9c3c9"), (1, "#fff6e6")], 3, 0.43, (620, 90), 0.85, 0.12)
    for index, (base, rise, shade) in enumerate(((430, 260, "#b5c3cb"), (440, 190, "#93a9b8"))):
        layer(canvas, hills(canvas, base, rise, 420, index, 0.56), [(0, shade), (1, "#e3dccf")], 240)
    path = _pass_road()
    narrow = Stencil(WIDE, DEEP).line(path, 12).full()
    heights = _pass_heights(Stencil(WIDE, DEEP).line(path, 38).full())
    wall = np.roll(narrow, -10, axis=0)
    light = hillshade(heights, (-0.9, 0.7, -0.45), 1.2)
    sunlight = cast_shadow(heights, 0.78, soft=5) * light
    bounce = hillshade(heights, (0.6, 0.6, -0.8), 1.2)
    tone = posterise(np.clip(sunlight + 0.34 * bounce * (1 - 0.6 * sunlight), 0, 1), 5, 0.22)
    rough = fbm(DEEP, WIDE, 90, 90, 33, 6)
    snow = smoothstep(0.46, 0.54, (heights / UNIT - 400) / 420 + 0.5 + (rough - 0.5) * 0.55 + (light - 0.55) * 0.25)
    meadow = ramp(tone, [(0, "#24405a"), (0.35, "#3d5a5c"), (0.65, "#7f8350"), (1, "#c8b365")])
    rock = ramp(tone, [(0, "#27415f"), (0.4, "#54627a"), (0.75, "#a6937f"), (1, "#d8bd97")])
    white = ramp(tone, [(0, "#5878a3"), (0.4, "#8ea9c8"), (0.75, "#efe6da"), (1, "#fffaf0")])
    woods = smoothstep(0.5, 0.56, fbm(DEEP, WIDE, 130, 130, 51, 6)) * smoothstep(330, 230, heights / UNIT)
    trees = ramp(
        np.clip(tone * (0.45 + 0.75 * fbm(DEEP, WIDE, 7, 7, 53, 2)), 0, 1),
        [(0, "#1b3347"), (0.45, "#2c5048"), (1, "#6d8348")],
    )
    meadow += (trees - meadow) * (0.92 * woods * (1 - Stencil(WIDE, DEEP).line(path, 52).full()))[..., None]
    meadow *= (0.9 + 0.2 * fbm(DEEP, WIDE, 40, 90, 57, 5))[..., None]
    bare = smoothstep(0.38, 0.5, (heights / UNIT - 330) / 460 + 0.4 + (fbm(DEEP, WIDE, 60, 60, 41, 5) - 0.5) * 0.6)
    ground = meadow + (rock - meadow) * bare[..., None]
    ground += (white - ground) * snow[..., None]
    ground += (np.array([0.13, 0.2, 0.28]) - ground) * (wall * 0.75)[..., None]
    lit = 0.55 + 0.45 * tone[..., None]
    ground += (np.array([0.97, 0.9, 0.78]) * lit - ground) * narrow[..., None]
    camera = Camera(WIDE / 2, 560 * UNIT, 205, 1250, near=240)
    view = look(canvas, heights, camera)
    haze = smoothstep(400, 2100, view.distance()) * 0.5
    seen = view.drape(np.asarray(ground, np.float32))
    seen += (np.asarray(mix("#d9dfe0", "#f3dfc0", 0.35)) - seen) * haze[..., None]
    canvas.paint(view.cover(), seen)
    rays(canvas, -120, -160, "#ffe9c4", 0.28, 4, 1100)
    return canvas
