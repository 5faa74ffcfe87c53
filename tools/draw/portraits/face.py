"""Neck, ears and the features of a face."""

import numpy as np

from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust


def neck(bust: Bust) -> None:
    """Paint the neck and the shadow the head throws on it."""
    s, skin = bust.sitter, bust.sitter.skin
    wide = 50 * s.neck
    shape: list[Point] = [(-wide, 70), (-wide * 0.98, 150), (-wide * 1.25, 196), (-wide * 1.9, 226), (0, 300), (wide * 1.9, 226), (wide * 1.25, 196), (wide * 0.98, 150), (wide, 70)]
    mask = bust.mask(shape, -6)
    bust.canvas.paint(mask, skin.shade)
    lit = smoothstep(-10, 46, np.asarray((bust.canvas.xs - bust.cx) * bust.lit + 0 * bust.canvas.ys, np.float32))
    bust.canvas.paint(np.asarray(mask * lit, np.float32), skin.base, 0.9)
    jaw = [(u * 0.98 - 10 * bust.side, v + 58) for u, v in bust.outline()]
    bust.soft(jaw, skin.deep, 0.72, 5, mask, 8, 11)
    for side in (-1, 1):
        bust.stroke([(side * 34 * s.neck, 128), (side * 22, 170), (side * 7, 202)], 5, skin.deep, 0.22, 0)


def ears(bust: Bust) -> None:
    """Paint the ears: the one turned away is narrow or hidden."""
    skin = bust.sitter.skin
    for side in (-1, 1):
        away = side == bust.side
        u = side * 86 * bust.sitter.width
        reach = 10 if away else 19
        shape = [(u - side * 8, -22), (u + side * reach * 0.7, -28), (u + side * reach, -8), (u + side * reach * 0.6, 18), (u, 34), (u - side * 9, 20)]
        bust.fill(shape, skin.base if side == bust.lit else skin.shade, depth=-14)
        inner = [(u - side * 3, -14), (u + side * reach * 0.55, -17), (u + side * reach * 0.55, -4), (u + side * 1, 14)]
        bust.fill(inner, skin.deep, 0.42, -14)


