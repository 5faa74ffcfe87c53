"""An atoll with an airstrip."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..noise import fbm, smoothstep
from ..scenery import clouds, sky
from ..stencil import Point, Stencil, curve
from ..terrain import Camera, blur, look, posterise


def _plane(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    """Let a small propeller plane come in over the lagoon, with its shadow on the water."""
    body = [(-0.9, -0.05), (-0.6, -0.09), (0.7, -0.1), (0.95, 0.0), (0.7, 0.1), (-0.6, 0.09), (-0.9, 0.05)]
    wings = [
        (0.12, -0.08),
        (0.3, -0.9),
        (0.46, -0.92),
        (0.5, -0.08),
        (0.5, 0.08),
        (0.34, 0.66),
        (0.2, 0.64),
        (0.12, 0.08),
    ]
    tail = [(-0.88, 0.0), (-0.96, -0.32), (-0.8, -0.34), (-0.66, 0.0), (-0.82, 0.24), (-0.94, 0.24)]
    sine, cosine = float(np.sin(np.radians(turn))), float(np.cos(np.radians(turn)))

    def laid(points: list[Point], dx: float = 0.0, dy: float = 0.0) -> list[Point]:
        return [
            (x + dx + (u * cosine - v * sine) * size, y + dy + (u * sine + v * cosine) * size * 0.8) for u, v in points
        ]

    for shape in (body, wings, tail):
        canvas.polygon(laid(shape, -52, 96), "#0d4a5c", 0.45)
    canvas.polygon(laid(wings), "#efece0")
    canvas.polygon(laid(tail), "#e4dfd0")
    canvas.polygon(laid(body), "#fffdf4")
    stripe = [(-0.85, -0.015), (0.8, -0.02), (0.8, 0.03), (-0.85, 0.02)]
    canvas.polygon(laid(stripe), "#d9543a")


def island_airstrip() -> Canvas:
    """Draw an atoll with an airstrip on its longest islet."""
    canvas = Canvas(1800, 1200, 47)
    sky(canvas, [(0, "#5b9cc0"), (0.6, "#bfdbd9"), (1, "#f0e9d6")], 120, 0.05)
    wide, deep = 3600, 2300
    x = np.arange(wide, dtype=np.float32)[None, :]
    z = np.arange(deep, dtype=np.float32)[:, None]
    warp = (fbm(deep, wide, 420, 420, 3, 6) - 0.5) * 150
    ring = np.hypot((x - 1830) / 1.28, (z - 1180) * 1.06) + warp
    band = ring - 560
    angle = np.arctan2(z - 1180, x - 1830)
    strip = [(1370, 800), (2240, 640)]
    along = Stencil(wide, deep).line(curve([strip[0], (1790, 690), strip[1]]), 150).full()
    islet = blur(along, 26) + 0.2 * (fbm(deep, wide, 120, 120, 7, 5) - 0.5)
    humps = smoothstep(0.5, 0.6, fbm(1, 2048, 170, 1e6, 12, 4)[0])[((angle + np.pi) / (2 * np.pi) * 2047).astype(int)]
    motu = (
        smoothstep(34, 18, np.abs(band + 10) + 26 * (1 - humps) + 30 * (fbm(deep, wide, 90, 90, 21, 4) - 0.5)) * humps
    )
    land = np.maximum(smoothstep(0.36, 0.42, islet), motu)
    ripple = fbm(deep, wide, 50, 20, 31, 5)
    swell = fbm(deep, wide, 480, 300, 35, 4)
    outside = ramp(posterise(np.clip(0.5 * swell + 0.25 * ripple + 0.25, 0, 1), 7), [(0, "#0c3f66"), (1, "#1a6a90")])
    lagoon = ramp(
        posterise(np.clip(0.7 * fbm(deep, wide, 240, 240, 51, 6) + 0.3 * ripple, 0, 1), 7),
        [(0, "#1b8fa3"), (0.5, "#46bdb7"), (1, "#a4e2cc")],
    )
    inner = smoothstep(30, -70, band)
    sea = outside + (lagoon - outside) * inner[..., None]
    reef = np.exp(-((band / 62) ** 2))
    sea += (np.array([0.72, 0.86, 0.73]) - sea) * (0.75 * reef)[..., None]
    surf = smoothstep(
        0.52, 0.7, np.exp(-(((band - 72 - 14 * (ripple - 0.5)) / 15) ** 2)) * (0.5 + fbm(deep, wide, 70, 70, 61, 4))
    )
    sea += (np.array([1.0, 0.99, 0.95]) - sea) * (0.9 * surf)[..., None]
    beach = smoothstep(0.2, 0.33, np.maximum(islet, blur(motu, 16) * 0.8))
    sea += (np.array([0.96, 0.9, 0.74]) - sea) * beach[..., None]
    green = ramp(posterise(fbm(deep, wide, 26, 26, 71, 4), 4), [(0, "#1f5a45"), (1, "#7ba258")])
    scrub = (
        smoothstep(0.5, 0.6, islet) * (0.4 + 0.6 * smoothstep(0.4, 0.5, fbm(deep, wide, 70, 70, 81, 5)))
        + blur(motu, 6) ** 3
    )
    sea += (green - sea) * np.clip(scrub, 0, 1)[..., None]
    for width, tone in ((52, (0.85, 0.79, 0.62)), (33, (0.36, 0.38, 0.4))):
        sea += (np.array(tone) - sea) * Stencil(wide, deep).line([(1420, 791), (2190, 649)], width).full()[..., None]
    marks = Stencil(wide, deep)
    for k in range(24):
        t0, t1 = (k + 0.2) / 24, (k + 0.7) / 24
        marks.line([(1430 + 750 * t, 789.2 - 138.3 * t) for t in (t0, t1)], 2.2)
    sea += (np.array([1, 1, 0.96]) - sea) * marks.full()[..., None]
    shadows = smoothstep(0.62, 0.7, fbm(deep, wide, 300, 190, 91, 4)) * 0.28
    sea *= 1 - shadows[..., None] * np.array([0.9, 0.7, 0.45])
    camera = Camera(1850, 590, 110, 1090, near=330)
    view = look(canvas, np.zeros((deep, wide), np.float32), camera, 8)
    colours = view.drape(np.asarray(sea * 1.0 + 0 * land[..., None], np.float32))
    beyond = smoothstep(1450, 2150, view.distance())[..., None]
    colours += (np.array([0.16, 0.36, 0.5]) - colours) * beyond
    haze = smoothstep(700, 9000, view.distance()) ** 0.8 * 0.96
    colours += (np.array([0.93, 0.91, 0.83]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    _plane(canvas, 560, 770, 46, 8)
    clouds(canvas, 20, 170, [(0, "#b9ced3"), (1, "#ffffff")], 9, 0.52, (240, 50), 0.95, 0.06)
    return canvas
