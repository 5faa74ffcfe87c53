"""The neck, the ears and the planes of a head."""

import numpy as np

from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust


def neck(bust: Bust) -> None:
    """Paint the neck and the shadow the head throws on it."""
    s, skin = bust.sitter, bust.sitter.skin
    wide = 50 * s.neck
    shape: list[Point] = [
        (-wide, 70),
        (-wide * 0.98, 150),
        (-wide * 1.25, 196),
        (-wide * 1.9, 226),
        (0, 300),
        (wide * 1.9, 226),
        (wide * 1.25, 196),
        (wide * 0.98, 150),
        (wide, 70),
    ]
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
        shape = [
            (u - side * 8, -22),
            (u + side * reach * 0.7, -28),
            (u + side * reach, -8),
            (u + side * reach * 0.6, 18),
            (u, 34),
            (u - side * 9, 20),
        ]
        bust.fill(shape, skin.base if side == bust.lit else skin.shade, depth=-14)
        inner = [(u - side * 3, -14), (u + side * reach * 0.55, -17), (u + side * reach * 0.55, -4), (u + side * 1, 14)]
        bust.fill(inner, skin.deep, 0.42, -14)


def head(bust: Bust) -> None:
    """Paint the face as planes: a base, a shaded side, lit forehead and cheek."""
    s, skin = bust.sitter, bust.sitter.skin
    face = bust.face_mask()
    bust.canvas.paint(face, skin.base)
    d = -bust.lit
    shaded: list[Point] = [
        (36 * d, -130),
        (46 * d, -84),
        (50 * d, -40),
        (38 * d, -18),
        (45 * d, 8),
        (62 * d, 30),
        (52 * d, 58),
        (34 * d, 84),
        (22 * d, 108),
        (10 * d, 150),
        (120 * d, 150),
        (130 * d, -130),
    ]
    bust.soft(shaded, skin.shade, 0.95, 7, face, 10, 21)
    rim: list[Point] = [
        (70 * d, -140),
        (78 * d, -40),
        (74 * d, 40),
        (52 * d, 96),
        (24 * d, 124),
        (30 * d, 160),
        (140 * d, 150),
        (140 * d, -140),
    ]
    bust.soft(rim, skin.deep, 0.5, 9, face, 2, 22)
    lit = bust.lit
    bust.soft(
        [(16 * lit, -96), (52 * lit, -90), (62 * lit, -58), (30 * lit, -46), (8 * lit, -60)],
        skin.light,
        0.75,
        10,
        face,
        12,
        23,
    )
    bust.soft(
        [(34 * lit, 22), (58 * lit, 14), (70 * lit, 24), (56 * lit, 50), (38 * lit, 46)],
        skin.light,
        0.8,
        8,
        face,
        10,
        24,
    )
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
