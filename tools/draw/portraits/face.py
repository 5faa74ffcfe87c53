"""Neck, ears and the features of a face."""

import numpy as np

from ..stencil import Point
from .bust import Bust
from .head import ears, head


def eyes(bust: Bust) -> None:
    """Paint the eyes and brows, looking a little past the viewer."""
    s, skin, canvas = bust.sitter, bust.sitter.skin, bust.canvas
    ink = bust.tone(0.75, skin.deep, "#140c0a")
    for side in (-1, 1):
        near = 1.0 - 0.09 * (side * s.turn)
        u0 = side * 36.0

        def at(u: float, v: float, side: int = side, u0: float = u0, near: float = near) -> Point:
            return u0 + side * u * near * s.eye, v * s.eye

        almond = [at(-19, 3), at(-9, -7), at(4, -9.5), at(19, -1), at(6, 6.5), at(-8, 7)]
        mask = bust.mask(almond, 16)
        canvas.paint(mask, bust.tone(0.72, skin.shade, "#fbf3e6"))
        iris_u, iris_v = u0 + s.turn * 3.4, -1.4
        x, y = bust.at(iris_u, iris_v, 16)
        disc = canvas.stencil().disc(x, y, 8.8 * s.head * s.eye).full()
        canvas.paint(np.asarray(disc * mask, np.float32), s.iris)
        pupil = canvas.stencil().disc(x, y, 4.3 * s.head * s.eye).full()
        canvas.paint(np.asarray(pupil * mask, np.float32), "#120c0b")
        lid = [at(-24, 2), at(-10, -13), at(4, -15), at(26, -3), at(20, 1), at(4, -6.5), at(-9, -3), at(-18, 4)]
        canvas.paint(np.asarray(canvas.blurred(bust.mask(lid, 16), 1.6) * mask, np.float32), skin.deep, 0.7)
        spark = canvas.stencil_around([(x, y)], 8).disc(x + 2.6 * bust.lit, y - 3.2, 1.9)
        canvas.paint(spark, "#fffaf0", 0.95)
        bust.stroke([at(-20, 3.5), at(-9, -7.5), at(4, -10), at(15, -5), at(22, 0.5)], 4.0, ink, 0.95, 16)
        bust.stroke([at(-17, -9), at(-6, -16), at(7, -17), at(21, -9)], 2.0, skin.deep, 0.6, 16)
        bust.stroke([at(-13, 8.5), at(3, 9.5), at(17, 3)], 1.8, skin.deep, 0.5, 16)
        arch = 2.5 if s.brow < 1 else 0.0
        brow = [at(-25, -28), at(-10, -33 - arch), at(9, -33 - arch), at(28, -24)]
        bust.stroke(brow, 7.2 * s.brow, s.brow_tone, 0.92, 16)


def nose(bust: Bust) -> None:
    """Paint the nose: its shaded side, lit ridge, tip and nostrils."""
    s, skin = bust.sitter, bust.sitter.skin
    face = bust.face_mask()
    d, n = -bust.lit, s.nose
    wide = 15 * n
    side: list[Point] = [
        (4 * d, -14),
        (10 * d, -6),
        (9 * d, 8),
        (12 * d, 28),
        ((wide + 4) * d, 42),
        ((wide + 1) * d, 52),
        (4 * d, 54),
        (3 * d, 38),
        (2 * d, 10),
    ]
    bust.soft(side, skin.shade, 0.95, 2.2, face, 24, 41)
    bust.soft([(5 * d, -22), (14 * d, -16), (13 * d, -2), (7 * d, 4)], skin.deep, 0.22, 5, face, 20, 42)
    ridge: list[Point] = [(-1 * d, -22), (3 * d, 0), (2 * d, 30), (-4 * d, 40), (-7 * d, 30), (-4 * d, 0)]
    bust.soft(ridge, skin.light, 0.85, 2.6, face, 24, 43)
    bust.soft([(-7, 36), (7, 36), (8, 46), (0, 50), (-8, 46)], skin.light, 0.55, 3.5, face, 28, 44)
    bust.soft(
        [(-wide, 50), (0, 56), (wide, 50), (wide * 0.7, 60), (0, 64), (-wide * 0.7, 60)],
        skin.deep,
        0.5,
        3,
        face,
        24,
        45,
    )
    for spot in (-1, 1):
        bust.stroke([(spot * 4, 54), (spot * 9 * n, 50.5), (spot * (wide - 1), 53)], 4.0, skin.deep, 0.95, 24)
        bust.stroke(
            [(spot * (wide + 1), 38), (spot * (wide + 5), 46), (spot * (wide + 0.5), 54)],
            2.4,
            skin.deep,
            0.62 if spot == d else 0.36,
            22,
        )


def mouth(bust: Bust) -> None:
    """Paint the lips and the shadow below them."""
    s, skin = bust.sitter, bust.sitter.skin
    face = bust.face_mask()
    lift, full = s.smile, s.lips
    bust.soft([(-6, 60), (6, 60), (5, 72), (-5, 72)], skin.shade, 0.6, 3, face, 22, 51)
    upper: list[Point] = [
        (-29, 82 - lift),
        (-12, 77 - 2 * full),
        (-4, 75 - 3 * full),
        (0, 77 - 2 * full),
        (4, 75 - 3 * full),
        (12, 77 - 2 * full),
        (29, 82 - lift),
        (10, 83),
        (0, 84),
        (-10, 83),
    ]
    lower: list[Point] = [
        (-27, 82.5 - lift),
        (-10, 83.5),
        (0, 84),
        (10, 83.5),
        (27, 82.5 - lift),
        (14, 91 + 4 * full),
        (0, 93 + 5 * full),
        (-14, 91 + 4 * full),
    ]
    bust.fill(upper, bust.tone(0.45, skin.lip, skin.deep), 0.95, 20)
    bust.fill(lower, skin.lip, 0.92, 20)
    gleam = bust.lit * 6
    bust.soft(
        [(gleam - 9, 87), (gleam + 9, 87), (gleam + 6, 91 + 2 * full), (gleam - 6, 91 + 2 * full)],
        skin.light,
        0.5,
        2,
        face,
        20,
        52,
    )
    bust.stroke(
        [(-31, 81.5 - lift * 1.3), (-12, 83.5), (0, 84.5), (12, 83.5), (31, 81.5 - lift * 1.3)],
        2.8,
        bust.tone(0.7, skin.deep, "#1d0f0c"),
        0.85,
        20,
    )
    bust.soft(
        [(-17, 101 + 3 * full), (17, 101 + 3 * full), (11, 109 + 3 * full), (-11, 109 + 3 * full)],
        skin.shade,
        0.85,
        4,
        face,
        18,
        53,
    )


def features(bust: Bust) -> None:
    """Paint the whole face."""
    ears(bust)
    head(bust)
    eyes(bust)
    nose(bust)
    mouth(bust)
