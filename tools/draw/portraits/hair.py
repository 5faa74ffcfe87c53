"""Hair, beards and glasses."""

import numpy as np

from ..colour import Array
from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust


def _comb(bust: Bust, mask: Array, centre: Point, count: float = 34.0, amount: float = 0.6) -> None:
    """Shade a hair mask away from the light and comb strands around a centre."""
    s, canvas = bust.sitter, bust.canvas
    x, y = bust.at(*centre)
    dark = bust.tone(0.55, s.hair, "#0d0a0c")
    canvas.paint(np.asarray(mask * (1 - bust.side_light(-130, 60)), np.float32), dark, 0.6)
    flow = np.asarray(np.hypot((canvas.xs - x) * 1.0, (canvas.ys - y) * 0.8) / 60, np.float32)
    lit = np.asarray(mask * (0.25 + 0.75 * bust.side_light(-60, 90)), np.float32)
    bust.strands(lit, s.hair_light, amount, flow, count)


def _shape(bust: Bust, points: list[Point], depth: float = 0.0) -> Array:
    """Paint a mass of hair and return its mask."""
    mask = bust.mask(points, depth)
    bust.canvas.paint(mask, bust.sitter.hair)
    return mask


def bob_back(bust: Bust) -> None:
    """Paint the back of a chin-length bob."""
    mask = _shape(bust, [(0, -150), (70, -138), (108, -80), (116, 0), (112, 80), (96, 122), (60, 128), (-60, 128), (-98, 122), (-112, 80), (-116, 0), (-108, -80), (-70, -138)], -6)
    _comb(bust, mask, (0, -120), 30, 0.4)


def bob_front(bust: Bust) -> None:
    """Paint the side-parted front of a bob that falls past both cheeks."""
    d = bust.side
    first: list[Point] = [(34 * d, -146), (86 * d, -124), (110 * d, -60), (114 * d, 30), (106 * d, 116), (84 * d, 124), (82 * d, 60), (84 * d, -10), (72 * d, -66), (36 * d, -108)]
    second: list[Point] = [(36 * d, -148), (-20 * d, -154), (-82 * d, -124), (-110 * d, -60), (-114 * d, 30), (-108 * d, 118), (-82 * d, 126), (-76 * d, 70), (-80 * d, 0), (-72 * d, -44), (-36 * d, -84), (30 * d, -116)]
    for shape, centre in ((first, (30 * d, -120)), (second, (40 * d, -110))):
        _comb(bust, _shape(bust, shape, 2), centre, 34, 0.75)


def long_back(bust: Bust) -> None:
    """Paint long straight hair behind the shoulders."""
    mask = _shape(bust, [(0, -150), (72, -136), (110, -70), (116, 40), (124, 160), (130, 400), (-130, 400), (-124, 160), (-116, 40), (-110, -70), (-72, -136)], -8)
    _comb(bust, mask, (0, -140), 26, 0.35)


def fringe_front(bust: Bust) -> None:
    """Paint a full fringe and straight sides."""
    top: list[Point] = [(0, -152), (62, -142), (102, -90), (104, -40), (86, -36), (60, -44), (30, -40), (0, -45), (-30, -40), (-60, -44), (-86, -36), (-104, -40), (-102, -90), (-62, -142)]
    for side in (-1, 1):
        lock: list[Point] = [(side * 80, -90), (side * 108, -60), (side * 114, 60), (side * 122, 200), (side * 130, 420), (side * 88, 420), (side * 90, 180), (side * 84, 60), (side * 82, -30)]
        _comb(bust, _shape(bust, lock, 0), (side * 400, 100), 30, 0.55)
    _comb(bust, _shape(bust, top, 6), (0, -330), 30, 0.7)


