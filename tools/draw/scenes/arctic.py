"""An icebreaker in pack ice."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp
from ..houses import openings
from ..noise import cells, fbm, ridged, sample, smoothstep
from ..scenery import clouds, hills, layer, mist, sky
from ..solids import box, loft, place, prism
from ..stencil import Point, Stencil, curve, ribbon
from ..terrain import Camera, blur, cast_shadow, hillshade, look, posterise

WIDE, DEEP = 3000, 2000
EAST, DEPTH, HEADING, LENGTH = 1575.0, 700.0, 154.0, 400.0
HULL = [(-0.8, -1.0), (0.8, -1.0), (1.0, -0.8), (1.0, 0.45), (0.82, 0.72), (0.5, 0.9), (0.0, 1.0)]


def _shape(wide: float, long: float) -> list[Point]:
    """The ship's outline on the map, made wider or longer."""
    right = [(x * LENGTH * 0.105 * wide, z * long * LENGTH / 2) for x, z in HULL]
    left = [(-x, z) for x, z in right[-2::-1]]
    return place(right + left, EAST, DEPTH, HEADING)


def _pack() -> tuple[Array, Array]:
    """The ice's height map and its colours: floes, ridges and the ship's channel."""
    turn = np.radians(HEADING)
    back = [
        (EAST + np.sin(turn) * t + 26 * np.sin(t / 240), DEPTH - np.cos(turn) * t) for t in np.linspace(-120, 1500, 26)
    ]
    lane = Stencil(WIDE, DEEP).polygon(ribbon(curve(back, 4), np.linspace(80, 116, len(curve(back, 4))))).full()
    lane = blur(lane, 16)
    warp_x = (fbm(DEEP, WIDE, 120, 120, 3, 4) - 0.5) * 70
    warp_y = (fbm(DEEP, WIDE, 120, 120, 4, 4) - 0.5) * 70
    y, x = np.mgrid[0:DEEP, 0:WIDE].astype(np.float32)
    edge_big, tone_big = (sample(f, x + warp_x, y + warp_y) for f in cells(DEEP, WIDE, 230, 8))
    edge_small, tone_small = (sample(f, x + warp_x, y + warp_y) for f in cells(DEEP, WIDE, 44, 9))
    leads = smoothstep(7, 4, edge_big + 9 * (fbm(DEEP, WIDE, 260, 260, 6, 3) - 0.35))
    shattered = smoothstep(0.04, 0.3, blur(lane, 60))
    brash = smoothstep(2.4, 4.2, edge_small - 3.2 * smoothstep(0.2, 0.9, lane)) * (
        tone_small > 0.18 + 0.72 * smoothstep(0.3, 0.95, lane)
    )
    solid = (1 - leads) * (1 - shattered) + brash * shattered
    rubble = ridged(DEEP, WIDE, 150, 110, 12) ** 2 * smoothstep(0.4, 0.62, fbm(DEEP, WIDE, 420, 300, 13, 4))
    seams = np.exp(-(((edge_big - 12) / 9) ** 2)) * (tone_big > 0.45) * ridged(DEEP, WIDE, 40, 40, 14)
    heights = np.asarray(
        solid * (3 + 22 * rubble + 20 * seams * (1 - shattered) + 3 * fbm(DEEP, WIDE, 30, 20, 15, 4)), np.float32
    )
    light = hillshade(heights, (0.9, 0.42, 0.3), 1.3) * (0.5 + 0.5 * cast_shadow(heights, 0.32, False, 3))
    tone = posterise(np.clip(light * 1.75 + 0.1 * (tone_big - 0.5), 0, 1), 7, 0.3)
    ice = ramp(tone, [(0, "#5f86a8"), (0.35, "#9dbcd0"), (0.65, "#dfe3e3"), (1, "#fff1e2")])
    ripple = fbm(DEEP, WIDE, 40, 12, 17, 4)
    water = ramp(posterise(ripple, 5), [(0, "#0f2f45"), (1, "#2c5b70")])
    return heights, np.asarray(water + (ice - water) * solid[..., None], np.float32)


