"""A solar field in the desert."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..noise import fbm, noise, smoothstep
from ..scenery import clouds, mist, sky, sun
from ..terrain import Camera, cast_shadow, hillshade, look, posterise

WIDE, DEEP = 3400, 2300


def _row(canvas: Canvas, camera: Camera, depth: float) -> None:
    """Paint one row of tilted panels with its legs, frames and shadow."""
    scale = camera.focal / depth
    tilt, tall, low = 17.0, 21.0, 5.0
    half = min(1150.0, 1000.0 / scale + 90)
    unit = 57.0
    starts = [k * unit for k in range(int(-half // unit), int(half // unit) + 1) if k % 9 != 4]
    quads, cells, legs, shadow = (canvas.stencil() for _ in range(4))
    for start in starts:
        east = camera.east + start
        far_end = east + unit - 2.5
        corners = [
            (east, depth, low),
            (far_end, depth, low),
            (far_end, depth + tilt, low + tall),
            (east, depth + tilt, low + tall),
        ]
        quads.polygon([camera.project(*corner) for corner in corners])
        shade = [
            (east - 14, depth - 2, 0),
            (far_end - 14, depth - 2, 0),
            (far_end - 34, depth + 9, 0),
            (east - 34, depth + 9, 0),
        ]
        shadow.polygon([camera.project(*corner) for corner in shade])
        for k in range(1, 6):
            x = east + (far_end - east) * k / 6
            cells.line(
                [camera.project(x, depth, low), camera.project(x, depth + tilt, low + tall)], max(0.5, 0.35 * scale)
            )
        for k in range(1, 4):
            at = (depth + tilt * k / 4, low + tall * k / 4)
            cells.line([camera.project(east, *at), camera.project(far_end, *at)], max(0.4, 0.3 * scale))
        for x in (east + 8, far_end - 8):
            legs.line([camera.project(x, depth + 8, 0), camera.project(x, depth + 8, low + 9)], max(0.7, 0.9 * scale))
    canvas.paint(shadow, "#4c2a35", 0.6)
    canvas.paint(legs, "#2b2433")
    _, y_low = camera.project(0, depth, low)
    _, y_top = camera.project(0, depth + tilt, low + tall)
    gleam = np.exp(-(((canvas.xs - 1240) / (190 + 0.12 * depth)) ** 2))
    height = np.clip((y_low - canvas.ys) / max(1.0, y_low - y_top), 0, 1)
    glass = ramp(
        np.asarray(0.1 + 0.55 * gleam + 0.28 * height, np.float32),
        [(0, "#16203f"), (0.35, "#2f3a66"), (0.65, "#a3657a"), (0.9, "#f5ae7c"), (1, "#ffd9a4")],
    )
    canvas.paint(quads, glass)
    canvas.paint(cells, "#e9c6b6", 0.3 if depth < 600 else 0.16)
    x0, x1 = (
        camera.project(camera.east + starts[0], depth + tilt, low + tall),
        camera.project(camera.east + starts[-1] + unit, depth + tilt, low + tall),
    )
    canvas.line([x0, x1], max(0.8, 0.7 * scale), "#ffd8a8", 0.55)


def desert_solar() -> Canvas:
    """Draw rows of solar panels before dunes at sundown."""
    canvas = Canvas(1800, 1200, 71)
    sky(canvas, [(0, "#5a4a72"), (0.35, "#a8647c"), (0.65, "#e88f6d"), (0.9, "#f9bf81"), (1, "#ffdca2")], 470, 0.09)
    clouds(canvas, 10, 330, [(0, "#8d5a78"), (1, "#f6b087")], 8, 0.42, (760, 60), 0.7, 0.12)
    sun(canvas, 1240, 392, 70, "#fff3cf", "#ffb566", 0.9)
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    bend = 150 * (fbm(DEEP, WIDE, 500, 500, 4, 3) - 0.5)
    wave = noise(DEEP, WIDE, 470, 290, 5)
    crest = np.clip(1 - np.abs(2 * wave - 1), 0, 1)
    lift = smoothstep(980, 1400, z + bend) * (0.4 + 0.75 * smoothstep(1200, 2200, z + 0 * x))
    heights = np.asarray((25 + 210 * crest**1.5 * fbm(DEEP, WIDE, 700, 700, 9, 2)) * lift, np.float32)
    light = hillshade(heights, (0.9, 0.42, 0.35), 1.5) * (0.35 + 0.65 * cast_shadow(heights, 0.2, False, 6))
    tone = posterise(np.clip(light * 1.2, 0, 1), 6, 0.25)
    wind = 0.06 * np.sin((z + 0.3 * x + 60 * fbm(DEEP, WIDE, 160, 160, 14, 4)) / 3.4)
    sand = ramp(
        np.clip(tone + wind * (0.4 + tone), 0, 1), [(0, "#5b3247"), (0.35, "#9a4f4b"), (0.7, "#dd8756"), (1, "#fbc184")]
    )
    camera = Camera(WIDE / 2, 128, 440, 1150, near=150)
    view = look(canvas, heights, camera, 4)
    colours = view.drape(np.asarray(sand, np.float32))
    haze = smoothstep(700, 2800, view.distance()) * 0.6
    colours += (np.array([0.97, 0.72, 0.52]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    mist(canvas, 500, 34, "#fbc58d", 0.5, 3)
    depth = 1060.0
    while depth > 176:
        _row(canvas, camera, depth)
        depth -= 47 if depth > 300 else 44
    canvas.glow(1240, 400, 420, "#ffb063", 0.35)
    return canvas
