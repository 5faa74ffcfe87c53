"""A cable ship, with the sea below it cut open."""

import numpy as np

from ..boats import cable_ship
from ..canvas import Canvas
from ..colour import ramp
from ..noise import smoothstep
from ..scenery import below, clouds, hills, layer, sky
from ..stencil import curve
from ..terrain import posterise


def cable_layer() -> Canvas:
    """Draw a cable ship at work and the cable that sinks from it to the sea floor."""
    canvas = Canvas(1800, 1200, 103)
    sky(canvas, [(0, "#5d8ea0"), (0.5, "#b5cbc0"), (0.85, "#f2dcae"), (1, "#f8e6bd")], 420, 0.06)
    clouds(canvas, 20, 360, [(0, "#a3b9b9"), (1, "#fff4dc")], 4, 0.5, (480, 80), 0.85, 0.08)
    canvas.glow(470, 380, 230, "#fff0c0", 0.7)
    layer(canvas, hills(canvas, 416, 40, 380, 8), [(0, "#9db0a6"), (1, "#e9d5ab")], 40)
    surface = np.asarray(412 + 3.4 * np.sin(canvas.xs[0] / 41) + 2.4 * np.sin(canvas.xs[0] / 17 + 1), np.float32)
    canvas.paint(below(canvas, surface - 14), "#7fa39c")
    cable_ship(canvas, 590, 408, 820)
    sea = [(0, "#4f9792"), (0.12, "#2b7480"), (0.35, "#155163"), (0.65, "#0c3247"), (1, "#071d2e")]
    depth = (canvas.ys - surface[None, :]) / 760 + 0.05 * (canvas.fbm(900, 120, 5, 4) - 0.5)
    shades = posterise(np.asarray(np.clip(depth, 0, 1), np.float32), 13, 0.32)
    canvas.paint(below(canvas, surface), ramp(shades, sea), 0.965)
    angle = np.arctan2(canvas.xs - 520, canvas.ys + 200)
    beams = smoothstep(
        0.5, 0.9, np.interp(angle, np.linspace(-1.6, 1.6, 130), np.random.default_rng(5).random(130)).astype(np.float32)
    )
    fade = np.exp(-np.maximum(canvas.ys - 412, 0) / 240) * (canvas.ys > 412)
    canvas.paint(np.asarray(beams * fade, np.float32), "#d7f0d4", 0.2, "screen")
    canvas.line(list(zip(canvas.xs[0], surface, strict=True)), 3, "#eef6df", 0.9)
    floors = (
        (1010.0, 170.0, 520.0, 1, "#123c50", "#0a2739"),
        (1090.0, 130.0, 380.0, 2, "#0d2c3f", "#08202f"),
        (1180.0, 110.0, 300.0, 3, "#07192a", "#04101c"),
    )
    for base, rise, scale, salt, top, low in floors[:2]:
        layer(canvas, hills(canvas, base + 60, rise, scale, salt, 0.5), [(0, top), (1, low)], 160)
    path = [
        (570, 290),
        (560, 306),
        (551, 340),
        (540, 412),
        (500, 620),
        (430, 830),
        (300, 985),
        (130, 1060),
        (-40, 1082),
    ]
    canvas.line(curve(path, 20), 13, "#ffb65a", 0.10)
    canvas.line(curve(path, 20), 7, "#f4a94a", 0.25)
    canvas.line(curve(path, 20), 3.2, "#ffd083")
    for x, y in curve(path, 20)[70::9]:
        canvas.glow(x, y, 16, "#ffc36a", 0.35)
    bed = hills(canvas, 1165, 90, 340, 7, 0.5)
    layer(canvas, bed, [(0, "#0a2233"), (1, "#030d17")], 110)
    canvas.line(list(zip(canvas.xs[0][::6], bed[::6], strict=True)), 1.6, "#3b7886", 0.5)
    for _ in range(5):
        _shoal(canvas)
    _whale(canvas, 1240, 790, 300)
    marks = canvas.stencil()
    for step, y in enumerate(range(470, 1140, 56)):
        marks.rect(1742 - (22 if step % 3 == 0 else 10), y, 1742, y + 1.6)
    marks.rect(1742, 440, 1743.4, 1130)
    canvas.paint(marks, "#a9d2c8", 0.55)
    specks = canvas.stencil()
    for _ in range(170):
        specks.disc(canvas.rng.uniform(0, 1800), canvas.rng.uniform(460, 1120), canvas.rng.uniform(0.6, 1.8))
    canvas.paint(specks, "#bfe3d6", 0.35)
    return canvas


def _shoal(canvas: Canvas) -> None:
    """Let a shoal of small fish turn in the middle depths."""
    x, y = canvas.rng.uniform(720, 1650), canvas.rng.uniform(500, 960)
    sheet = canvas.stencil()
    for _ in range(38):
        fx, fy = x + canvas.rng.normal(0, 62), y + canvas.rng.normal(0, 20)
        size = canvas.rng.uniform(4, 8)
        sheet.polygon([(fx - size, fy), (fx, fy - size * 0.32), (fx + size * 0.8, fy), (fx, fy + size * 0.32)])
        sheet.polygon([(fx + size * 0.6, fy), (fx + size * 1.3, fy - size * 0.4), (fx + size * 1.3, fy + size * 0.4)])
    canvas.paint(sheet, "#b7dccd", 0.42)


def _whale(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Let a whale pass as a dark shape."""
    back = [(-0.5, 0.0), (-0.42, -0.09), (-0.2, -0.13), (0.1, -0.11), (0.35, -0.04), (0.5, -0.03)]
    fluke = [(0.6, -0.1), (0.58, -0.01), (0.62, 0.06), (0.5, 0.0)]
    belly = [(0.3, 0.02), (0.0, 0.06), (-0.3, 0.075), (-0.46, 0.05)]
    outline = curve([(x + u * size, y + v * size) for u, v in back + fluke + belly], 12, True)
    fin = curve(
        [(x + u * size, y + v * size) for u, v in ((-0.2, 0.05), (-0.1, 0.19), (-0.03, 0.2), (-0.08, 0.06))], 10, True
    )
    canvas.paint(
        canvas.stencil().polygon(outline).polygon(fin),
        canvas.down(y - 50, y + 50, [(0, "#1d4f61"), (1, "#082233")]),
        0.95,
    )
