"""An old city on a hill at dusk."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, tint
from ..houses import openings, quad
from ..noise import fbm
from ..scenery import birds, clouds, hills, layer, mist, sky, stars
from ..solids import box, place, prism
from ..stencil import ribbon
from ..terrain import Camera

STONES = ["#b98a72", "#c99b78", "#a87a6c", "#d3ab84", "#9a7068", "#bf8f80"]
LIGHT = (0.9, 0.05)


def _rise(east: float, depth: float) -> float:
    """The height of the hill at a place."""
    crown = np.exp(-(((east - 120) / 900) ** 2))
    return float(np.clip((depth - 420) * 0.52, 0, 420) * (0.45 + 0.55 * crown))


def _toned(colour: str, depth: float) -> Array:
    """A colour dimmed by dusk near the viewer and veiled by haze far away."""
    share = float(np.clip((depth - 250) / 1300, 0, 1))
    near = tint(0.34, [(0, colour), (1, "#2b2346")])
    return np.asarray(near + (np.array([0.79, 0.56, 0.57], np.float32) - near) * (0.62 * share))


def _cube(canvas: Canvas, camera: Camera, east: float, depth: float, wide: float, tall: float) -> None:
    """Paint one flat-roofed house with lit and unlit windows and small things on its roof."""
    base = _rise(east, depth) - 26
    tone = _toned(STONES[int(canvas.rng.integers(len(STONES)))], depth)
    outline = place(box(wide, wide * 0.9), east, depth, canvas.rng.uniform(-9, 9))
    top = base + 26 + tall
    prism(canvas, camera, outline, base, top, tone, np.clip(tone * 1.18, 0, 1), LIGHT, 0.34)
    rim = place(box(wide * 0.86, wide * 0.76), east, depth, 0)
    canvas.polygon([camera.project(x, z, top - 1) for x, z in rim], np.clip(tone * 1.02, 0, 1))
    glass = ["#ffcf7f", "#ffb35c"] if canvas.rng.random() < 0.26 else ["#3a2b47", "#44324d", "#3a2b47", "#ffc26e"]
    a, b = outline[0], outline[1]
    count, rows = int(canvas.rng.integers(1, 4)), max(1, int(tall / 24))
    openings(canvas, camera, a, b, top - tall * 0.92, top - 3, count, rows, glass)
    kind = canvas.rng.random()
    unit = camera.focal / depth
    if kind < 0.13:
        x, y = camera.project(east, depth, top)
        half = canvas.stencil_around([(x, y)], wide * unit)
        half.pie(x, y, wide * 0.36 * unit, 180, 360)
        canvas.paint(
            half,
            canvas.across(
                x - wide * 0.36 * unit, x + wide * 0.36 * unit, [(0, "#5d4763"), (0.65, "#c99a86"), (1, "#f3c49a")]
            ),
            0.94,
        )
        canvas.line([(x, y - wide * 0.36 * unit), (x, y - wide * 0.5 * unit)], max(1, unit), "#e9b98f")
    elif kind < 0.3:
        prism(
            canvas,
            camera,
            place(box(wide * 0.4, wide * 0.4), east + wide * 0.16, depth + 6, 0),
            top,
            top + 13,
            tone,
            np.clip(tone * 1.15, 0, 1),
            LIGHT,
        )
    elif kind < 0.42:
        x, y = camera.project(east - wide * 0.2, depth, top)
        canvas.line([(x, y), (x, y - 12 * unit)], max(0.8, 0.5 * unit), "#2b2346", 0.8)
        canvas.line(
            [(x - 4 * unit, y - 11 * unit), (x + 4 * unit, y - 11 * unit)], max(0.8, 0.4 * unit), "#2b2346", 0.8
        )


def _cypress(canvas: Canvas, camera: Camera, east: float, depth: float, tall: float) -> None:
    """Plant one cypress."""
    x, y = camera.project(east, depth, _rise(east, depth) - 6)
    size = tall * camera.focal / depth
    t = np.linspace(0, 1, 12)
    canvas.polygon(
        ribbon(list(zip(x + 0 * t, y - size * t, strict=True)), size * 0.24 * np.sin(np.pi * (0.1 + 0.9 * t)) ** 0.8),
        _toned("#2f4a4a", depth),
    )


def _minster(canvas: Canvas, camera: Camera) -> None:
    """Crown the hill with a walled citadel, a great dome and a bell tower."""
    east, depth = 90.0, 1290.0
    base = _rise(east, depth) - 30
    wall = _toned("#b98a72", 1150)
    prism(canvas, camera, place(box(820, 60), east, depth - 30, 0), base, base + 92, wall, wall * 1.1, LIGHT)
    for k in range(30):
        x = east - 405 + k * 28
        quad(
            canvas,
            camera,
            [
                (x, depth - 60, base + 92),
                (x + 15, depth - 60, base + 92),
                (x + 15, depth - 60, base + 102),
                (x, depth - 60, base + 102),
            ],
            wall,
        )
    prism(
        canvas,
        camera,
        place(box(280, 130), east - 40, depth + 30, 0),
        base,
        base + 168,
        _toned("#d3ab84", 1000),
        "#d9a78c",
        LIGHT,
    )
    openings(
        canvas,
        camera,
        (east - 175, depth - 36),
        (east + 95, depth - 36),
        base + 104,
        base + 162,
        9,
        1,
        ["#ffcf7f", "#ffdf9f"],
    )
    x, y = camera.project(east - 40, depth + 20, base + 178)
    radius = 88 * camera.focal / depth
    drum = canvas.stencil().rect(x - radius, y - radius * 0.1, x + radius, y + radius * 0.3)
    canvas.paint(drum, canvas.across(x - radius, x + radius, [(0, "#7d5b6f"), (0.7, "#d9a487"), (1, "#f3c79a")]))
    shell = [
        (x + radius * 0.97 * np.cos(a), y - radius * 0.08 + radius * 0.95 * np.sin(a))
        for a in np.linspace(np.pi, 2 * np.pi, 50)
    ]
    canvas.polygon(
        shell,
        canvas.across(x - radius, x + radius, [(0, "#4f5578"), (0.45, "#7d8a9a"), (0.8, "#d9b89f"), (1, "#ffe0b4")]),
    )
    for share in np.linspace(-0.8, 0.8, 9):
        canvas.line(
            [
                (x + share * radius * np.cos(t), y - radius * 0.08 - radius * 0.95 * np.sin(t))
                for t in np.linspace(0, np.pi / 2, 16)
            ],
            1.3,
            "#3a3558",
            0.4,
        )
    canvas.line([(x, y - radius), (x, y - radius * 1.35)], 3, "#ffd79f")
    for shift, tall in ((190.0, 330.0), (-330.0, 236.0)):
        spot = east + shift
        prism(
            canvas,
            camera,
            place(box(40, 40), spot, depth, 0),
            base,
            base + tall,
            _toned("#d3ab84", 1000),
            "#e9c196",
            LIGHT,
        )
        openings(
            canvas,
            camera,
            (spot - 20, depth - 20),
            (spot + 20, depth - 20),
            base + tall - 58,
            base + tall - 8,
            2,
            1,
            ["#ffd489"],
        )
        prism(
            canvas,
            camera,
            place(box(48, 48), spot, depth, 0),
            base + tall,
            base + tall + 8,
            _toned("#d3ab84", 950),
            "#e9c196",
            LIGHT,
        )
        tip = [
            camera.project(spot - 22, depth, base + tall + 8),
            camera.project(spot, depth, base + tall + 60),
            camera.project(spot + 22, depth, base + tall + 8),
        ]
        canvas.polygon(tip, canvas.across(tip[0][0], tip[2][0], [(0, "#4a3f63"), (0.6, "#8d6a74"), (1, "#e9b48f")]))


def old_city_dusk() -> Canvas:
    """Draw flat-roofed houses piled up a hill to a citadel as the first lamps are lit."""
    canvas = Canvas(1800, 1200, 163)
    sky(canvas, [(0, "#3b3768"), (0.3, "#6f5285"), (0.6, "#c4788a"), (0.85, "#f0a983"), (1, "#fbd09a")], 720, 0.08)
    stars(canvas, 150, 330, "#fff4e0", 0.6)
    clouds(canvas, 60, 560, [(0, "#7a5585"), (1, "#f6b692")], 6, 0.46, (700, 80), 0.75, 0.12)
    canvas.glow(1650, 600, 380, "#ffd59a", 0.55)
    canvas.paint(canvas.stencil().disc(360, 210, 36), "#fff3dc")
    canvas.paint(canvas.stencil().disc(376, 202, 33), "#62497c")
    layer(canvas, hills(canvas, 760, 200, 620, 2, 0.5), [(0, "#9a6d8a"), (1, "#e0a08c")], 200)
    camera = Camera(0, 235, 640, 1150, 900)
    rough = fbm(1, 4000, 300, 1e6, 9, 3)[0]
    spots: list[tuple[float, str, float]] = [(1290.0, "minster", 0.0)]
    depth = 1250.0
    while depth > 262:
        reach = 960 * depth / camera.focal + 60
        x = -reach
        while x < reach:
            x += canvas.rng.uniform(30, 58)
            kind = "tree" if canvas.rng.random() < 0.08 else "house"
            spots.append((depth + canvas.rng.uniform(-9, 9), kind, x))
        depth -= 31 + 8 * float(rough[int(depth)])
    veils = [1000.0, 760.0, 560.0]
    for depth, kind, x in sorted(spots, reverse=True):
        while veils and depth < veils[0]:
            place_y = camera.project(0, veils[0], _rise(0, veils[0]))[1]
            mist(canvas, place_y + 40, 70, "#e9a592", 0.2, int(veils[0]))
            veils.pop(0)
        if kind == "minster":
            _minster(canvas, camera)
        elif kind == "tree":
            for _ in range(3):
                _cypress(canvas, camera, x + canvas.rng.uniform(-16, 16), depth, canvas.rng.uniform(44, 74))
        else:
            _cube(canvas, camera, x, depth, canvas.rng.uniform(38, 62), canvas.rng.uniform(26, 62))
    birds(canvas, [(980, 190), (1030, 168), (1090, 200), (940, 222), (1140, 176), (1200, 214)], 14, "#3b2f55", 0.8)
    canvas.wash(canvas.down(700, 1250, [(0, "#ffffff"), (1, "#8d84b0")]), 0.75, "multiply")
    return canvas
