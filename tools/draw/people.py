"""Small standing figures for crowds and queues."""

import numpy as np

from .canvas import Canvas
from .stencil import Point

SKINS = ["#5b3a2c", "#6f4733", "#4a2f25", "#8a5a3f", "#3d2820"]
CLOTHES = ["#b6442f", "#e0a43a", "#2f5f78", "#f0e3cb", "#3f7463", "#7a3550", "#d9753f", "#4a5b86", "#c9b28a", "#223848"]


def person(canvas: Canvas, x: float, base: float, tall: float, rim: str, rim_side: int = 1) -> None:
    """Paint one standing person, seen from a distance, with light along one side."""
    rng = canvas.rng
    shirt, lower = (CLOTHES[int(i)] for i in rng.choice(len(CLOTHES), 2, replace=False))
    skin = SKINS[int(rng.integers(len(SKINS)))]
    broad = tall * rng.uniform(0.118, 0.15)
    sway = tall * rng.uniform(-0.012, 0.012)
    gown = rng.random() < 0.42
    shoulder, hip, head = base - tall * 0.83, base - tall * 0.47, base - tall * 0.915

    def body(points: list[Point], colour: str) -> None:
        canvas.polygon(points, colour)

    if gown:
        hem = broad * rng.uniform(1.15, 1.5)
        body(
            [
                (x - broad * 0.8, hip - 6),
                (x + broad * 0.8, hip - 6),
                (x + hem, base - tall * 0.05),
                (x - hem, base - tall * 0.05),
            ],
            lower,
        )
    else:
        for side in (-1, 1):
            foot = x + side * broad * rng.uniform(0.45, 0.7)
            body(
                [
                    (x + side * broad * 0.05, hip),
                    (x + side * broad * 0.82, hip),
                    (foot + tall * 0.035, base),
                    (foot - tall * 0.04, base),
                ],
                lower,
            )
    arms = tall * rng.uniform(0.42, 0.5)
    for side in (-1, 1):
        start, end = (
            (x + sway + side * broad * 0.9, shoulder + tall * 0.03),
            (x + side * broad * rng.uniform(1.1, 1.3), shoulder + arms * 0.82),
        )
        canvas.line([start, end], tall * 0.052, shirt)
        canvas.paint(canvas.stencil_around([end], 12).disc(*end, tall * 0.026), skin)
    torso = [
        (x + sway - broad * 0.55, shoulder - tall * 0.025),
        (x + sway + broad * 0.55, shoulder - tall * 0.025),
        (x + sway + broad, shoulder + tall * 0.03),
    ]
    torso += [
        (x + broad * 0.86, hip + tall * 0.02),
        (x - broad * 0.86, hip + tall * 0.02),
        (x + sway - broad, shoulder + tall * 0.03),
    ]
    body(torso, shirt)
    canvas.line([(x + sway, shoulder), (x + sway, head)], tall * 0.05, skin)
    top = (x + sway, head)
    canvas.paint(canvas.stencil_around([top], tall).disc(*top, tall * 0.056, tall * 0.07), skin)
    style = rng.random()
    cover = canvas.stencil_around([top], tall)
    if style < 0.35:
        cover.disc(top[0], top[1] - tall * 0.012, tall * 0.066, tall * 0.072)
        cover.polygon(
            [
                (top[0] - tall * 0.06, top[1]),
                (top[0] + tall * 0.06, top[1]),
                (top[0] + tall * 0.075, shoulder),
                (top[0] - tall * 0.075, shoulder),
            ]
        )
        canvas.paint(cover, CLOTHES[int(rng.integers(len(CLOTHES)))])
    elif style < 0.55:
        cover.disc(top[0], top[1] - tall * 0.03, tall * 0.105, tall * 0.022).disc(
            top[0], top[1] - tall * 0.05, tall * 0.055, tall * 0.04
        )
        canvas.paint(cover, "#d9c08a")
    else:
        cover.disc(top[0], top[1] - tall * 0.024, tall * 0.058, tall * 0.055)
        canvas.paint(cover, "#1d1817")
    edge = x + rim_side * broad * 0.86
    canvas.line(
        [(x + sway + rim_side * broad * 0.9, shoulder + tall * 0.03), (edge, hip)], max(1.0, tall * 0.014), rim, 0.8
    )
    canvas.line(
        [(top[0] + rim_side * tall * 0.052, head - tall * 0.03), (top[0] + rim_side * tall * 0.05, head + tall * 0.04)],
        max(0.8, tall * 0.012),
        rim,
        0.7,
    )


def cast(
    canvas: Canvas, x: float, base: float, reach: float, tall: float, colour: str, opacity: float, drop: float = 0.0
) -> None:
    """Lay the long shadow of a standing person on the ground."""
    wide = tall * 0.12
    end = np.array([x + reach, base + drop])
    points = [
        (x - wide, base),
        (x + wide, base),
        (float(end[0]) + wide * 0.6, float(end[1]) + 1),
        (float(end[0]) - wide * 0.6, float(end[1]) - 2),
    ]
    canvas.polygon(points, colour, opacity)
    canvas.paint(
        canvas.stencil_around([tuple(end)], tall).disc(
            float(end[0]) + reach * 0.06, float(end[1]), abs(reach) * 0.07, tall * 0.045
        ),
        colour,
        opacity,
    )
