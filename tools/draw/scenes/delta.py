"""A river delta from straight above."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, noise, sample, smoothstep
from ..stencil import Stencil, ribbon
from ..terrain import blur, posterise

HEIGHT, WIDTH = 1200, 1800


def _branch(sheet: Stencil, rng: np.random.Generator, x: float, y: float, turn: float, width: float, left: int) -> None:
    """Draw one channel of a delta and the channels it splits into."""
    length = (190 + 130 * rng.random()) * (0.8 + 0.06 * left)
    end_x, end_y = x + np.sin(turn) * length, y + np.cos(turn) * length
    middle = ((x + end_x) / 2 + rng.normal(0, 22), (y + end_y) / 2)
    sheet.polygon(ribbon([(x, y), middle, (end_x, end_y)], [width, width * 0.93, width * 0.86]))
    sheet.disc(end_x, end_y, width * 0.43)
    if left == 0 or end_y > 1500:
        return
    split = 0.3 + 0.26 * rng.random()
    share = 0.5 + 0.3 * (rng.random() - 0.5)
    _branch(sheet, rng, end_x, end_y, turn * 0.82 - split * (1 - share) * 1.5, width * np.sqrt(share) * 0.93, left - 1)
    if rng.random() < 0.97:
        _branch(
            sheet, rng, end_x, end_y, turn * 0.82 + split * share * 1.5, width * np.sqrt(1 - share) * 0.93, left - 1
        )


def _creeks(rng: np.random.Generator) -> Array:
    """The delta's channels, drawn straight, on a sheet larger than the picture."""
    sheet = Stencil(2200, 1500)
    sheet.polygon(ribbon([(1240, -20), (1180, 70), (1200, 170), (1120, 270)], [74, 70, 72, 66]))
    _branch(sheet, rng, 1120, 262, -0.12, 60, 7)
    _branch(sheet, rng, 1150, 225, 0.5, 40, 6)
    _branch(sheet, rng, 1160, 200, -0.6, 40, 6)
    _branch(sheet, rng, 1170, 150, 0.98, 26, 6)
    _branch(sheet, rng, 1170, 130, -1.08, 26, 6)
    return sheet.full()


def _plots(near: Array) -> Array:
    """Small field tones that fade out away from the channels."""
    warp = (fbm(HEIGHT, WIDTH, 300, 300, 71, 2) - 0.5) * 260
    grid_x = np.arange(WIDTH, dtype=np.float32)[None, :] * 0.8 + np.arange(HEIGHT, dtype=np.float32)[:, None] * 0.35
    grid_y = np.arange(HEIGHT, dtype=np.float32)[:, None] * 0.9 - np.arange(WIDTH, dtype=np.float32)[None, :] * 0.3
    u, v = np.floor((grid_x + warp) / 21), np.floor((grid_y - warp) / 12)
    key = (u.astype(np.int64) * 7349 + v.astype(np.int64) * 9151) % 2048
    tones = np.random.default_rng(4).random(2048, dtype=np.float32)[key]
    return np.asarray((tones - 0.5) * smoothstep(0.03, 0.2, near), np.float32)


def river_delta() -> Canvas:
    """Draw a branching delta and the sediment it carries into the sea."""
    canvas = Canvas(WIDTH, HEIGHT, 61)
    wriggle = (noise(HEIGHT, WIDTH, 46, 46, 5) - 0.5) * 22
    bend_x = (fbm(HEIGHT, WIDTH, 240, 240, 3, 4) - 0.5) * 150 + wriggle
    bend_y = (fbm(HEIGHT, WIDTH, 240, 240, 13, 4) - 0.5) * 130
    at_x = np.asarray(canvas.xs + 250 + bend_x, np.float32)
    at_y = np.asarray(canvas.ys + 70 + bend_y, np.float32)
    channels = sample(_creeks(np.random.default_rng(27)), at_x, at_y)
    reach = np.hypot((at_x - 1130) * 0.8, at_y - 120)
    coast = reach - 890 + (fbm(HEIGHT, WIDTH, 130, 130, 23, 6) - 0.5) * 120
    near = blur(channels, 34)
    lobes = np.asarray(coast - 210 * smoothstep(0.02, 0.5, blur(channels, 60)), np.float32)
    sea = smoothstep(-2, 2, lobes)
    swirl = fbm(HEIGHT, WIDTH, 170, 120, 33, 6)
    murk = np.exp(-np.maximum(lobes, 0) / (70 + 190 * swirl)) + 0.35 * (swirl - 0.5)
    tones = posterise(np.asarray(np.clip(0.86 * murk + 0.1, 0, 1), np.float32), 11, 0.35)
    water = ramp(tones, [(0, "#0a2d40"), (0.25, "#11535f"), (0.5, "#3d8c80"), (0.75, "#9fb386"), (1, "#dcc08a")])
    wet = np.clip(0.1 + near * 2.3 + 0.75 * (fbm(HEIGHT, WIDTH, 120, 120, 43, 6) - 0.42) + 0.3 * _plots(near), 0, 1)
    land = ramp(
        posterise(np.asarray(wet, np.float32), 12, 0.3),
        [(0, "#d0a468"), (0.22, "#b79357"), (0.42, "#88884d"), (0.66, "#4c6f4b"), (1, "#1f483f")],
    )
    marsh = np.exp(-np.abs(lobes + 28) / 46) * smoothstep(0.46, 0.56, fbm(HEIGHT, WIDTH, 30, 30, 63, 5))
    land += (np.array([0.2, 0.47, 0.46]) - land) * (0.8 * marsh)[..., None]
    banks = smoothstep(0.04, 0.4, blur(channels, 6))
    land += (np.array([0.93, 0.82, 0.58]) - land) * (0.5 * banks)[..., None]
    silt = ramp(
        reach / 1000 + 0.1 * (swirl - 0.5), [(0, "#1b5663"), (0.5, "#2b7777"), (0.8, "#7da88c"), (1, "#c9bf86")]
    )
    land += (silt - land) * smoothstep(0.2, 0.7, channels)[..., None]
    surf = np.exp(-((lobes / 2.6) ** 2)) * (1 - smoothstep(0.05, 0.3, near))
    canvas.pixels[:] = land + (water - land) * sea[..., None]
    canvas.paint(np.asarray(surf, np.float32), "#f6e8c4", 0.7)
    canvas.wash(canvas.slant((0, 0), (1100, 900), [(0, "#4a341a"), (1, "#000000")]), 0.7, "screen")
    return canvas
