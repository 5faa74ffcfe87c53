"""Grassland: a railway bridge and a grain elevator."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, Colour, ramp, tint
from ..noise import fbm, smoothstep
from ..scenery import birds, clouds, mist, sky
from ..stencil import Stencil, ribbon
from ..terrain import Camera, look, posterise

WIDE, DEEP = 3400, 2300
PIERS = 13


def _bridge_at(t: float) -> tuple[float, float]:
    """The place on the map of a point along the bridge, t running from near to far."""
    return 2080 - 800 * t, 330 + 1420 * t


def _bridge(sheet: Stencil, camera: Camera, sign: int, shift: float) -> None:
    """Draw one lattice side of the bridge, or its mirror image when sign is -1."""
    deck, low = 86.0, 74.0

    def at(t: float, height: float) -> tuple[float, float]:
        east, depth = _bridge_at(t)
        return camera.project(east + shift * 0.84, depth + shift * 0.54, sign * height)

    for span in range(PIERS):
        t0, t1 = span / PIERS, (span + 1) / PIERS
        weight = max(0.7, 3.2 * camera.focal / _bridge_at((t0 + t1) / 2)[1])
        bays = 8
        ts = [t0 + (t1 - t0) * k / bays for k in range(bays + 1)]
        tops = [deck + 46 * np.sin(np.pi * (0.08 + 0.84 * k / bays)) for k in range(bays + 1)]
        upper = [at(t, h) for t, h in zip(ts, tops, strict=True)]
        lower = [at(t, deck) for t in ts]
        sheet.line(upper, weight * 0.9).line(lower, weight * 1.2)
        for k in range(bays + 1):
            sheet.line([upper[k], lower[k]], weight * 0.55)
            if k < bays:
                sheet.line([lower[k], upper[k + 1]] if k < bays / 2 else [upper[k], lower[k + 1]], weight * 0.5)
        sheet.line([at(t0, low), at(t1, low)], weight * 0.8)


def steppe_bridge() -> Canvas:
    """Draw a long railway bridge over a wide steppe river."""
    canvas = Canvas(1800, 1200, 73)
    sky(canvas, [(0, "#54698c"), (0.35, "#8f98b3"), (0.7, "#d9c3bb"), (0.92, "#f3d8ae"), (1, "#f8e3b8")], 640, 0.06)
    clouds(canvas, 30, 430, [(0, "#7d7f9b"), (0.5, "#c7b3b5"), (1, "#ffe9cf")], 4, 0.55, (560, 120), 0.9, 0.08)
    clouds(canvas, 360, 620, [(0, "#a79aa8"), (1, "#fbe3c3")], 5, 0.46, (420, 40), 0.75, 0.1)
    x = np.arange(WIDE, dtype=np.float32)[None, :]
    z = np.arange(DEEP, dtype=np.float32)[:, None]
    line = (z - 900 - 0.26 * (x - 1700) - 130 * np.sin(x / 330)) * 0.9 + 60 * (fbm(DEEP, WIDE, 300, 300, 3, 5) - 0.5)
    bank = np.abs(line) - 350
    bars = smoothstep(0.6, 0.64, fbm(DEEP, WIDE, 420, 90, 17, 5)) * smoothstep(-300, -120, -np.abs(line))
    ripple = posterise(fbm(DEEP, WIDE, 80, 24, 21, 5), 6)
    river = ramp(
        np.clip(z / 1500 + 0.16 * (ripple - 0.5), 0, 1),
        [(0, "#55708f"), (0.5, "#93a0b4"), (0.85, "#e6cdb6"), (1, "#f6dfb9")],
    )
    river += (np.array([0.86, 0.76, 0.58]) - river) * (0.75 * bars)[..., None]
    tuft = fbm(DEEP, WIDE, 60, 18, 31, 6)
    wide = fbm(DEEP, WIDE, 500, 200, 41, 4)
    grass = ramp(
        posterise(np.clip(0.55 * tuft + 0.5 * wide, 0, 1), 8),
        [(0, "#6b6a3d"), (0.4, "#a39150"), (0.7, "#cdb266"), (1, "#e9d08a")],
    )
    grass += (np.array([0.42, 0.34, 0.25]) - grass) * (0.7 * smoothstep(26, 6, bank))[..., None]
    ground = np.asarray(np.where((bank < 0)[..., None], river, grass), np.float32)
    camera = Camera(WIDE / 2, 175, 600, 1150, near=180)
    view = look(canvas, np.zeros((DEEP, WIDE), np.float32), camera, 10)
    colours = view.drape(ground)
    away = view.distance()
    haze = smoothstep(400, 5000, away) ** 0.7 * 0.85
    colours += (np.array([0.8, 0.7, 0.46]) - colours) * smoothstep(2000, 2290, away)[..., None]
    colours += (np.array([0.94, 0.84, 0.68]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    water = smoothstep(0.4, 0.6, view.drape(np.repeat((bank < 0)[..., None], 3, axis=2).astype(np.float32))[..., 0])
    mirrored = canvas.stencil()
    _bridge(mirrored, camera, -1, 0)
    canvas.paint(np.asarray(mirrored.full() * water, np.float32), "#4a4f66", 0.35)
    _piers(canvas, camera, water)
    for shift, tone in ((26.0, "#5f5660"), (0.0, "#2e2f40")):
        sheet = canvas.stencil()
        _bridge(sheet, camera, 1, shift)
        canvas.paint(sheet, canvas.across(300, 1800, [(0, "#a7969a"), (0.3, "#6d6573"), (1, tone)]))
        if shift:
            _train(canvas, camera)
    mist(canvas, 600, 26, "#f9e2b8", 0.7, 6)
    _grass(canvas, 1235, 150, "#5b5232")
    _grass(canvas, 1262, 190, "#2f3029")
    birds(canvas, [(430, 330), (470, 312), (520, 338), (395, 356), (570, 322)], 13, "#3a3d50", 0.7)
    return canvas


def _piers(canvas: Canvas, camera: Camera, water: Array) -> None:
    """Stand the bridge on stone piers with cutwaters and reflections."""
    for pier in range(PIERS, -1, -1):
        east, depth = _bridge_at(pier / PIERS)
        scale = camera.focal / depth
        x, base = camera.project(east + 10, depth, 0)
        top = base - 74 * scale
        half = 11 * scale
        tone: Colour = tint(pier / PIERS, [(0, "#54505a"), (1, "#b3a2a0")])
        canvas.paint(
            water
            * canvas.stencil()
            .polygon(
                [
                    (x - half, base),
                    (x + half, base),
                    (x + half * 0.9, base + 66 * scale),
                    (x - half * 0.9, base + 66 * scale),
                ]
            )
            .full(),
            tone,
            0.4,
        )
        canvas.polygon([(x - half, base), (x - half * 0.75, top), (x + half * 0.75, top), (x + half, base)], tone)
        canvas.polygon(
            [(x + half * 0.1, base), (x + half * 0.1, top), (x + half * 0.75, top), (x + half, base)], "#2b2d3d", 0.4
        )
        canvas.polygon(
            [
                (x - half * 1.3, base),
                (x - half * 1.1, base - 9 * scale),
                (x + half * 1.1, base - 9 * scale),
                (x + half * 1.3, base),
            ],
            tone,
        )


def _train(canvas: Canvas, camera: Camera) -> None:
    """Run a goods train over the bridge."""
    start = 0.26
    for wagon in range(17):
        t0, t1 = start + wagon * 0.03, start + wagon * 0.03 + 0.027
        (e0, d0), (e1, d1) = _bridge_at(t0), _bridge_at(t1)
        tall = 113 if wagon else 117
        quad = [camera.project(e0 + 12, d0 + 8, 89), camera.project(e1 + 12, d1 + 8, 89)]
        quad += [camera.project(e1 + 12, d1 + 8, tall), camera.project(e0 + 12, d0 + 8, tall)]
        canvas.polygon(quad, "#a5452f" if wagon == 0 else ("#7d5a4a", "#8d7d6d", "#56606b")[wagon % 3])


def _grass(canvas: Canvas, base: float, height: float, colour: str) -> None:
    """Let feather grass lean in the wind along the lower edge."""
    sheet = canvas.stencil()
    for _ in range(420):
        x = canvas.rng.uniform(-40, 1840)
        tall = height * canvas.rng.uniform(0.35, 1.0) * (0.55 + 0.45 * np.sin(x / 210 + height) ** 2)
        lean = tall * canvas.rng.uniform(0.15, 0.6)
        t = np.linspace(0, 1, 7)
        spine = list(zip(x + lean * t**2, base - tall * t, strict=True))
        sheet.polygon(ribbon(spine, 3.4 * (1 - t) + 0.6))
        if canvas.rng.random() < 0.25:
            head_x, head_y = spine[-1]
            plume = [(head_x - 4, head_y + 10), (head_x + 6, head_y - 8), (head_x + 22, head_y - 18)]
            sheet.polygon(ribbon(plume, [2, 6, 1]))
    canvas.paint(sheet, colour)
