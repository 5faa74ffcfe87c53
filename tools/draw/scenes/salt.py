"""Dry land: brine ponds and solar fields."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, ridged, smoothstep
from ..scenery import clouds, mist, sky
from ..stencil import Stencil
from ..terrain import Camera, blur, cast_shadow, hillshade, look, posterise

WIDE, DEEP = 3400, 2300
BRINE = [(0.0, "#0d4f66"), (0.25, "#127f86"), (0.45, "#3fb3a2"), (0.62, "#a5d3a4"), (0.8, "#efe38a"), (1.0, "#f6ecc9")]


def _volcanoes() -> Array:
    """A height map that is flat in front and rises to volcanoes at the far edge."""
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    heights = 60 * smoothstep(1500, 2250, z + 0 * x) * fbm(DEEP, WIDE, 400, 300, 3, 6)
    for east, depth, reach, tall in (
        (760, 1960, 330, 330),
        (1330, 2090, 260, 190),
        (2250, 1900, 400, 270),
        (2850, 2040, 330, 300),
    ):
        away = np.hypot(x - east, z - depth) / reach
        cone = tall * np.exp(-1.9 * away**1.15) * (1 - 0.25 * np.exp(-((away / 0.09) ** 2)))
        heights = heights + cone * (0.84 + 0.3 * ridged(DEEP, WIDE, 90, 140, int(east)))
    return np.asarray(heights * smoothstep(1380, 1620, z), np.float32)


def _ponds(ground: Array, rng: np.random.Generator) -> None:
    """Paint a slanting grid of ponds, from fresh brine to salt, into the colour map."""
    slant, step_x, step_z = 0.3, 118.0, 104.0
    for row in range(10):
        for column in range(-14, 12):
            depth = 300 + row * step_z
            east = WIDE / 2 + 40 + column * step_x + depth * slant - 300
            if abs(column + 0.5 * row - 1) > 12 - 0.3 * row or (column % 5 == 4 and row % 4 == 3):
                continue
            gap = 22 if row % 3 == 0 else 6
            corners = [(east, depth + gap), (east + step_x - 6 - 12 * (column % 4 == 0), depth + gap)]
            corners += [
                (x + slant * (step_z - gap), depth + step_z) for x in (east + step_x - 6 - 12 * (column % 4 == 0), east)
            ]
            left, top = int(min(x for x, _ in corners)) - 8, int(depth) - 8
            sheet = Stencil(int(step_x + slant * step_z) + 26, int(step_z) + 20, left, top)
            mask = sheet.polygon(corners).full()
            age = np.clip(0.42 + 0.05 * column + 0.035 * row + rng.normal(0, 0.17), 0, 0.92)
            tint = ramp(np.full(mask.shape, age) + (mask - blur(mask, 9)) * 0.3, BRINE)
            area = ground[top : top + mask.shape[0], left : left + mask.shape[1]]
            mask = mask[: area.shape[0], : area.shape[1], None]
            area += (tint[: area.shape[0], : area.shape[1]] - area) * mask


def lithium_ponds() -> Canvas:
    """Draw evaporation ponds on a salt flat below volcanoes."""
    canvas = Canvas(1800, 1200, 41)
    sky(canvas, [(0, "#6f93ab"), (0.5, "#b7c4c4"), (0.85, "#ecd6bd"), (1, "#f5dfc2")], 330, 0.06)
    clouds(canvas, 0, 260, [(0, "#c8bdb8"), (1, "#fdf1e0")], 2, 0.42, (700, 60), 0.7, 0.14)
    heights = _volcanoes()
    sunlight = cast_shadow(heights, 0.5, False) * hillshade(heights, (0.85, 0.7, -0.4), 1.3)
    tone = posterise(np.clip(sunlight * 1.2, 0, 1), 4)
    rock = ramp(tone, [(0, "#5d5770"), (0.4, "#8d6f73"), (0.8, "#c79a7f"), (1, "#e0b893")])
    snow = smoothstep(185, 215, heights + 60 * (fbm(DEEP, WIDE, 50, 50, 8, 5) - 0.5))
    rock += (ramp(tone, [(0, "#9ba2bd"), (1, "#fff6ea")]) - rock) * snow[..., None]
    crust = fbm(DEEP, WIDE, 220, 90, 12, 6)
    salt = ramp(posterise(crust, 6), [(0, "#d6cbb9"), (0.5, "#ece3d2"), (1, "#f8f2e4")])
    ground = np.asarray(salt + (rock - salt) * smoothstep(2, 26, heights)[..., None], np.float32)
    _ponds(ground, canvas.rng)
    camera = Camera(WIDE / 2, 285, 290, 1180, near=260)
    view = look(canvas, heights, camera)
    colours = view.drape(ground)
    haze = smoothstep(500, 2300, view.distance()) * 0.42
    colours += (np.array([0.95, 0.86, 0.77], np.float32) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    mist(canvas, 372, 26, "#f8e6cf", 0.7, 4)
    for row, (depth, east) in enumerate(((612, 1840), (612, 1400), (924, 1560))):
        for k in range(7 - row):
            _salt_heap(canvas, camera, east + 34 * k, depth + 9, 13 - 1.4 * (k % 3))
    for depth in (310, 622, 934):
        start = camera.project(WIDE / 2 - 1500, depth, 3)
        end = camera.project(WIDE / 2 + 1500, depth, 3)
        canvas.line([start, end], max(1.0, 900 / depth), "#8d8474", 0.55)
    return canvas


def _salt_heap(canvas: Canvas, camera: Camera, east: float, depth: float, size: float) -> None:
    """Paint a cone of harvested salt with a shaded side and a shadow."""
    left, right = camera.project(east - size, depth), camera.project(east + size, depth)
    tip = camera.project(east + size * 0.1, depth, size * 0.8)
    foot = camera.project(east - size * 0.25, depth - size * 0.4)
    canvas.polygon([left, foot, (left[0] - (right[0] - left[0]) * 0.55, left[1] + 3)], "#a89f97", 0.7)
    canvas.polygon([left, tip, right, foot], "#fffaf0")
    canvas.polygon([left, tip, foot], "#b9b3ba")
