"""A frontier river between two countries."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..machines import truss
from ..noise import fbm, smoothstep
from ..scenery import clouds, mist, sky
from ..terrain import Camera, hillshade, look, posterise

WIDE, DEEP = 3200, 2200


def _course(depth: Array) -> Array:
    """Where the frontier river runs at each depth of the map."""
    return np.asarray(1600 + 190 * np.sin(depth / 205 + 0.6) + 120 * np.sin(depth / 93 + 2.0) - 0.12 * (depth - 800))


def _fields(size_x: float, size_z: float, turn: float, seed: int) -> Array:
    """A random tone for each field of a slanting patchwork, with dark hedges as zero."""
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    bend = (fbm(DEEP, WIDE, 700, 700, seed, 2) - 0.5) * 220
    u = (x * np.cos(turn) + z * np.sin(turn) + bend) / size_x
    v = (-x * np.sin(turn) + z * np.cos(turn) + bend) / size_z
    column = np.floor(v)
    u = u + np.mod(column * 0.37, 1.0)
    key = (np.floor(u).astype(np.int64) * 7349 + column.astype(np.int64) * 9151) % 4096
    tones = np.random.default_rng(seed).random(4096, dtype=np.float32)[key]
    edge = np.minimum(np.minimum(u % 1, 1 - u % 1) * size_x, np.minimum(v % 1, 1 - v % 1) * size_z)
    furrows = 0.06 * np.sin((u if seed % 2 else v) * (size_x if seed % 2 else size_z) * 0.9)
    return np.asarray(np.where(edge < 3.2, -1, np.clip(tones + furrows, 0, 1)), np.float32)


def border_river() -> Canvas:
    """Draw a winding frontier river between large fields and small ones, with a watchtower."""
    canvas = Canvas(1800, 1200, 53)
    sky(canvas, [(0, "#4b5f73"), (0.4, "#9a97a0"), (0.75, "#e5b596"), (1, "#f6d3a4")], 330, 0.1)
    clouds(canvas, 0, 300, [(0, "#7e7f8f"), (1, "#f7cfae")], 4, 0.48, (640, 70), 0.8, 0.1)
    canvas.glow(560, 300, 200, "#ffe0ae", 0.8)
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    off = x - _course(z)
    broad = 62 + 16 * np.sin(z / 130)
    bank = np.abs(off) - broad
    heights = np.asarray(
        60 * smoothstep(90, 900, bank) * fbm(DEEP, WIDE, 420, 420, 3, 4)
        + 260 * smoothstep(1500, 2190, z + 0.25 * np.abs(off)) * fbm(DEEP, WIDE, 520, 400, 5, 6),
        np.float32,
    )
    west, east = _fields(230, 170, 0.2, 12), _fields(190, 42, -0.35, 15)
    tone = np.where(off < 0, west, east)
    land = np.where(
        (off < 0)[..., None],
        ramp(np.maximum(west, 0), [(0, "#6b6a35"), (0.4, "#9a8a3f"), (0.7, "#c7a352"), (1, "#7f5a3c")]),
        ramp(np.maximum(east, 0), [(0, "#31523f"), (0.4, "#5d7a48"), (0.75, "#a8a555"), (1, "#c98d55")]),
    )
    land = np.where((tone < 0)[..., None], np.array([0.16, 0.22, 0.2]), land)
    meadow = smoothstep(120, 70, bank + 40 * (fbm(DEEP, WIDE, 110, 110, 21, 4) - 0.5))
    land = land + (ramp(fbm(DEEP, WIDE, 60, 60, 9, 4), [(0, "#33503f"), (1, "#7d8a52")]) - land) * meadow[..., None]
    groves = smoothstep(0.6, 0.64, fbm(DEEP, WIDE, 130, 90, 27, 6)) * smoothstep(10, 40, bank)
    land = land + (np.array([0.13, 0.22, 0.2]) - land) * (0.9 * groves)[..., None]
    light = posterise(hillshade(heights, (-0.75, 0.5, 0.4), 1.6), 6)
    land = land * (0.5 + 0.62 * light[..., None])
    stripes = posterise(fbm(DEEP, WIDE, 90, 26, 31, 4), 5)
    river = ramp(
        np.clip(z / 1900 + 0.12 * (stripes - 0.5), 0, 1),
        [(0, "#3f5f70"), (0.35, "#8f98a0"), (0.7, "#f0c49a"), (1, "#ffe6bd")],
    )
    sand = smoothstep(9, 3, np.abs(bank - 3))
    land = land + (np.array([0.89, 0.77, 0.58]) - land) * (0.7 * sand)[..., None]
    ground = np.asarray(np.where((bank < 0)[..., None], river, land), np.float32)
    camera = Camera(1600, 330, 285, 1180, near=300)
    view = look(canvas, heights, camera)
    colours = view.drape(ground)
    haze = smoothstep(450, 2200, view.distance()) * 0.66
    colours += (np.array([0.93, 0.78, 0.64]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    mist(canvas, 360, 40, "#f7d8b2", 0.5, 8)
    _markers(canvas, camera)
    _watchtower(canvas)
    return canvas


def _markers(canvas: Canvas, camera: Camera) -> None:
    """Plant striped boundary posts and a wire fence along the western bank."""
    depths = np.geomspace(330, 1500, 40).astype(np.float32)
    line = _course(depths) - 135
    tops = []
    for east, depth in zip(line, depths, strict=True):
        foot, head = camera.project(float(east), float(depth), 2), camera.project(float(east), float(depth), 24)
        canvas.line([foot, head], max(0.8, float(1500 / depth)), "#20262b", 0.85)
        tops.append((foot, head))
    for share in (0.35, 0.65, 0.95):
        wire = [(f[0] + (h[0] - f[0]) * share, f[1] + (h[1] - f[1]) * share) for f, h in tops]
        canvas.line(wire, 1.1, "#20262b", 0.6)
    for side, shades in ((-95, ("#b6402f", "#f3e6cf")), (95, ("#2f5d4a", "#e9c15c"))):
        for near in (380.0, 520.0, 720.0, 1000.0):
            post = float(_course(np.array([near], np.float32))[0]) + side
            for band in range(4):
                low, high = camera.project(post, near, 7 * band), camera.project(post, near, 7 * band + 7)
                canvas.line([low, high], 4200 / near, shades[band % 2])


def _watchtower(canvas: Canvas) -> None:
    """Set a lattice watchtower in the left foreground against the light."""
    tower = canvas.stencil()
    for left, right in (((150, 1230), (205, 470)), ((400, 1230), (345, 470))):
        tower.line([left, right], 9)
    for low, high in ((1200, 1010), (1010, 830), (830, 660), (660, 500)):
        a, b = (1230 - low) * 0.072, (1230 - high) * 0.072
        tower.line([(150 + a, low), (400 - b, high)], 4).line([(400 - a, low), (150 + b, high)], 4)
        tower.line([(150 + b, high), (400 - b, high)], 5)
    truss(tower, (168, 462), (382, 462), 22, 9, 3)
    tower.rect(184, 330, 366, 372).rect(184, 330, 192, 470).rect(358, 330, 366, 470).rect(270, 330, 278, 470)
    tower.rect(184, 424, 366, 470).polygon([(160, 336), (275, 268), (390, 336)]).line([(275, 275), (275, 190)], 3)
    for k in range(26):
        tower.line([(372, 1200 - 28 * k), (388, 1200 - 28 * k)], 2)
    tower.line([(371, 1210), (371, 480)], 2.4).line([(389, 1210), (389, 480)], 2.4)
    canvas.paint(tower, canvas.down(200, 1200, [(0, "#262c34"), (1, "#12191f")]))
    canvas.paint(canvas.stencil().polygon([(275, 196), (330, 206), (322, 216), (332, 228), (275, 224)]), "#a63c2e")
    canvas.line([(166, 334), (275, 268)], 2.4, "#ffd9a6", 0.7)
