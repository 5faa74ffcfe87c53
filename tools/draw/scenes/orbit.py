"""The night side of the Earth."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..noise import fbm, sample, smoothstep
from ..scenery import stars
from ..terrain import blur

WIDE, DEEP = 3600, 2200


def _land(canvas: Canvas) -> Array:
    """A height field whose positive part is land, with a ragged coast and islands."""
    y, x = np.mgrid[0:DEEP, 0:WIDE].astype(np.float32)
    coast = (
        0.62
        - (y / DEEP) * 0.55
        - 0.1 * np.sin(x / 520 + 0.6)
        + 0.16 * np.exp(-(((x - 2350) / 260) ** 2) - ((y - 1150) / 420) ** 2)
    )
    ragged = fbm(DEEP, WIDE, 620, 620, canvas.seed, 8, 0.55) - 0.5
    return np.asarray(0.46 - (1 - coast) + ragged * 0.62 + 0.1, np.float32)


def _lights(land: Array, rng: np.random.Generator) -> Array:
    """The lamps of towns, thick along the coast, and of the roads between them."""
    shore = np.exp(-np.maximum(land, 0) / 0.035) * (land > 0.004)
    weight = shore + 0.1 * smoothstep(0.0, 0.1, land)
    weight *= fbm(DEEP, WIDE, 320, 320, 71, 4) ** 3
    flat = np.cumsum(weight[::4, ::4].ravel())
    chosen = np.searchsorted(flat, rng.random(620) * flat[-1])
    rows, columns = (chosen // (WIDE // 4)) * 4.0, (chosen % (WIDE // 4)) * 4.0
    size = 1 / np.arange(1, 621) ** 0.62
    lamps = np.zeros((DEEP, WIDE), np.float32)

    def add(x: Array, y: Array, power: float) -> None:
        inside = (x >= 0) & (x < WIDE - 1) & (y >= 0) & (y < DEEP - 1)
        xi, yi = x[inside].astype(np.int32), y[inside].astype(np.int32)
        dry = land[yi, xi] > 0.002
        np.add.at(lamps, (yi[dry], xi[dry]), power)

    for x, y, power in zip(columns, rows, size, strict=True):
        count = int(2600 * power + 14)
        reach = 44 * power**0.5 + 2
        angle, away = rng.uniform(0, 2 * np.pi, count), np.abs(rng.standard_cauchy(count)).clip(0, 5) * reach * 0.5
        streets = np.where(
            rng.random(count) < 0.4, np.round(angle / (np.pi / 4)) * np.pi / 4 + rng.normal(0, 0.05, count), angle
        )
        add(x + np.cos(streets) * away, y + np.sin(streets) * away, 1.0)
    for index in range(1, 330):
        others = np.hypot(columns[:index] - columns[index], rows[:index] - rows[index])
        for other in np.argsort(others)[:2]:
            if others[other] > 430:
                continue
            t = rng.random(int(others[other] * 0.55))
            bend = np.sin(t * np.pi) * rng.normal(0, 16)
            add(
                columns[index] + (columns[other] - columns[index]) * t + bend,
                rows[index] + (rows[other] - rows[index]) * t - bend,
                0.5,
            )
    return lamps


def night_lights_coast() -> Canvas:
    """Draw the lights of a coast from orbit, under the thin arc of the air."""
    canvas = Canvas(1800, 1200, 109)
    canvas.pixels[:] = ramp(canvas.ys / 700 + 0 * canvas.xs, [(0, "#03060d"), (1, "#081322")])
    stars(canvas, 420, 520, "#dfe9f5", 0.8)
    centre_x, centre_y, radius = 820.0, 2840.0, 2480.0
    nx, ny = (canvas.xs - centre_x) / radius, (canvas.ys - centre_y) / radius
    out = np.hypot(nx, ny)
    nz = np.sqrt(np.clip(1 - out**2, 0, 1))
    tilt = np.radians(58)
    forward, up = nz * np.cos(tilt) - ny * np.sin(tilt), -ny * np.cos(tilt) - nz * np.sin(tilt)
    east, north = np.arctan2(nx, forward), np.arcsin(np.clip(up, -1, 1))
    map_x = np.asarray(WIDE / 2 + east * 2150, np.float32)
    map_y = np.asarray(DEEP * 0.62 - north * 2150, np.float32)
    land_map = _land(canvas)
    lamps = _lights(land_map, np.random.default_rng(12))
    bright = 0.8 * lamps + 1.2 * blur(lamps, 3) + 1.5 * blur(lamps, 14) + 2.4 * blur(lamps, 60)
    bright = 1 - np.exp(-0.5 * bright)
    land = sample(land_map, map_x, map_y)
    glow = sample(np.asarray(bright, np.float32), map_x, map_y)
    disc = smoothstep(1.0004, 0.9996, out)
    relief = sample(fbm(DEEP, WIDE, 160, 160, 5, 7), map_x, map_y)
    shade = np.clip(0.12 * relief + 0.14 + (land > 0) * (0.16 + 0.75 * smoothstep(0.0, 0.3, land) * relief), 0, 1)
    ground = ramp(
        np.asarray(shade, np.float32),
        [(0, "#050e1b"), (0.26, "#08182a"), (0.4, "#152a3c"), (0.7, "#23394a"), (1, "#384b57")],
    )
    shallow = np.exp(-np.abs(np.minimum(land, 0)) / 0.03) * (land < 0)
    ground += np.asarray(shallow, np.float32)[..., None] * np.array([0.01, 0.05, 0.07], np.float32)
    warm = ramp(glow, [(0, "#000000"), (0.16, "#4a2a10"), (0.4, "#b8691f"), (0.7, "#ffbe5a"), (1, "#fff4d2")])
    ground = 1 - (1 - ground) * (1 - warm)
    swirl = sample(fbm(DEEP, WIDE, 420, 300, 33, 7, 0.55), map_x + 120 * relief, map_y)
    cloud = smoothstep(0.56, 0.86, swirl)
    ground += (np.array([0.22, 0.29, 0.38]) - ground) * (0.62 * cloud)[..., None]
    canvas.paint(disc, np.asarray(ground, np.float32))
    height = (out - 1) * radius
    air = np.exp(-np.maximum(height, 0) / 34) * (height > -2) * 0.75 + 0.55 * np.exp(-(((height - 26) / 7) ** 2))
    rim = np.exp(-np.maximum(-height, 0) / 52) * (height <= 0) * 0.5
    dawn = np.exp(-(((canvas.xs - 1790) / 560) ** 2))
    tone = ramp(
        np.asarray(dawn + 0 * canvas.ys, np.float32),
        [(0, "#2f6f9c"), (0.4, "#5f93ad"), (0.75, "#e0a56a"), (1, "#ffd9a0")],
    )
    canvas.paint(np.asarray(np.clip(air + rim, 0, 1) * (0.5 + 0.5 * dawn), np.float32), tone, 0.95, "screen")
    line = np.exp(-(((height - 24) / 3.2) ** 2))
    canvas.paint(np.asarray(line, np.float32), "#6fb59b", 0.4, "screen")
    edge_y = centre_y - np.sqrt(radius**2 - (1745 - centre_x) ** 2)
    canvas.glow(1745, edge_y, 130, "#ffd79a", 0.85)
    canvas.glow(1745, edge_y, 26, "#fff6e0", 1.0)
    return canvas
