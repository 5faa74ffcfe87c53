"""Short hair."""

import numpy as np

from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust
from .combing import comb, lay


def wavy_front(bust: Bust) -> None:
    """Paint thick wavy hair brushed up from the forehead."""
    mask = lay(
        bust,
        [
            (-92, -22),
            (-104, -70),
            (-96, -122),
            (-62, -156),
            (-20, -168),
            (26, -172),
            (70, -156),
            (98, -118),
            (104, -66),
            (92, -20),
            (82, -40),
            (78, -72),
            (50, -90),
            (20, -84),
            (-14, -98),
            (-50, -88),
            (-76, -68),
            (-82, -40),
        ],
        3,
    )
    comb(bust, mask, (-70 * bust.side, -20), 22, 0.8)


def cropped_front(bust: Bust) -> None:
    """Paint closely cropped hair with a clean line at the forehead and faded sides."""
    mask = bust.mask(
        [
            (-86, -30),
            (-92, -78),
            (-76, -124),
            (-36, -146),
            (0, -150),
            (36, -146),
            (76, -124),
            (92, -78),
            (86, -30),
            (80, -58),
            (66, -84),
            (34, -96),
            (0, -99),
            (-34, -96),
            (-66, -84),
            (-80, -58),
        ],
        2,
    )
    fade = smoothstep(-20, -90, np.asarray((bust.canvas.ys - bust.cy) + 0 * bust.canvas.xs, np.float32))
    bust.canvas.paint(np.asarray(mask * fade, np.float32), bust.sitter.hair, 0.96)
    curl = bust.canvas.fbm(6, 6, 5, 2)
    bust.canvas.paint(
        np.asarray(mask * fade * smoothstep(0.5, 0.7, curl) * bust.side_light(-90, 60), np.float32),
        bust.sitter.hair_light,
        0.5,
    )


def bald_sides(bust: Bust) -> None:
    """Paint short hair above the ears of a bald head."""
    for side in (-1, 1):
        lock: list[Point] = [
            (side * 74, -86),
            (side * 92, -72),
            (side * 100, -26),
            (side * 94, 16),
            (side * 84, 22),
            (side * 82, -14),
            (side * 76, -48),
        ]
        comb(bust, lay(bust, lock, -4), (side * 30, -20), 40, 0.7)


def pixie_front(bust: Bust) -> None:
    """Paint short tousled hair with a fringe swept aside."""
    d = bust.side
    mask = lay(
        bust,
        [
            (-94 * d, 14),
            (-104 * d, -50),
            (-92 * d, -116),
            (-50 * d, -152),
            (6 * d, -160),
            (60 * d, -148),
            (96 * d, -106),
            (102 * d, -46),
            (92 * d, 10),
            (84 * d, -16),
            (80 * d, -56),
            (56 * d, -92),
            (20 * d, -72),
            (-24 * d, -56),
            (-64 * d, -44),
            (-82 * d, -26),
        ],
        3,
    )
    comb(bust, mask, (70 * d, -140), 30, 0.85)


def side_swept(bust: Bust) -> None:
    """Paint short hair parted low and swept across."""
    d = bust.side
    mask = lay(
        bust,
        [
            (-88 * d, -18),
            (-98 * d, -66),
            (-88 * d, -122),
            (-44 * d, -156),
            (16 * d, -166),
            (70 * d, -150),
            (98 * d, -104),
            (100 * d, -52),
            (88 * d, -16),
            (82 * d, -56),
            (70 * d, -92),
            (40 * d, -86),
            (-6 * d, -104),
            (-50 * d, -100),
            (-74 * d, -74),
            (-80 * d, -44),
        ],
        3,
    )
    comb(bust, mask, (-84 * d, -90), 28, 0.7)


def receding_front(bust: Bust) -> None:
    """Paint white hair swept back from a high forehead."""
    mask = lay(
        bust,
        [
            (-92, 16),
            (-106, -40),
            (-100, -100),
            (-64, -148),
            (-10, -160),
            (44, -154),
            (92, -112),
            (106, -44),
            (94, 16),
            (84, -20),
            (80, -62),
            (62, -104),
            (30, -122),
            (0, -112),
            (-28, -126),
            (-60, -106),
            (-80, -62),
            (-84, -18),
        ],
        1,
    )
    comb(bust, mask, (0, 60), 24, 0.8)