def head(bust: Bust) -> None:
    """Paint the face as planes: a base, a shaded side, lit forehead and cheek."""
    s, skin = bust.sitter, bust.sitter.skin
    face = bust.face_mask()
    bust.canvas.paint(face, skin.base)
    d = -bust.lit
    shaded: list[Point] = [(36 * d, -130), (46 * d, -84), (50 * d, -40), (38 * d, -18), (45 * d, 8), (62 * d, 30), (52 * d, 58), (34 * d, 84), (22 * d, 108), (10 * d, 150), (120 * d, 150), (130 * d, -130)]
    bust.soft(shaded, skin.shade, 0.95, 7, face, 10, 21)
    rim: list[Point] = [(70 * d, -140), (78 * d, -40), (74 * d, 40), (52 * d, 96), (24 * d, 124), (30 * d, 160), (140 * d, 150), (140 * d, -140)]
    bust.soft(rim, skin.deep, 0.5, 9, face, 2, 22)
    lit = bust.lit
    bust.soft([(16 * lit, -96), (52 * lit, -90), (62 * lit, -58), (30 * lit, -46), (8 * lit, -60)], skin.light, 0.75, 10, face, 12, 23)
    bust.soft([(34 * lit, 22), (58 * lit, 14), (70 * lit, 24), (56 * lit, 50), (38 * lit, 46)], skin.light, 0.8, 8, face, 10, 24)
    bust.soft([(-14, 104), (14, 102), (12, 120), (-10, 122)], skin.light, 0.5, 6, face, 18, 25)
    bust.soft([(50 * lit, 34), (66 * lit, 30), (58 * lit, 58), (44 * lit, 58)], skin.lip, 0.26, 9, face, 8, 26)
    for side in (-1, 1):
        socket = [(side * 14, -20), (side * 34, -28), (side * 58, -18), (side * 60, 4), (side * 34, 14), (side * 16, 6)]
        bust.soft(socket, skin.shade, 0.72, 5, face, 16, 27 + side)
    if s.age > 0.25:
        for side in (-1, 1):
            bust.stroke([(side * 20, 46), (side * 33, 60), (side * 37, 82)], 3, skin.deep, 0.5 * s.age, 18)
            bust.stroke([(side * 22, 18), (side * 38, 23), (side * 52, 15)], 2.4, skin.deep, 0.45 * s.age, 16)
            for k in range(2):
                bust.stroke([(side * 62, -4 + 7 * k), (side * 72, -6 + 12 * k)], 1.8, skin.deep, 0.45 * s.age, 10)
        for k in range(2):
            bust.stroke([(-34, -70 - 12 * k), (0, -74 - 12 * k), (34, -70 - 12 * k)], 2.2, skin.deep, 0.4 * s.age, 14)


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
    side: list[Point] = [(4 * d, -14), (10 * d, -6), (9 * d, 8), (12 * d, 28), ((wide + 4) * d, 42), ((wide + 1) * d, 52), (4 * d, 54), (3 * d, 38), (2 * d, 10)]
    bust.soft(side, skin.shade, 0.95, 2.2, face, 24, 41)
    bust.soft([(5 * d, -22), (14 * d, -16), (13 * d, -2), (7 * d, 4)], skin.deep, 0.22, 5, face, 20, 42)
    ridge: list[Point] = [(-1 * d, -22), (3 * d, 0), (2 * d, 30), (-4 * d, 40), (-7 * d, 30), (-4 * d, 0)]
    bust.soft(ridge, skin.light, 0.85, 2.6, face, 24, 43)
    bust.soft([(-7, 36), (7, 36), (8, 46), (0, 50), (-8, 46)], skin.light, 0.55, 3.5, face, 28, 44)
    bust.soft([(-wide, 50), (0, 56), (wide, 50), (wide * 0.7, 60), (0, 64), (-wide * 0.7, 60)], skin.deep, 0.5, 3, face, 24, 45)
    for spot in (-1, 1):
        bust.stroke([(spot * 4, 54), (spot * 9 * n, 50.5), (spot * (wide - 1), 53)], 4.0, skin.deep, 0.95, 24)
        bust.stroke([(spot * (wide + 1), 38), (spot * (wide + 5), 46), (spot * (wide + 0.5), 54)], 2.4, skin.deep, 0.62 if spot == d else 0.36, 22)


def mouth(bust: Bust) -> None:
    """Paint the lips and the shadow below them."""
    s, skin = bust.sitter, bust.sitter.skin
    face = bust.face_mask()
    lift, full = s.smile, s.lips
    bust.soft([(-6, 60), (6, 60), (5, 72), (-5, 72)], skin.shade, 0.6, 3, face, 22, 51)
    upper: list[Point] = [(-29, 82 - lift), (-12, 77 - 2 * full), (-4, 75 - 3 * full), (0, 77 - 2 * full), (4, 75 - 3 * full), (12, 77 - 2 * full), (29, 82 - lift), (10, 83), (0, 84), (-10, 83)]
    lower: list[Point] = [(-27, 82.5 - lift), (-10, 83.5), (0, 84), (10, 83.5), (27, 82.5 - lift), (14, 91 + 4 * full), (0, 93 + 5 * full), (-14, 91 + 4 * full)]
    bust.fill(upper, bust.tone(0.45, skin.lip, skin.deep), 0.95, 20)
    bust.fill(lower, skin.lip, 0.92, 20)
    gleam = bust.lit * 6
    bust.soft([(gleam - 9, 87), (gleam + 9, 87), (gleam + 6, 91 + 2 * full), (gleam - 6, 91 + 2 * full)], skin.light, 0.5, 2, face, 20, 52)
    bust.stroke([(-31, 81.5 - lift * 1.3), (-12, 83.5), (0, 84.5), (12, 83.5), (31, 81.5 - lift * 1.3)], 2.8, bust.tone(0.7, skin.deep, "#1d0f0c"), 0.85, 20)
    bust.soft([(-17, 101 + 3 * full), (17, 101 + 3 * full), (11, 109 + 3 * full), (-11, 109 + 3 * full)], skin.shade, 0.85, 4, face, 18, 53)


def features(bust: Bust) -> None:
    """Paint the whole face."""
    ears(bust)
    head(bust)
    eyes(bust)
    nose(bust)
    mouth(bust)
