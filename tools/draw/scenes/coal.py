"""A coal train from a power station."""

from itertools import pairwise

import numpy as np

from ..canvas import Canvas
from ..colour import ramp, tint
from ..machines import pylon, wire
from ..noise import fbm, smoothstep
from ..scenery import clouds, hills, layer, mist, sky, sun
from ..solids import box, place, prism
from ..stencil import Point, Stencil, curve, ribbon
from ..terrain import Camera, look, posterise


def _track() -> list[Point]:
    """The railway's course over the map, from far to near."""
    bends = [
        (900, 1900),
        (1230, 1560),
        (1690, 1330),
        (1890, 1080),
        (1760, 850),
        (1480, 700),
        (1330, 560),
        (1400, 430),
        (1560, 330),
        (1650, 240),
        (1745, 130),
    ]
    return curve(bends, 40)


def coal_train() -> Canvas:
    """Draw a long coal train that winds towards the viewer from a power station."""
    canvas = Canvas(1800, 1200, 89)
    sky(canvas, [(0, "#77716f"), (0.4, "#a89a8b"), (0.75, "#dcbf94"), (1, "#f0d9a8")], 400, 0.08)
    sun(canvas, 1330, 250, 50, "#fff2cf", "#f8cf8b", 0.55)
    clouds(canvas, -40, 330, [(0, "#6f6a6b"), (1, "#d9c3a4")], 3, 0.5, (620, 100), 0.6, 0.14)
    layer(canvas, hills(canvas, 420, 90, 520, 1), [(0, "#a2937f"), (1, "#cdb48c")], 90)
    _station(canvas)
    wide, deep = 3400, 2100
    path = _track()
    tuft, patch = fbm(deep, wide, 40, 18, 5, 6), fbm(deep, wide, 420, 260, 6, 5)
    ground = ramp(
        posterise(np.clip(0.4 * tuft + 0.65 * patch, 0, 1), 9),
        [(0, "#4b4337"), (0.35, "#7a6547"), (0.65, "#a98a57"), (1, "#cfae73")],
    )
    snow = smoothstep(0.64, 0.68, fbm(deep, wide, 150, 46, 8, 6))
    ground += (np.array([0.86, 0.82, 0.74]) - ground) * (0.75 * snow)[..., None]
    for weight, tone, share in ((54, (0.33, 0.29, 0.26), 0.75), (30, (0.21, 0.19, 0.19), 0.9)):
        ground += (np.array(tone) - ground) * (
            share * Stencil(wide, deep).polygon(ribbon(path, [weight] * len(path))).full()
        )[..., None]
    camera = Camera(1600, 170, 380, 1150, near=190)
    view = look(
        canvas,
        np.asarray(30 * patch * smoothstep(1200, 2000, np.arange(deep, dtype=np.float32)[:, None]), np.float32),
        camera,
    )
    colours = view.drape(np.asarray(ground, np.float32))
    haze = smoothstep(350, 2100, view.distance()) * 0.7
    colours += (np.array([0.88, 0.77, 0.58]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    mist(canvas, 440, 46, "#efd8a8", 0.9, 4)
    _wires(canvas, camera)
    steps = np.array(path)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(steps, axis=0).T))])
    for offset in (-7.5, 7.5):
        along = np.gradient(steps, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        rail = steps + offset * np.stack([-along[:, 1], along[:, 0]], axis=1)
        near = [camera.project(x, z, 2) for x, z in rail if z < 700]
        canvas.line(near, 2.4, "#d9c6a4", 0.8)
    last = run[-1] - 290
    for index in range(42, -1, -1):
        middle = last - index * 56
        if middle < 300:
            continue
        x, z = (float(np.interp(middle, run, steps[:, k])) for k in range(2))
        ahead = [float(np.interp(middle + 8, run, steps[:, k])) for k in range(2)]
        heading = float(np.degrees(np.arctan2(-(ahead[0] - x), ahead[1] - z)))
        _wagon(canvas, camera, x, z, heading, index)
    return canvas


def _wires(canvas: Canvas, camera: Camera) -> None:
    """Lead a power line from the station towards the viewer."""
    spots = [(*camera.project(2150 - 0.1 * z, z), z) for z in (1900.0, 1500.0, 1180.0, 900.0, 660.0, 470.0, 320.0)]
    ends = []
    for x, y, z in spots:
        sheet = canvas.stencil()
        ends.append(pylon(sheet, x, y, 150 * camera.focal / z))
        canvas.paint(sheet, tint(min(0.75, z / 2100), [(0, "#3d3630"), (1, "#dcc394")]))
    for far, near in pairwise(ends):
        for a, b in zip(far, near, strict=True):
            canvas.line(wire(a, b, 0.05 * (b[0] - a[0])), 1.0, "#4a4038", 0.6)


def _wagon(canvas: Canvas, camera: Camera, x: float, z: float, heading: float, index: int) -> None:
    """Paint one hopper wagon with its load, or the engine at the head of the train."""
    light = (0.75, 0.5)
    haze = min(0.62, max(0.0, (z - 300) / 2100))
    under = tint(haze, [(0, "#1c1a1b"), (1, "#d3b587")])
    prism(canvas, camera, place(box(14, 46), x, z, heading), 1, 5, under, under, light)
    if index == 0:
        prism(canvas, camera, place(box(19, 52), x, z, heading), 5, 20, "#a83e2b", "#7d2f25", light)
        prism(canvas, camera, place(box(19, 26, (0, 10)), x, z, heading), 20, 27, "#b8452f", "#8c3527", light)
        front = place([(-6, 26.4), (6, 26.4)], x, z, heading)
        for east, depth in front:
            px, py = camera.project(east, depth, 12)
            canvas.paint(canvas.stencil_around([(px, py)], 30).disc(px, py, 6), "#fff6d8")
            canvas.glow(px, py, 34, "#ffe3a0", 0.8)
        return
    side = ramp(np.array([haze]), [(0, ("#6b4a3c", "#57504c", "#7a5a44")[index % 3]), (1, "#d3b587")])[0]
    coal = tint(haze, [(0, "#1d1c20"), (1, "#b59a76")])
    lump = tint(haze, [(0, "#3a383d"), (1, "#c5a980")])
    prism(canvas, camera, place(box(18, 50), x, z, heading), 4, 18, side, side * 0.7, light)
    prism(canvas, camera, place(box(15, 46), x, z, heading), 18, 20, coal, coal, light)
    prism(canvas, camera, place(box(8, 38), x, z, heading), 20, 23, coal * 1.1, lump, light)


def _station(canvas: Canvas) -> None:
    """Set cooling towers and chimneys with drifting plumes on the horizon."""
    for x, wide, top, tone in ((330, 70, 150, "#a69684"), (520, 78, 132, "#9d8d7c"), (730, 70, 160, "#ab9a86")):
        side = [
            (
                wide * (0.62 + 0.38 * ((t - 0.28) / 0.72) ** 2 if t > 0.28 else 0.62 + 0.1 * ((0.28 - t) / 0.28) ** 2),
                top + (430 - top) * t,
            )
            for t in np.linspace(0, 1, 20)
        ]
        outline = [(x + w, y) for w, y in side] + [(x - w, y) for w, y in side[::-1]]
        canvas.polygon(outline, canvas.across(x - wide, x + wide, [(0, "#7d7168"), (0.6, tone), (1, "#d9c09a")]))
    for x, top in ((905, 70), (960, 96)):
        canvas.polygon(
            [(x - 9, top), (x + 9, top), (x + 13, 430), (x - 13, 430)],
            canvas.across(x - 12, x + 12, [(0, "#70655d"), (1, "#c9ae88")]),
        )
        for k in range(3):
            canvas.paint(canvas.stencil().rect(x - 10, top + 8 + k * 26, x + 10, top + 20 + k * 26), "#9c4a38", 0.7)
    canvas.paint(canvas.stencil().rect(800, 330, 1040, 430).rect(1040, 366, 1120, 430), "#93836f")
    field = canvas.fbm(120, 90, 17, 5)
    for x, top, wide in ((330, 150, 44), (520, 132, 50), (730, 160, 44), (905, 70, 9), (960, 96, 9)):
        rise = np.maximum(top - canvas.ys, 0)
        drift = x - rise * 0.9 - 0.0016 * rise**2
        spread = wide + rise * 0.42
        body = np.exp(-(((canvas.xs - drift) / spread) ** 4)) * (canvas.ys < top + 3)
        mask = smoothstep(0.3, 0.52, body * (0.3 + 0.9 * field)) * body
        canvas.paint(
            np.asarray(mask, np.float32),
            ramp(
                np.clip(field * 1.3 - 0.1 + (canvas.xs - drift) / spread * 0.25, 0, 1), [(0, "#8d8279"), (1, "#fbecd0")]
            ),
            0.85,
        )