def swept_back(bust: Bust) -> None:
    """Paint the knot and mass of hair that is drawn back."""
    d = -bust.side
    knot = _shape(bust, [(60 * d, 40), (108 * d, 24), (136 * d, 60), (124 * d, 112), (78 * d, 118), (52 * d, 84)], -10)
    _comb(bust, knot, (94 * d, 70), 40, 0.6)
    mask = _shape(bust, [(0, -148), (68, -134), (100, -76), (98, 10), (84, 70), (-84, 70), (-98, 10), (-100, -76), (-68, -134)], -10)
    _comb(bust, mask, (0, -60), 24, 0.35)


def swept_front(bust: Bust) -> None:
    """Paint hair parted in the middle and drawn back over the temples, with a silver streak."""
    for side in (-1, 1):
        wing: list[Point] = [(side * -2, -150), (side * 50, -142), (side * 92, -100), (side * 104, -30), (side * 98, 30), (side * 86, 22), (side * 84, -22), (side * 66, -68), (side * 30, -98), (side * 2, -112)]
        _comb(bust, _shape(bust, wing, 3), (side * 10, 40), 26, 0.6)
    d = bust.side
    bust.stroke([(6 * d, -136), (38 * d, -118), (70 * d, -82), (88 * d, -34), (92 * d, 10)], 9, "#d9d3cf", 0.75, 4)


def wavy_front(bust: Bust) -> None:
    """Paint thick wavy hair brushed up from the forehead."""
    mask = _shape(bust, [(-92, -22), (-104, -70), (-96, -122), (-62, -156), (-20, -168), (26, -172), (70, -156), (98, -118), (104, -66), (92, -20), (82, -40), (78, -72), (50, -90), (20, -84), (-14, -98), (-50, -88), (-76, -68), (-82, -40)], 3)
    _comb(bust, mask, (-70 * bust.side, -20), 22, 0.8)


def cropped_front(bust: Bust) -> None:
    """Paint closely cropped hair with a clean line at the forehead and faded sides."""
    mask = bust.mask([(-86, -30), (-92, -78), (-76, -124), (-36, -146), (0, -150), (36, -146), (76, -124), (92, -78), (86, -30), (80, -58), (66, -84), (34, -96), (0, -99), (-34, -96), (-66, -84), (-80, -58)], 2)
    fade = smoothstep(-20, -90, np.asarray((bust.canvas.ys - bust.cy) + 0 * bust.canvas.xs, np.float32))
    bust.canvas.paint(np.asarray(mask * fade, np.float32), bust.sitter.hair, 0.96)
    curl = bust.canvas.fbm(6, 6, 5, 2)
    bust.canvas.paint(np.asarray(mask * fade * smoothstep(0.5, 0.7, curl) * bust.side_light(-90, 60), np.float32), bust.sitter.hair_light, 0.5)


def curls_back(bust: Bust) -> None:
    """Paint a wide mass of curls behind the head."""
    _curls(bust, 190, -8, 0.0, 1.0)
    _shape(bust, [(0, -146), (60, -132), (92, -90), (98, -20), (88, 40), (-88, 40), (-98, -20), (-92, -90), (-60, -132)], -4)


def curls_front(bust: Bust) -> None:
    """Let curls fall over the forehead and the temples."""
    _curls(bust, 150, 4, 0.66, 1.0)


def _curls(bust: Bust, count: int, depth: float, inner: float, strength: float) -> None:
    """Paint many small coils in a ring around the face."""
    rng = np.random.default_rng(bust.sitter.seed + int(inner * 100))
    spots = []
    for _ in range(count):
        angle = rng.uniform(-np.pi * 1.16, np.pi * 0.16)
        reach = rng.uniform(max(inner, 0.35), 1.0)
        u, v = 132 * np.cos(angle) * reach, -28 + 128 * np.sin(angle) * reach
        if inner and (abs(u) < 62 and v > -98 or v > 40):
            continue
        spots.append((u, v, rng.uniform(15, 26)))
    for u, v, size in sorted(spots, key=lambda spot: -spot[1] * 0.2 + spot[0] * bust.lit):
        light = float(np.clip(0.25 + 0.004 * u * bust.lit - 0.002 * v + rng.normal(0, 0.12), 0, 1)) * strength
        x, y = bust.at(u, v, depth)
        sheet = bust.canvas.stencil_around([(x, y)], size + 4).disc(x, y, size, size * 0.92)
        bust.canvas.paint(sheet, bust.tone(light, bust.sitter.hair, bust.sitter.hair_light))
        coil = [(x + size * 0.62 * t * np.cos(6 * t + u), y + size * 0.62 * t * np.sin(6 * t + u)) for t in np.linspace(0.2, 1, 14)]
        bust.canvas.line(coil, 2.2, bust.tone(0.5, bust.sitter.hair, "#140a08"), 0.55)


