"""Hair, beards and glasses."""

import numpy as np

from ..stencil import Point
from .bust import Bust
from .combing import comb, lay


def bob_back(bust: Bust) -> None:
    """Paint the back of a chin-length bob."""
    mask = lay(
        bust,
        [
            (0, -150),
            (70, -138),
            (108, -80),
            (116, 0),
            (112, 80),
            (96, 122),
            (60, 128),
            (-60, 128),
            (-98, 122),
            (-112, 80),
            (-116, 0),
            (-108, -80),
            (-70, -138),
        ],
        -6,
    )
    comb(bust, mask, (0, -120), 30, 0.4)


def bob_front(bust: Bust) -> None:
    """Paint the side-parted front of a bob that falls past both cheeks."""
    d = bust.side
    first: list[Point] = [
        (34 * d, -146),
        (86 * d, -124),
        (110 * d, -60),
        (114 * d, 30),
        (106 * d, 116),
        (84 * d, 124),
        (82 * d, 60),
        (84 * d, -10),
        (72 * d, -66),
        (36 * d, -108),
    ]
    second: list[Point] = [
        (36 * d, -148),
        (-20 * d, -154),
        (-82 * d, -124),
        (-110 * d, -60),
        (-114 * d, 30),
        (-108 * d, 118),
        (-82 * d, 126),
        (-76 * d, 70),
        (-80 * d, 0),
        (-72 * d, -44),
        (-36 * d, -84),
        (30 * d, -116),
    ]
    for shape, centre in ((first, (30 * d, -120)), (second, (40 * d, -110))):
        comb(bust, lay(bust, shape, 2), centre, 34, 0.75)


def long_back(bust: Bust) -> None:
    """Paint long straight hair behind the shoulders."""
    mask = lay(
        bust,
        [
            (0, -150),
            (72, -136),
            (110, -70),
            (116, 40),
            (124, 160),
            (130, 400),
            (-130, 400),
            (-124, 160),
            (-116, 40),
            (-110, -70),
            (-72, -136),
        ],
        -8,
    )
    comb(bust, mask, (0, -140), 26, 0.35)


def fringe_front(bust: Bust) -> None:
    """Paint a full fringe and straight sides."""
    top: list[Point] = [
        (0, -152),
        (62, -142),
        (102, -90),
        (104, -40),
        (86, -36),
        (60, -44),
        (30, -40),
        (0, -45),
        (-30, -40),
        (-60, -44),
        (-86, -36),
        (-104, -40),
        (-102, -90),
        (-62, -142),
    ]
    for side in (-1, 1):
        lock: list[Point] = [
            (side * 80, -90),
            (side * 108, -60),
            (side * 114, 60),
            (side * 122, 200),
            (side * 130, 420),
            (side * 88, 420),
            (side * 90, 180),
            (side * 84, 60),
            (side * 82, -30),
        ]
        comb(bust, lay(bust, lock, 0), (side * 400, 100), 30, 0.55)
    comb(bust, lay(bust, top, 6), (0, -330), 30, 0.7)


def swept_back(bust: Bust) -> None:
    """Paint the knot and mass of hair that is drawn back."""
    d = -bust.side
    knot = lay(bust, [(60 * d, 40), (108 * d, 24), (136 * d, 60), (124 * d, 112), (78 * d, 118), (52 * d, 84)], -10)
    comb(bust, knot, (94 * d, 70), 40, 0.6)
    mask = lay(
        bust,
        [(0, -148), (68, -134), (100, -76), (98, 10), (84, 70), (-84, 70), (-98, 10), (-100, -76), (-68, -134)],
        -10,
    )
    comb(bust, mask, (0, -60), 24, 0.35)


def swept_front(bust: Bust) -> None:
    """Paint hair parted in the middle and drawn back over the temples, with a silver streak."""
    for side in (-1, 1):
        wing: list[Point] = [
            (side * -2, -150),
            (side * 50, -142),
            (side * 92, -100),
            (side * 104, -30),
            (side * 98, 30),
            (side * 86, 22),
            (side * 84, -22),
            (side * 66, -68),
            (side * 30, -98),
            (side * 2, -112),
        ]
        comb(bust, lay(bust, wing, 3), (side * 10, 40), 26, 0.6)
    d = bust.side
    bust.stroke([(6 * d, -136), (38 * d, -118), (70 * d, -82), (88 * d, -34), (92 * d, 10)], 9, "#d9d3cf", 0.75, 4)


def curls_back(bust: Bust) -> None:
    """Paint a wide mass of curls behind the head."""
    _curls(bust, 190, -8, 0.0)
    lay(
        bust,
        [(0, -146), (60, -132), (92, -90), (98, -20), (88, 40), (-88, 40), (-98, -20), (-92, -90), (-60, -132)],
        -4,
    )


def curls_front(bust: Bust) -> None:
    """Let curls fall over the forehead and the temples."""
    _curls(bust, 150, 4, 0.66)


def _curls(bust: Bust, count: int, depth: float, inner: float) -> None:
    """Paint many small coils in a ring around the face."""
    rng = np.random.default_rng(bust.sitter.seed + int(inner * 100))
    spots = []
    for _ in range(count):
        angle = rng.uniform(-np.pi * 1.16, np.pi * 0.16)
        reach = rng.uniform(max(inner, 0.35), 1.0)
        u, v = 132 * np.cos(angle) * reach, -28 + 128 * np.sin(angle) * reach
        if inner and ((abs(u) < 62 and v > -98) or v > 40):
            continue
        spots.append((u, v, rng.uniform(15, 26)))
    for u, v, size in sorted(spots, key=lambda spot: -spot[1] * 0.2 + spot[0] * bust.lit):
        light = float(np.clip(0.25 + 0.004 * u * bust.lit - 0.002 * v + rng.normal(0, 0.12), 0, 1))
        x, y = bust.at(u, v, depth)
        sheet = bust.canvas.stencil_around([(x, y)], size + 4).disc(x, y, size, size * 0.92)
        bust.canvas.paint(sheet, bust.tone(light, bust.sitter.hair, bust.sitter.hair_light))
        coil = [
            (x + size * 0.62 * t * np.cos(6 * t + u), y + size * 0.62 * t * np.sin(6 * t + u))
            for t in np.linspace(0.2, 1, 14)
        ]
        bust.canvas.line(coil, 2.2, bust.tone(0.5, bust.sitter.hair, "#140a08"), 0.55)


def bun_back(bust: Bust) -> None:
    """Paint a loose knot on top of the head."""
    knot = lay(bust, [(-46, -150), (-52, -188), (-20, -214), (22, -214), (52, -188), (46, -148), (0, -136)], -4)
    comb(bust, knot, (-10, -176), 44, 0.75)


def bun_front(bust: Bust) -> None:
    """Paint hair drawn up to a knot, with loose strands at the temples."""
    mask = lay(
        bust,
        [
            (-88, -10),
            (-100, -60),
            (-88, -118),
            (-48, -150),
            (0, -158),
            (48, -150),
            (88, -118),
            (100, -60),
            (88, -10),
            (82, -52),
            (64, -88),
            (28, -106),
            (-4, -108),
            (-34, -102),
            (-66, -84),
            (-82, -50),
        ],
        2,
    )
    comb(bust, mask, (0, -240), 30, 0.7)
    for side in (-1, 1):
        bust.stroke([(side * 82, -50), (side * 96, -6), (side * 90, 44), (side * 98, 92)], 6, bust.sitter.hair, 1, 0)
        bust.stroke([(side * 78, -60), (side * 88, -16), (side * 84, 22)], 3, bust.sitter.hair_light, 0.7, 2)
