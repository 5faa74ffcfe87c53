"""A town square from above."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, ramp, tint
from ..houses import gabled, openings, quad, shadow_of
from ..noise import fbm, smoothstep
from ..people import CLOTHES
from ..scenery import clouds, hills, layer, sky
from ..solids import box, loft, place, prism
from ..stencil import Point, Stencil
from ..terrain import Camera, look, posterise

WIDE, DEEP = 2600, 2000
CENTRE: Point = (1300.0, 860.0)
FALL = (0.95, -0.42)
WALLS = ["#e8c48d", "#d98e63", "#f0dcb4", "#b9cbb4", "#d8a58c", "#c7685a", "#f3e3c3", "#9fb7b8", "#e0b269"]
ROOFS = ["#a8503c", "#8f4035", "#b9613f", "#7c3a35"]
GLASS = ["#2f4a58", "#3d5c66", "#27404d", "#5f7f86"]

House = tuple[float, float, float, float, float, float]


def _plan(rng: np.random.Generator) -> list[House]:
    """The houses around the square as place, width, length, height and heading."""
    plan: list[House] = []
    x = 860.0
    while x < 1760:
        wide = rng.uniform(66, 96)
        if not 1185 < x + wide / 2 < 1415:
            plan.append((x + wide / 2, 1275, wide - 3, 110, rng.uniform(74, 112), 0))
        x += wide
    for depth in np.arange(1330.0, 1900, 118):
        plan += [_back_house(rng, x, depth) for x in np.arange(640.0, 2000, 104) if depth > 1360 or not 860 < x < 1760]
    for side in (-1, 1):
        z = 392.0
        while z < 1230:
            wide = rng.uniform(70, 100)
            plan.append((CENTRE[0] + side * 445, z + wide / 2, wide - 3, 120, rng.uniform(76, 116), 90))
            places = [CENTRE[0] + side * (445 + 135 * k) for k in (1, 2)]
            plan += [(x, z + wide / 2, wide - 6, 100, rng.uniform(64, 104), 90) for x in places]
            z += wide
    return plan


def _back_house(rng: np.random.Generator, x: float, depth: float) -> House:
    """One house of the quarter behind the square."""
    east, far = x + rng.uniform(-16, 16), depth + 60 + rng.uniform(-14, 14)
    return east, far, rng.uniform(70, 96), 92, rng.uniform(60, 104), int(rng.choice([0, 90]))


def _ground(plan: list[House]) -> Array:
    """The map of the square: rays and rings of stone, and the shadows of the morning."""
    x = np.arange(WIDE, dtype=np.float32)[None, :] - CENTRE[0]
    z = np.arange(DEEP, dtype=np.float32)[:, None] - CENTRE[1]
    away, angle = np.hypot(x, z), np.arctan2(z, x)
    rays = np.floor((angle + np.pi) / (2 * np.pi) * 24) % 2
    ring = np.floor(away / 46) % 2
    tone = 0.5 + 0.16 * (rays - 0.5) + 0.12 * (ring - 0.5) + 0.16 * (fbm(DEEP, WIDE, 90, 90, 3, 5) - 0.5)
    joints = smoothstep(0.1, 0.02, np.asarray(np.abs((away / 46) % 1 - 0.5) * -1 + 0.5, np.float32))
    stone = ramp(posterise(np.asarray(tone, np.float32), 16), [(0, "#b98a72"), (0.5, "#dfb892"), (1, "#f6dcb6")])
    stone -= (0.1 * joints)[..., None]
    beyond = ramp(posterise(fbm(DEEP, WIDE, 60, 60, 7, 4), 5), [(0, "#8d7465"), (1, "#b39a82")])
    inside = smoothstep(0, -4, np.maximum(np.abs(x) - 384, np.abs(z + 200) - 580))
    ground = beyond + (stone - beyond) * inside[..., None]
    shade = Stencil(WIDE, DEEP)
    for east, depth, wide, long, tall, heading in plan:
        shade.polygon(shadow_of(place(box(wide, long), east, depth, heading), tall + 22, FALL))
    shade.polygon(shadow_of(box(190, 120, (CENTRE[0], 1265)), 150, FALL)).polygon(
        shadow_of(box(62, 62, (CENTRE[0], 1220)), 330, FALL)
    )
    shade.polygon(shadow_of(box(26, 26, CENTRE), 62, FALL))
    ground *= 1 - shade.full()[..., None] * np.array([0.5, 0.44, 0.28], np.float32)
    return np.asarray(ground, np.float32)


def town_square() -> Canvas:
    """Draw a paved square with a town hall, a fountain and long morning shadows."""
    canvas = Canvas(1400, 1400, 151)
    sky(canvas, [(0, "#5f8f9e"), (0.5, "#a9c3ba"), (1, "#f4e0b6")], 320, 0.06)
    clouds(canvas, -40, 280, [(0, "#a9bdb9"), (1, "#fff4dc")], 4, 0.52, (380, 80), 0.9, 0.07)
    layer(canvas, hills(canvas, 262, 90, 420, 3, 0.5), [(0, "#a9bdb0"), (1, "#eddcb8")], 90)
    layer(canvas, hills(canvas, 330, 80, 300, 5, 0.5), [(0, "#9aac95"), (1, "#eddcb8")], 80)
    plan = _plan(np.random.default_rng(7))
    camera = Camera(CENTRE[0], 400, 190, 1240, 700, near=300)
    view = look(canvas, np.zeros((DEEP, WIDE), np.float32), camera, 3)
    colours, away = view.drape(_ground(plan)), view.distance()
    haze = smoothstep(900, 3000, away) * 0.95
    colours += (np.array([0.93, 0.86, 0.72]) - colours) * haze[..., None]
    canvas.paint(view.cover(), colours)
    things: list[tuple[float, str, House | None]] = [
        (depth, "house", (east, depth, wide, long, tall, heading)) for east, depth, wide, long, tall, heading in plan
    ]
    things += [(1240.0, "hall", None), (CENTRE[1], "fountain", None)]
    for depth, kind, house in sorted(things, key=lambda thing: -thing[0]):
        if kind == "hall":
            _town_hall(canvas, camera)
        elif kind == "fountain":
            _crowd(canvas, camera, 2000, CENTRE[1])
            _fountain(canvas, camera)
            _crowd(canvas, camera, CENTRE[1], 430)
        elif house is not None:
            east, _, wide, long, tall, heading = house
            wall, roof = (str(canvas.rng.choice(tones)) for tones in (WALLS, ROOFS))
            fade = float(np.clip((depth - 900) / 2200, 0, 0.5))
            wall_tone, roof_tone = (tint(fade, [(0, tone), (1, "#efdcb8")]) for tone in (wall, roof))
            gabled(
                canvas,
                camera,
                east,
                depth,
                wide,
                long,
                tall,
                heading,
                wall_tone,
                roof_tone,
                GLASS,
                4 if tall > 90 else 3,
                (-0.9, -0.25),
            )
    return canvas


def _town_hall(canvas: Canvas, camera: Camera) -> None:
    """Build the town hall and its clock tower at the head of the square."""
    light = (-0.9, -0.25)
    gabled(canvas, camera, CENTRE[0], 1270, 196, 120, 118, 0, "#f3dfb8", "#7c3a35", GLASS, 4, light, 0.8)
    for k in range(5):
        u = CENTRE[0] - 84 + k * 36
        quad(canvas, camera, [(u, 1208, 0), (u + 24, 1208, 0), (u + 24, 1208, 24), (u, 1208, 24)], "#4a3a3a")
    tower = box(56, 56, (CENTRE[0], 1216))
    prism(canvas, camera, tower, 0, 246, "#f0d6a6", "#c9a878", light)
    front = (CENTRE[0] - 28, 1188.0), (CENTRE[0] + 28, 1188.0)
    openings(canvas, camera, *front, 20, 190, 2, 6, GLASS, "#fff2d6")
    prism(canvas, camera, box(66, 66, (CENTRE[0], 1216)), 246, 254, "#fff0cf", "#e0c490", light)
    x, y = camera.project(CENTRE[0], 1186, 220)
    canvas.paint(canvas.stencil().disc(x, y, 21), "#8d5a44")
    canvas.paint(canvas.stencil().disc(x, y, 17), "#fff6e0")
    canvas.line([(x, y - 12), (x, y), (x + 8, y + 4)], 2.4, "#3b2a2a")
    roof = box(60, 60, (CENTRE[0], 1216))
    tip = [(CENTRE[0], 1216.0)] * 4
    loft(canvas, camera, roof, 254, tip, 330, "#4f7f78", "#4f7f78", light, 0.3)
    top = camera.project(CENTRE[0], 1216, 330)
    canvas.line([top, (top[0], top[1] - 34)], 3, "#d9b25f")
    canvas.paint(canvas.stencil().disc(top[0], top[1] - 34, 5), "#e9c877")


def _ring(radius: float) -> list[Point]:
    """A circle around the fountain."""
    return [
        (CENTRE[0] + radius * np.cos(a), CENTRE[1] + radius * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 60)[:-1]
    ]


def _fountain(canvas: Canvas, camera: Camera) -> None:
    """Set a stepped fountain with a statue on a column in the middle."""
    light = (-0.9, -0.25)
    prism(canvas, camera, _ring(78), 0, 3, "#c9a98a", "#e9d0a8", light)
    prism(canvas, camera, _ring(64), 3, 14, "#b99878", "#f3dfba", light)
    canvas.polygon([camera.project(x, z, 12) for x, z in _ring(57)], "#3f7f86")
    canvas.polygon([camera.project(x - 8, z + 6, 12) for x, z in _ring(40)], "#86b9b0", 0.5)
    prism(canvas, camera, _ring(13), 10, 46, "#c9a98a", "#e9d0a8", light)
    prism(canvas, camera, _ring(21), 46, 50, "#d9bd96", "#86b9b0", light)
    prism(canvas, camera, _ring(5), 50, 66, "#8d9b86", "#8d9b86", light)
    base_x, base_y = camera.project(*CENTRE, 64)
    unit = camera.focal / CENTRE[1]
    statue = [(-5, 0), (-6, -14), (-4, -22), (4, -22), (6, -14), (5, 0)]
    canvas.polygon([(base_x + u * unit, base_y + v * unit) for u, v in statue], "#3f5f58")
    canvas.paint(canvas.stencil().disc(base_x, base_y - 25 * unit, 3.4 * unit), "#3f5f58")
    canvas.line(
        [(base_x + 3 * unit, base_y - 20 * unit), (base_x + 11 * unit, base_y - 33 * unit)], 2.4 * unit, "#3f5f58"
    )
    for k in range(8):
        turn = np.pi * 2 * k / 8 + 0.2
        path = [
            camera.project(
                CENTRE[0] + np.cos(turn) * (20 + 26 * t),
                CENTRE[1] + np.sin(turn) * (20 + 26 * t),
                49 + 14 * t - 50 * t * t,
            )
            for t in np.linspace(0, 1, 10)
        ]
        canvas.line(path, 2, "#fdfaf0", 0.7)


def _crowd(canvas: Canvas, camera: Camera, far: float, near: float) -> None:
    """Scatter small people, parasols and their shadows over one part of the square."""
    spots: list[Point] = []
    while len(spots) < 46:
        x, z = CENTRE[0] + canvas.rng.normal(0, 190), canvas.rng.uniform(max(430, near), min(1170, far))
        if abs(x - CENTRE[0]) < 350 and np.hypot(x - CENTRE[0], z - CENTRE[1]) > 95:
            spots.append((float(x), float(z)))
    stalls = [
        (x, z)
        for x, z in (
            (1030.0, 1090.0),
            (1090.0, 1130.0),
            (1010.0, 1000.0),
            (1570.0, 560.0),
            (1620.0, 640.0),
            (1510.0, 500.0),
        )
        if near < z <= far
    ]
    items = [(z, x, "stall") for x, z in stalls] + [(z, x, "person") for x, z in spots]
    for z, x, kind in sorted(items, reverse=True):
        tall = 15.5
        feet = [
            (x - 2.6, z),
            (x + 2.6, z),
            (x + 2.6 + FALL[0] * tall, z + FALL[1] * tall),
            (x - 2.6 + FALL[0] * tall, z + FALL[1] * tall),
        ]
        colour = CLOTHES[int(canvas.rng.integers(len(CLOTHES)))]
        if kind == "stall":
            ring = [(x + 27 * np.cos(a), z + 27 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)[:-1]]
            canvas.polygon([camera.project(px + FALL[0] * 20, pz + FALL[1] * 20, 0) for px, pz in ring], "#6b4a4a", 0.5)
            canvas.line([camera.project(x, z, 0), camera.project(x, z, 30)], 3, "#5d4038")
            for k in range(8):
                wedge = [camera.project(*ring[k], 24), camera.project(*ring[(k + 1) % 8], 24), camera.project(x, z, 34)]
                canvas.polygon(wedge, "#fff0d2" if k % 2 else "#b6442f")
            continue
        quad(canvas, camera, [(px, pz, 0.0) for px, pz in feet], "#6b4a4a", 0.55)
        quad(
            canvas,
            camera,
            [(x - 2.6, z, 0), (x + 2.6, z, 0), (x + 2.2, z, tall * 0.84), (x - 2.2, z, tall * 0.84)],
            colour,
        )
        head = camera.project(x, z, tall * 0.92)
        canvas.paint(canvas.stencil_around([head], 8).disc(*head, 1.9 * camera.focal / z), "#4a332b")