def _ship(canvas: Canvas, camera: Camera) -> None:
    """Paint the icebreaker: red hull, white house, mast, funnels, cranes and helicopter deck."""
    sun = (0.95, -0.1)
    loft(canvas, camera, _shape(0.9, 0.95), 0, _shape(1.0, 1.0), 26, "#b5372b", "#8f3a2e", sun)
    loft(canvas, camera, _shape(1.0, 1.0), 26, _shape(1.03, 1.03), 33, "#efe4d6", "#6f7f76", sun)
    deck = _shape(0.92, 0.94)
    canvas.polygon([camera.project(x, z, 33) for x, z in deck], "#56746b")

    def block(
        width: float, length: float, along: float, low: float, high: float, side: str, top: str, across: float = 0
    ) -> None:
        outline = place(box(width, length, (across, along)), EAST, DEPTH, HEADING)
        prism(canvas, camera, outline, low, high, side, top, sun)
        if side.startswith(("#f", "#e")):
            _portholes(canvas, camera, outline, low, high)

    ring = [(30 * np.cos(a), -160 + 30 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]
    pad = [camera.project(x, z, 34) for x, z in place(ring, EAST, DEPTH, HEADING)]
    canvas.polygon(pad, "#3f5a55")
    canvas.line([*pad, pad[0]], 2.4, "#f3e3c0", 0.9)
    block(58, 116, -34, 33, 58, "#efe6da", "#d9d3c8")
    block(52, 84, -20, 58, 78, "#f3ebdf", "#dcd6cb")
    block(24, 26, -62, 58, 100, "#d79a3a", "#2a3138")
    block(50, 56, 2, 78, 92, "#f6eee2", "#dcd6cb")
    block(84, 24, 18, 92, 106, "#f7efe3", "#cfcabf")
    for across in (-27.0, 27.0):
        for along in (-58.0, -30.0):
            block(9, 22, along, 62, 70, "#d9643a", "#f08a52", across)
    x, z = place([(0, 4)], EAST, DEPTH, HEADING)[0]
    canvas.line([camera.project(x, z, 106), camera.project(x, z, 166)], 5, "#3a4a55")
    for height, reach in ((128, 15), (146, 11), (158, 7)):
        cross = place([(-reach, 4), (reach, 4)], EAST, DEPTH, HEADING)
        canvas.line([camera.project(a, b, height) for a, b in cross], 3.4, "#3a4a55")
    for across in (-24.0, 24.0):
        block(9, 9, 92, 33, 62, "#d79a3a", "#b57d2c", across)
        arm = place([(across, 92), (across * 0.3, 140)], EAST, DEPTH, HEADING)
        canvas.line([camera.project(a, b, h) for (a, b), h in zip(arm, (60, 74), strict=True)], 5, "#d79a3a")
    glow_x, glow_y = camera.project(x, z, 160)
    canvas.glow(glow_x, glow_y, 26, "#ffe3a8", 0.9)


def _portholes(canvas: Canvas, camera: Camera, outline: list[Point], low: float, high: float) -> None:
    """Cut rows of windows, some of them lit, into the walls of a deckhouse that are seen."""
    centre = np.mean(outline, axis=0)
    for a, b in zip(outline, [*outline[1:], outline[0]], strict=True):
        middle = (np.array(a) + np.array(b)) / 2
        if (middle - centre) @ (np.array([camera.east, 0.0]) - middle) > 0:
            span = float(np.hypot(b[0] - a[0], b[1] - a[1]))
            openings(
                canvas,
                camera,
                a,
                b,
                low + 2,
                high - 1,
                max(2, int(span / 9)),
                max(1, int((high - low) / 13)),
                ["#2c4350", "#2c4350", "#ffcf85"],
            )


def arctic_icebreaker() -> Canvas:
    """Draw an icebreaker that opens a dark channel through the pack."""
    canvas = Canvas(1800, 1200, 79)
    sky(canvas, [(0, "#6f8fb0"), (0.4, "#a9bccb"), (0.75, "#ecc9bd"), (1, "#fbe0c4")], 410, 0.06)
    clouds(canvas, 20, 340, [(0, "#93a6bd"), (1, "#fde6d4")], 4, 0.46, (760, 60), 0.7, 0.12)
    canvas.glow(1430, 352, 220, "#ffe7c4", 0.9)
    canvas.paint(canvas.stencil().disc(1430, 345, 38), "#fffaf0")
    layer(canvas, hills(canvas, 404, 74, 420, 2, 0.56), [(0, "#9db0c9"), (1, "#e8d5cd")], 60)
    heights, ground = _pack()
    camera = Camera(1500, 330, 208, 1180, near=330)
    view = look(canvas, heights, camera)
    colours, away = view.drape(ground), view.distance()
    haze = smoothstep(500, 2000, away) * 0.62
    colours += (np.array([0.95, 0.87, 0.83]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    gleam = np.exp(-(((canvas.xs - 1430) / (90 + 0.5 * np.maximum(canvas.ys - 400, 0))) ** 2)) * (canvas.ys > 400)
    canvas.paint(np.asarray(gleam * np.exp(-(canvas.ys - 400) / 420), np.float32), "#ffdcb4", 0.5, "screen")
    shade = place(box(70, LENGTH * 0.92, (0, 0)), EAST - 66, DEPTH + 8, HEADING)
    shadow = canvas.stencil().polygon([camera.project(x, z, 2) for x, z in shade])
    canvas.paint(canvas.blurred(shadow.full(), 5), "#274a6b", 0.55)
    _ship(canvas, camera)
    mist(canvas, 406, 20, "#fdebdc", 0.6, 7)
    return canvas
