"""A street market under awnings."""

import numpy as np

from ..canvas import Canvas
from ..colour import Array, tint
from ..houses import quad
from ..people import person
from ..terrain import Camera, posterise

CLOTHS = [
    ("#c4472f", "#f6e6c6"),
    ("#e0a233", "#fbeccb"),
    ("#2f6673", "#eadfc4"),
    ("#8d3348", "#f3d9b4"),
    ("#4b7f63", "#f3e8cd"),
    ("#d9713a", "#f8e4c0"),
    ("#37507f", "#efe2c6"),
    ("#f3e6c8", "#d8c39a"),
]
FRUIT = ["#d9543a", "#e8a53a", "#7f9b3f", "#b23a4a", "#f0c85a", "#5f7f45", "#d9803a"]


def _mixed(colour: str, depth: float) -> Array:
    """A colour, hazier with distance."""
    return tint(np.clip((depth - 420) / 1500, 0, 0.45), [(0, colour), (1, "#f3d9a8")])


def _stall(canvas: Canvas, camera: Camera, left: float, right: float, depth: float) -> None:
    """Paint one stall: its dark inside, its counter with goods, and its sloping striped awning."""
    back, front, high, low = depth + 30, depth - 6, 41.0, 30.0
    quad(
        canvas,
        camera,
        [(left, depth + 30, 0), (right, depth + 30, 0), (right, depth + 30, 40), (left, depth + 30, 40)],
        _mixed("#3a2630", depth),
    )
    quad(
        canvas,
        camera,
        [(left + 3, depth + 4, 0), (right - 3, depth + 4, 0), (right - 3, depth + 4, 11), (left + 3, depth + 4, 11)],
        _mixed("#6b4332", depth),
    )
    quad(
        canvas,
        camera,
        [
            (left + 3, depth + 4, 11),
            (right - 3, depth + 4, 11),
            (right - 3, depth + 26, 15),
            (left + 3, depth + 26, 15),
        ],
        _mixed("#8d5a3c", depth),
    )
    unit = camera.focal / depth
    goods = [canvas.stencil() for _ in FRUIT]
    bins = max(2, int((right - left) / 17))
    for k in range(bins):
        sheet = goods[int(canvas.rng.integers(len(FRUIT)))]
        for row in range(3):
            for step in range(5):
                x = left + 5 + (right - left - 10) * (k + 0.12 + step * 0.19) / bins
                px, py = camera.project(x, depth + 8 + row * 6, 14.5 + row * 0.8)
                sheet.disc(px, py, 1.9 * unit, 1.7 * unit)
    for sheet, tone in zip(goods, FRUIT, strict=True):
        canvas.paint(sheet, _mixed(tone, depth))
    for x in (left + 1, right - 1):
        canvas.line(
            [camera.project(x, front + 2, 0), camera.project(x, front + 2, low)],
            max(1.2, 1.6 * unit),
            _mixed("#4a3129", depth),
        )
    first, second = CLOTHS[int(canvas.rng.integers(len(CLOTHS)))]
    stripes = int(canvas.rng.integers(7, 12))
    plain = canvas.rng.random() < 0.22
    for k in range(stripes):
        a, b = left - 3 + (right - left + 6) * k / stripes, left - 3 + (right - left + 6) * (k + 1) / stripes
        cloth = _mixed(first if plain or k % 2 == 0 else second, depth)
        middle_h, middle_z = (high + low) / 2 - 2.2, (back + front) / 2
        quad(
            canvas, camera, [(a, middle_z, middle_h), (b, middle_z, middle_h), (b, back, high), (a, back, high)], cloth
        )
        quad(
            canvas,
            camera,
            [(a, front, low), (b, front, low), (b, middle_z, middle_h), (a, middle_z, middle_h)],
            np.clip(cloth * 1.06, 0, 1),
        )
        edge = [
            (a, low),
            (a, low - 5),
            *[(a + (b - a) * t, low - 5 - 3 * np.sin(np.pi * t)) for t in np.linspace(0, 1, 6)],
            (b, low),
        ]
        canvas.polygon([camera.project(x, front, h) for x, h in edge], np.clip(cloth * 0.8, 0, 1))
    ends = [camera.project(left - 3, back, high), camera.project(right + 3, back, high)]
    canvas.line(ends, max(1.0, 0.9 * unit), "#fff3d4", 0.7)


def _shadow(canvas: Canvas, camera: Camera, left: float, right: float, depth: float) -> None:
    """Lay the awning's shadow on the street."""
    quad(
        canvas,
        camera,
        [
            (left + 14, depth - 28, 0),
            (right + 14, depth - 28, 0),
            (right + 4, depth + 30, 0),
            (left + 4, depth + 30, 0),
        ],
        "#4a2a36",
        0.62,
    )


def market_awnings() -> Canvas:
    """Draw rows of striped awnings and the people in the lanes between them."""
    canvas = Canvas(1800, 1200, 157)
    camera = Camera(0, 420, -420, 1180, 900)
    light = canvas.slant((0, 0), (1800, 1200), [(0, "#f3cf98"), (0.5, "#dca873"), (1, "#b97d58")])
    canvas.pixels[:] = light
    stone = posterise(canvas.fbm(90, 22, 3, 5), 6)
    canvas.wash("#8d5a45", np.asarray(0.28 * stone, np.float32), "multiply")
    rows = [1290.0, 1190.0, 1094.0, 1002.0, 914.0, 830.0, 748.0, 668.0, 590.0, 514.0, 440.0, 366.0]
    for depth in rows:
        reach = 900 * depth / camera.focal + 120
        x = -reach - 60 * canvas.rng.random()
        stalls = []
        while x < reach:
            wide = canvas.rng.uniform(62, 108)
            if canvas.rng.random() > 0.05:
                stalls.append((x, x + wide - 5))
            x += wide
        for left, right in stalls:
            _shadow(canvas, camera, left, right + 6, depth)
        for left, right in stalls:
            _stall(canvas, camera, left, right, depth)
        lane = depth - 30
        for x in np.arange(-reach, reach, 10):
            if canvas.rng.random() < 0.5:
                spot = lane + canvas.rng.uniform(-10, 10)
                px, py = camera.project(float(x + canvas.rng.uniform(-6, 6)), spot)
                tall = 27 * camera.focal / spot
                canvas.polygon(
                    [
                        (px - tall * 0.1, py),
                        (px + tall * 0.1, py),
                        (px + tall * 0.62, py + tall * 0.3),
                        (px + tall * 0.45, py + tall * 0.33),
                    ],
                    "#4a2a36",
                    0.5,
                )
                person(canvas, px, py, tall, "#ffe6b4", -1)
    canvas.wash(canvas.slant((0, 0), (1500, 1200), [(0, "#5b4220"), (0.55, "#000000")]), 0.75, "screen")
    canvas.wash(canvas.slant((600, 300), (1800, 1300), [(0, "#ffffff"), (1, "#a88a93")]), 0.8, "multiply")
    return canvas
