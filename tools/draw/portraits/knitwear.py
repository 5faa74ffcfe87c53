"""Sweaters, and what is worn over them."""

import numpy as np

from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust
from .tailoring import body, poly


def rollneck(bust: Bust, colour: str, shade: str, light: str) -> None:
    """Paint a roll-neck sweater."""
    mask = body(bust, colour, 6)
    canvas = bust.canvas
    knit = np.sin((canvas.xs - bust.cx) * 0.62 + 0 * canvas.ys)
    canvas.paint(np.asarray(mask * smoothstep(0.3, 1.0, np.asarray(knit, np.float32)), np.float32), shade, 0.32)
    collar: list[Point] = [
        (-60, 148),
        (-66, 176),
        (-70, 206),
        (-30, 222),
        (0, 225),
        (30, 222),
        (70, 206),
        (66, 176),
        (60, 148),
        (30, 160),
        (0, 164),
        (-30, 160),
    ]
    bust.fill(collar, colour, 1, -4)
    fold = bust.mask(collar, -4)
    canvas.paint(np.asarray(fold * (1 - bust.side_light(-50, 50)), np.float32), shade, 0.75)
    for k in range(-5, 6):
        bust.stroke([(k * 11, 160), (k * 12.5, 190), (k * 13, 216)], 2.4, shade, 0.45, -4)
    bust.stroke([(-68, 206), (-30, 223), (0, 226), (30, 223), (68, 206)], 5, shade, 0.8, -4)
    bust.stroke([(-58, 150), (-30, 161), (0, 165), (30, 161), (58, 150)], 3.5, light, 0.7, -4)


def mustard_rollneck(bust: Bust) -> None:
    """Paint a mustard roll-neck."""
    rollneck(bust, "#d29a2e", "#7f5216", "#f6d585")


def tweed(bust: Bust) -> None:
    """Paint a tweed jacket over a dark roll-neck."""
    rollneck(bust, "#2a2e38", "#12141b", "#59606f")
    canvas = bust.canvas
    for side in (-1, 1):
        shape: list[Point] = [
            (side * 66, 186),
            (side * 118, 206),
            (side * 190, 236),
            (side * 232, 296),
            (side * 252, 390),
            (side * 40, 390),
            (side * 62, 300),
        ]
        points = [bust.at(u, v) for u, v in shape]
        mask = canvas.stencil().polygon(points).full()
        canvas.paint(mask, "#8d8474" if side == bust.lit else "#6b6459")
        weave = np.sin((canvas.xs + canvas.ys) * 0.8) * np.sin((canvas.xs - canvas.ys) * 0.8)
        canvas.paint(np.asarray(mask * smoothstep(0.1, 0.7, np.asarray(weave, np.float32)), np.float32), "#453f38", 0.5)
        poly(
            bust,
            [
                (side * 66, 184),
                (side * 112, 206),
                (side * 122, 266),
                (side * 98, 272),
                (side * 106, 290),
                (side * 40, 390),
                (side * 34, 390),
                (side * 58, 290),
            ],
            "#7a7265" if side == bust.lit else "#5d574e",
        )
        canvas.line([bust.at(side * 66, 184), bust.at(side * 58, 290), bust.at(side * 34, 390)], 2.4, "#332e29", 0.9)


def nordic_sweater(bust: Bust) -> None:
    """Paint a red parka, open over a patterned sweater."""
    mask = body(bust, "#e6ddcf", 4)
    canvas = bust.canvas
    u, v = canvas.xs - bust.cx + 0 * canvas.ys, canvas.ys - bust.cy + 0 * canvas.xs
    yoke = v - 0.0011 * u * u
    for line, kind in ((228, 0), (246, 1), (268, 0), (288, 2), (312, 0)):
        offset = yoke - line
        if kind == 0:
            mark = np.abs(offset) < 2.2
        elif kind == 1:
            mark = np.abs(offset) < 7 - np.abs(np.mod(u, 20) - 10) * 0.7
        else:
            mark = (np.abs(offset) < 9) & (np.abs(np.abs(np.mod(u, 26) - 13) - np.abs(offset)) < 2.6)
        canvas.paint(np.asarray(mask * mark, np.float32), "#27496b", 0.9)
    rollneck_edge: list[Point] = [(-62, 160), (-68, 204), (0, 226), (68, 204), (62, 160), (0, 176)]
    bust.fill(rollneck_edge, "#efe6d8", 1, -4)
    bust.stroke([(-66, 204), (0, 227), (66, 204)], 5, "#27496b", 0.8, -4)
    for side in (-1, 1):
        tone = "#c23a2e" if side == bust.lit else "#8d2a27"
        bust.fill(
            [
                (side * 70, 176),
                (side * 126, 198),
                (side * 204, 230),
                (side * 250, 300),
                (side * 262, 400),
                (side * 70, 400),
                (side * 92, 300),
                (side * 88, 230),
            ],
            tone,
            1,
            -4,
        )
        bust.stroke(
            [(side * 64, 166), (side * 92, 196), (side * 98, 250), (side * 92, 330), (side * 74, 396)],
            30,
            "#5d4a3a",
            1,
            -4,
            taper=False,
        )
        for k in range(26):
            t = k / 25
            x, y = side * (66 + 30 * np.sin(t * 2.6)), 170 + 226 * t
            bust.stroke(
                [(x - 12, y + 3), (x, y - 4), (x + 15, y + 4)], 5, ("#8d7458", "#b59a78", "#6b5542")[k % 3], 0.9, -4
            )


def cardigan(bust: Bust) -> None:
    """Paint a plum cardigan over a striped top."""
    mask = body(bust, "#f0e6d6", 4)
    v = bust.canvas.ys - bust.cy + 0.0009 * (bust.canvas.xs - bust.cx) ** 2
    bust.canvas.paint(np.asarray(mask * (np.mod(v, 22) < 9), np.float32), "#2f3f63", 0.9)
    bust.fill([(-72, 184), (-34, 218), (0, 226), (34, 218), (72, 184), (58, 176), (0, 206), (-58, 176)], "#f3eadb")
    for side in (-1, 1):
        tone = "#7d4a78" if side == bust.lit else "#553052"
        bust.fill(
            [
                (side * 74, 184),
                (side * 124, 204),
                (side * 200, 236),
                (side * 246, 300),
                (side * 262, 400),
                (side * 56, 400),
                (side * 84, 320),
                (side * 92, 240),
            ],
            tone,
            1,
            -4,
        )
        bust.stroke(
            [(side * 74, 182), (side * 92, 240), (side * 84, 320), (side * 52, 400)],
            12,
            "#94608d" if side == bust.lit else "#6b4067",
            1,
            -4,
            taper=False,
        )