def bald_sides(bust: Bust) -> None:
    """Paint short hair above the ears of a bald head."""
    for side in (-1, 1):
        lock: list[Point] = [(side * 74, -86), (side * 92, -72), (side * 100, -26), (side * 94, 16), (side * 84, 22), (side * 82, -14), (side * 76, -48)]
        _comb(bust, _shape(bust, lock, -4), (side * 30, -20), 40, 0.7)


def pixie_front(bust: Bust) -> None:
    """Paint short tousled hair with a fringe swept aside."""
    d = bust.side
    mask = _shape(bust, [(-94 * d, 14), (-104 * d, -50), (-92 * d, -116), (-50 * d, -152), (6 * d, -160), (60 * d, -148), (96 * d, -106), (102 * d, -46), (92 * d, 10), (84 * d, -16), (80 * d, -56), (56 * d, -92), (20 * d, -72), (-24 * d, -56), (-64 * d, -44), (-82 * d, -26)], 3)
    _comb(bust, mask, (70 * d, -140), 30, 0.85)


def side_swept(bust: Bust) -> None:
    """Paint short hair parted low and swept across."""
    d = bust.side
    mask = _shape(bust, [(-88 * d, -18), (-98 * d, -66), (-88 * d, -122), (-44 * d, -156), (16 * d, -166), (70 * d, -150), (98 * d, -104), (100 * d, -52), (88 * d, -16), (82 * d, -56), (70 * d, -92), (40 * d, -86), (-6 * d, -104), (-50 * d, -100), (-74 * d, -74), (-80 * d, -44)], 3)
    _comb(bust, mask, (-84 * d, -90), 28, 0.7)


def bun_back(bust: Bust) -> None:
    """Paint a loose knot on top of the head."""
    knot = _shape(bust, [(-46, -150), (-52, -188), (-20, -214), (22, -214), (52, -188), (46, -148), (0, -136)], -4)
    _comb(bust, knot, (-10, -176), 44, 0.75)


def bun_front(bust: Bust) -> None:
    """Paint hair drawn up to a knot, with loose strands at the temples."""
    mask = _shape(bust, [(-88, -10), (-100, -60), (-88, -118), (-48, -150), (0, -158), (48, -150), (88, -118), (100, -60), (88, -10), (82, -52), (64, -88), (28, -106), (-4, -108), (-34, -102), (-66, -84), (-82, -50)], 2)
    _comb(bust, mask, (0, -240), 30, 0.7)
    for side in (-1, 1):
        bust.stroke([(side * 82, -50), (side * 96, -6), (side * 90, 44), (side * 98, 92)], 6, bust.sitter.hair, 1, 0)
        bust.stroke([(side * 78, -60), (side * 88, -16), (side * 84, 22)], 3, bust.sitter.hair_light, 0.7, 2)


def receding_front(bust: Bust) -> None:
    """Paint white hair swept back from a high forehead."""
    mask = _shape(bust, [(-92, 16), (-106, -40), (-100, -100), (-64, -148), (-10, -160), (44, -154), (92, -112), (106, -44), (94, 16), (84, -20), (80, -62), (62, -104), (30, -122), (0, -112), (-28, -126), (-60, -106), (-80, -62), (-84, -18)], 1)
    _comb(bust, mask, (0, 60), 24, 0.8)


