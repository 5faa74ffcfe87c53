"""A narrow sea, seen from the air."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, ridged, smoothstep
from ..scenery import clouds, mist, sky
from ..solids import tanker, wake
from ..stencil import Stencil
from ..terrain import Camera, blur, cast_shadow, hillshade, look, posterise

WIDE, DEEP = 3400, 2300
SHIPS = [
    (1610, 640, 8, 195, "#26343c"),
    (1930, 790, 189, 190, "#1f4250"),
    (1640, 1010, 6, 190, "#5b2f2a"),
    (1905, 1290, 187, 180, "#27343d"),
    (1700, 1500, 3, 180, "#20404c"),
    (1850, 1900, 184, 180, "#33424a"),
]


def _headlands() -> Array:
    """A height map, negative under water, of two capes that narrow a strait."""
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    ragged = (fbm(DEEP, WIDE, 420, 420, 5, 6) - 0.5) * 420
    left = 1130 + 330 * np.exp(-(((z - 1120) / 330) ** 2)) - 330 * np.exp(-(((z - 350) / 420) ** 2))
    right = 2330 - 330 * np.exp(-(((z - 1560) / 380) ** 2)) + 120 * np.exp(-(((z - 700) / 400) ** 2))
    inland = np.maximum(left - x, x - right) + ragged
    rock = ridged(DEEP, WIDE, 460, 460, 17)
    rise = smoothstep(-10, 560, inland)
    return np.asarray(np.where(inland > 0, 4 + rise * (70 + 400 * rock) * 0.95, inland * 0.25), np.float32)


def strait_tankers() -> Canvas:
    """Draw tankers in two lanes through a strait between bare capes."""
    canvas = Canvas(1800, 1200, 43)
    sky(canvas, [(0, "#7e8f96"), (0.4, "#c9b7a0"), (0.8, "#f3cf9c"), (1, "#fbe0b0")], 300, 0.08)
    canvas.glow(1220, 240, 260, "#ffe6b0", 0.7)
    heights = _headlands()
    land = np.maximum(heights, 0)
    sunlight = cast_shadow(land, 0.42, False, 8) * hillshade(land, (0.9, 0.62, 0.25), 1.25)
    bounce = hillshade(land, (-0.6, 0.6, -0.6), 1.25)
    tone = posterise(np.clip(sunlight * 1.1 + 0.2 * bounce, 0, 1), 5)
    rock = ramp(tone, [(0, "#4a3f4d"), (0.35, "#7b5750"), (0.7, "#c08b5f"), (1, "#eec48c")])
    ripple = fbm(DEEP, WIDE, 60, 22, 31, 5)
    swell = fbm(DEEP, WIDE, 500, 260, 35, 4)
    deep = ramp(posterise(0.6 * swell + 0.4 * ripple, 7), [(0, "#15484f"), (0.5, "#23656a"), (1, "#3f8580")])
    shallow = smoothstep(-52, 0, heights) ** 1.4
    sea = deep + (np.array([0.56, 0.77, 0.68]) - deep) * (0.75 * shallow)[..., None]
    foam = smoothstep(-5, -1, heights + 3 * (ripple - 0.5)) * (heights < 0)
    sea += (np.array([1.0, 0.95, 0.84]) - sea) * (0.85 * foam)[..., None]
    ground = np.asarray(np.where((heights > 0)[..., None], rock, sea), np.float32)
    for east, depth, heading, length, _ in SHIPS:
        turn = np.radians(heading)
        back = [
            (east + np.sin(turn) * t * length * 2.9 * 0.99, depth - np.cos(turn) * t * length * 2.9)
            for t in np.linspace(0.1, 1, 14)
        ]
        trail = Stencil(WIDE, DEEP).polygon(wake(back, length * 0.1, length * 0.36)).full()
        fade = np.exp(-np.hypot(np.arange(WIDE)[None, :] - east, np.arange(DEEP)[:, None] - depth) / (length * 1.1))
        edges = blur(trail, 5) * (1.15 - blur(trail, 22))
        ground += (np.array([0.85, 0.9, 0.82], np.float32) - ground) * np.asarray(
            (edges * 1.5 + trail * 0.2) * fade * (0.25 + 1.3 * ripple), np.float32
        )[..., None].clip(0, 0.9)
    camera = Camera(1750, 500, 235, 1150, near=300)
    view = look(canvas, land, camera)
    colours = view.drape(ground)
    away = view.distance()
    canvas_x = canvas.xs + 0 * canvas.ys
    gleam = np.exp(-(((canvas_x - 1220) / (120 + (canvas.ys - 235) * 0.28)) ** 2)) * smoothstep(300, 1500, away)
    water = 1 - smoothstep(
        0.2, 0.8, canvas.blurred(view.drape(np.repeat((heights > 0)[..., None], 3, 2).astype(np.float32))[..., 0], 1)
    )
    colours += (np.array([1.0, 0.86, 0.6]) - colours) * (0.6 * gleam * water)[..., None]
    haze = smoothstep(500, 2300, away) * 0.66
    colours += (ramp(np.clip(away / 2300, 0, 1), [(0, "#c9a98c"), (1, "#f6d5a4")]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    mist(canvas, 262, 40, "#fbe0b0", 0.75, 8)
    for ship in sorted(SHIPS, key=lambda item: -item[1]):
        tanker(canvas, camera, *ship)
    clouds(canvas, 0, 200, [(0, "#c9a48c"), (1, "#ffe9c6")], 5, 0.4, (800, 50), 0.5, 0.15)
    return canvas