def _beard_mask(bust: Bust, high: float, grow: float) -> Array:
    """Return the lower part of the face up to the cheek line, grown a little beyond the jaw."""
    s = bust.sitter
    points = [(u * (1 + 0.03 * grow), v + max(0.0, v) * 0.07 * grow) for u, v in bust.outline()]
    whole = bust.mask(points)
    line: list[Point] = [(-100, high - 40), (-76 * s.width, high - 16), (-56, high + 24), (-30, high + 40), (0, high + 36), (30, high + 40), (56, high + 24), (76 * s.width, high - 16), (100, high - 40), (120, 200), (-120, 200)]
    return np.asarray(whole * bust.canvas.blurred(bust.mask(line, 4), 2.5), np.float32)


def beard(bust: Bust, strength: float = 1.0, grow: float = 1.0, high: float = 26.0) -> None:
    """Paint a full beard with moustache, open at the mouth."""
    canvas, s = bust.canvas, bust.sitter
    mask = _beard_mask(bust, high, grow)
    lip: list[Point] = [(-31, 80), (-14, 72), (0, 75), (14, 72), (31, 80), (18, 96), (0, 99), (-18, 96)]
    open_mouth = canvas.blurred(bust.mask(lip, 20), 1.5)
    moustache = bust.mask([(-40, 86), (-30, 68), (-12, 61), (0, 65), (12, 61), (30, 68), (40, 86), (24, 77), (0, 75), (-24, 77)], 20)
    mask = np.asarray(np.clip(np.maximum(mask, moustache) - open_mouth, 0, 1), np.float32)
    texture = canvas.fbm(4.5, 26, 61, 2)
    canvas.paint(np.asarray(mask * (0.8 + 0.2 * texture), np.float32), s.hair, strength)
    lit = mask * smoothstep(0.42, 0.8, texture) * (0.2 + 0.8 * bust.side_light(-60, 80))
    canvas.paint(np.asarray(lit, np.float32), s.hair_light, 0.6 * strength)
    canvas.paint(np.asarray(mask * (1 - bust.side_light(-120, 30)), np.float32), bust.tone(0.5, s.hair, "#0d0a0c"), 0.5 * strength)


def full_beard(bust: Bust) -> None:
    """Paint a long, full beard."""
    beard(bust, 0.98, 2.6, 22)


def short_beard(bust: Bust) -> None:
    """Paint a short beard."""
    beard(bust, 0.9, 0.6, 32)


def stubble(bust: Bust) -> None:
    """Paint a few days' beard."""
    beard(bust, 0.5, 0.1, 34)


def goatee(bust: Bust) -> None:
    """Paint a goatee joined to a moustache."""
    canvas, s = bust.canvas, bust.sitter
    ring = bust.mask([(-37, 78), (-26, 66), (0, 64), (26, 66), (37, 78), (36, 106), (22, 134), (0, 140), (-22, 134), (-36, 106)], 18)
    hole = bust.mask([(-30, 81), (-12, 74), (0, 76), (12, 74), (30, 81), (22, 99), (0, 104), (-22, 99)], 20)
    mask = np.clip(canvas.blurred(ring, 1.4) - canvas.blurred(hole, 1.4), 0, 1)
    texture = canvas.fbm(4, 20, 63, 2)
    canvas.paint(np.asarray(mask * (0.7 + 0.3 * texture), np.float32), s.hair, 0.92)
    canvas.paint(np.asarray(mask * smoothstep(0.42, 0.8, texture) * bust.side_light(-80, 60), np.float32), s.hair_light, 0.6)


def moustache(bust: Bust) -> None:
    """Paint a broad moustache."""
    mask = _shape(bust, [(-46, 88), (-38, 72), (-16, 61), (0, 65), (16, 61), (38, 72), (46, 88), (24, 81), (0, 79), (-24, 81)], 21)
    _comb(bust, mask, (0, 30), 50, 0.8)
