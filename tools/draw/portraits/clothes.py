"""What the sitters wear."""

import numpy as np

from ..colour import Array, Colour
from ..noise import smoothstep
from ..stencil import Point
from .bust import Bust


def _shoulders(bust: Bust, slope: float = 0.0, wide: float = 1.0) -> list[Point]:
    """Return the outline of the shoulders."""
    right: list[Point] = [(62, 186), (118, 206 + slope), (190 * wide, 236 + slope), (232 * wide, 296 + slope), (252 * wide, 380)]
    return [(0, 200), *right, *[(-u, v) for u, v in right[::-1]]]


def _body(bust: Bust, colour: Colour, slope: float = 0.0, wide: float = 1.0, dark: str = "#0d1018") -> Array:
    """Paint the shoulders with a shaded side and return their mask."""
    mask = bust.mask(_shoulders(bust, slope, wide), -4)
    bust.canvas.paint(mask, colour)
    away = 1 - bust.side_light(-150, 40)
    grit = np.clip(away + bust.canvas.grain(71) * 0.4 * away * (1 - away), 0, 1)
    bust.canvas.paint(np.asarray(mask * grit, np.float32), dark, 0.42)
    arm = [(u * 0.9, v) for u, v in ((150, 260), (160, 310), (150, 380))]
    for side in (-1, 1):
        bust.stroke([(side * u, v) for u, v in arm], 4, dark, 0.35, -4)
    return mask


def _poly(bust: Bust, points: list[Point], colour: Colour, opacity: float = 1.0) -> None:
    """Paint a straight-edged shape."""
    bust.canvas.polygon([bust.at(u, v, 0) for u, v in points], colour, opacity)


def _shirt(bust: Bust, colour: str, shade: str, closed: bool = False) -> None:
    """Paint a shirt front with a collar, open at the throat or closed."""
    throat: list[Point] = [(-62, 176), (62, 176), (40, 214), (0, 272), (-40, 214)]
    skin = bust.sitter.skin
    _poly(bust, throat, shade if closed else skin.shade)
    low = 240 if closed else 268
    _poly(bust, [(-62, 176), (62, 176), (40, 214), (14, low), (-14, low), (-40, 214)], skin.shade)
    _poly(bust, [(0, 176), (62 * bust.lit, 176), (40 * bust.lit, 214), (12 * bust.lit, low), (0, low)], skin.base, 0.75)
    _poly(bust, [(-62, 172), (62, 172), (48, 192), (0, 204), (-48, 192)], skin.deep, 0.4)
    _poly(bust, [(-64, 196), (0, 268), (64, 196), (110, 380), (-110, 380)], colour)
    _poly(bust, [(-64 * bust.lit, 196), (0, 268), (0, 380), (-110 * bust.lit, 380)], shade, 0.45)
    for side in (-1, 1):
        _poly(bust, [(side * 52, 166), (side * 70, 188), (side * 52, 254), (side * 4, 262), (side * 34, 206)], colour)
        _poly(bust, [(side * 52, 166), (side * 34, 206), (side * 4, 262), (side * 26, 206)], shade, 0.75)
        bust.canvas.line([bust.at(side * 70, 188), bust.at(side * 52, 254), bust.at(side * 4, 262)], 2, shade, 0.8)


def _lapels(bust: Bust, colour: Colour, edge: str) -> None:
    """Fold the lapels of a jacket over the shirt."""
    for side in (-1, 1):
        _poly(bust, [(side * 64, 184), (side * 108, 204), (side * 118, 262), (side * 96, 270), (side * 106, 286), (side * 26, 390), (side * 2, 390), (side * 40, 280)], colour)
        bust.canvas.line([bust.at(side * 64, 184), bust.at(side * 40, 280), bust.at(side * 2, 390)], 2.4, edge, 0.9)
        bust.canvas.line([bust.at(side * 118, 262), bust.at(side * 96, 270), bust.at(side * 106, 286)], 2, edge, 0.7)


def navy_suit(bust: Bust) -> None:
    """Paint a navy jacket over a white shirt."""
    _body(bust, "#22375a")
    _shirt(bust, "#f6efe2", "#a9adb8")
    _lapels(bust, "#2b4470", "#0f1c33")


def corduroy(bust: Bust) -> None:
    """Paint an olive corduroy jacket over a dark red shirt."""
    mask = _body(bust, "#6b6a3c")
    ribs = smoothstep(0.4, 0.9, np.asarray(np.sin(bust.canvas.xs * 0.95 + 0 * bust.canvas.ys), np.float32))
    bust.canvas.paint(np.asarray(mask * ribs, np.float32), "#3f4024", 0.4)
    _shirt(bust, "#8d3a30", "#54211f")
    _lapels(bust, "#7a7845", "#3a3a20")


def shawl(bust: Bust) -> None:
    """Paint a wine-coloured dress with a pale shawl laid around the shoulders."""
    _body(bust, "#6b2238")
    fabric = [("#e3cfae", [(-72, 168), (-120, 200), (-232, 262), (-262, 390), (-120, 390), (-30, 310), (20, 268), (-30, 222)]), ("#f0dfc0", [(72, 168), (124, 204), (226, 262), (256, 390), (90, 390), (-10, 330), (-46, 290), (30, 236)])]
    for tone, shape in fabric if bust.lit > 0 else fabric[::-1]:
        bust.fill(shape, tone)
        side = 1 if shape[0][0] > 0 else -1
        for k in range(4):
            bust.stroke([(side * (76 + 34 * k), 190 + 14 * k), (side * (60 + 44 * k), 260 + 10 * k), (side * (20 + 58 * k), 340)], 5, "#a98a66", 0.4)
        for k in range(9):
            u = side * (120 + 15 * k)
            bust.stroke([(u, 330 + 2 * k), (u - side * 20, 372 + 2 * k)], 3, "#8d3a4a", 0.5)


def kente(bust: Bust) -> None:
    """Paint a shirt with a woven pattern in gold, green and red."""
    mask = _body(bust, "#1f2a2a", 0, 1.04)
    canvas = bust.canvas
    u, v = canvas.xs - bust.cx + 0 * canvas.ys, canvas.ys - bust.cy + 0 * canvas.xs
    strip, row = np.floor(u / 30), np.floor(v / 22)
    kind = np.mod(strip * 2 + row * 3, 6)
    bars = np.mod(v, 22) < 11
    for number, tone in ((0, "#d9a233"), (1, "#b6402f"), (2, "#2f7a55"), (3, "#d9a233"), (4, "#16302c")):
        chosen = (kind == number) & (bars if number % 2 else np.mod(u, 30) < 17)
        canvas.paint(np.asarray(mask * chosen, np.float32), tone, 0.92)
    seams = np.mod(u, 30) < 2
    canvas.paint(np.asarray(mask * seams, np.float32), "#f0d9a0", 0.7)
    canvas.paint(np.asarray(mask * (1 - bust.side_light(-170, 40)), np.float32), "#0d1018", 0.5)
    _poly(bust, [(-60, 180), (0, 290), (60, 180), (74, 196), (0, 318), (-74, 196)], "#d9a233")
    _poly(bust, [(-54, 178), (0, 286), (54, 178)], bust.sitter.skin.shade)
    _poly(bust, [(bust.lit * 54, 178), (0, 286), (bust.lit * 6, 200)], bust.sitter.skin.base, 0.7)


def rollneck(bust: Bust, colour: str, shade: str, light: str) -> None:
    """Paint a roll-neck sweater."""
    mask = _body(bust, colour, 6)
    canvas = bust.canvas
    knit = np.sin((canvas.xs - bust.cx) * 0.62 + 0 * canvas.ys)
    canvas.paint(np.asarray(mask * smoothstep(0.3, 1.0, np.asarray(knit, np.float32)), np.float32), shade, 0.32)
    collar: list[Point] = [(-60, 148), (-66, 176), (-70, 206), (-30, 222), (0, 225), (30, 222), (70, 206), (66, 176), (60, 148), (30, 160), (0, 164), (-30, 160)]
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


def suit_and_tie(bust: Bust) -> None:
    """Paint a charcoal suit with a white shirt and a rust tie."""
    _body(bust, "#333a46")
    _shirt(bust, "#f3efe6", "#a3a9b3", closed=True)
    _poly(bust, [(-14, 246), (14, 246), (19, 268), (0, 278), (-19, 268)], "#b34a2c")
    _poly(bust, [(-12, 272), (12, 272), (26, 390), (-26, 390)], "#c4552f")
    for k in range(5):
        _poly(bust, [(-24, 300 + k * 26), (24, 288 + k * 26), (25, 295 + k * 26), (-24, 307 + k * 26)], "#f0c48f", 0.7)
    _lapels(bust, "#3f4856", "#151a22")


def green_blouse(bust: Bust) -> None:
    """Paint an emerald blouse with a soft bow at the neck."""
    mask = _body(bust, "#1f6b55", 6)
    sheen = smoothstep(0.45, 0.75, bust.canvas.fbm(70, 190, 77, 4)) * bust.side_light(-120, 120)
    bust.canvas.paint(np.asarray(mask * sheen, np.float32), "#57b08d", 0.22)
    bust.fill([(-60, 182), (-30, 214), (0, 224), (30, 214), (60, 182), (72, 200), (34, 240), (0, 248), (-34, 240), (-72, 200)], "#2a8066")
    for side in (-1, 1):
        bust.fill([(0, 240), (side * 34, 218), (side * 70, 230), (side * 76, 262), (side * 40, 268), (side * 6, 254)], "#2f8a6e")
        bust.fill([(0, 250), (side * 16, 262), (side * 40, 330), (side * 44, 392), (side * 14, 392), (side * 2, 310)], "#267a61")
        bust.stroke([(side * 6, 248), (side * 36, 240), (side * 66, 244)], 3, "#0f3f34", 0.6)
    bust.fill([(-13, 238), (13, 238), (15, 262), (-15, 262)], "#1a5a48")


def tweed(bust: Bust) -> None:
    """Paint a tweed jacket over a dark roll-neck."""
    rollneck(bust, "#2a2e38", "#12141b", "#59606f")
    canvas = bust.canvas
    for side in (-1, 1):
        shape: list[Point] = [(side * 66, 186), (side * 118, 206), (side * 190, 236), (side * 232, 296), (side * 252, 390), (side * 40, 390), (side * 62, 300)]
        points = [bust.at(u, v) for u, v in shape]
        mask = canvas.stencil().polygon(points).full()
        canvas.paint(mask, "#8d8474" if side == bust.lit else "#6b6459")
        weave = np.sin((canvas.xs + canvas.ys) * 0.8) * np.sin((canvas.xs - canvas.ys) * 0.8)
        canvas.paint(np.asarray(mask * smoothstep(0.1, 0.7, np.asarray(weave, np.float32)), np.float32), "#453f38", 0.5)
        _poly(bust, [(side * 66, 184), (side * 112, 206), (side * 122, 266), (side * 98, 272), (side * 106, 290), (side * 40, 390), (side * 34, 390), (side * 58, 290)], "#7a7265" if side == bust.lit else "#5d574e")
        canvas.line([bust.at(side * 66, 184), bust.at(side * 58, 290), bust.at(side * 34, 390)], 2.4, "#332e29", 0.9)


def nordic_sweater(bust: Bust) -> None:
    """Paint a red parka, open over a patterned sweater."""
    mask = _body(bust, "#e6ddcf", 4)
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
        bust.fill([(side * 70, 176), (side * 126, 198), (side * 204, 230), (side * 250, 300), (side * 262, 400), (side * 70, 400), (side * 92, 300), (side * 88, 230)], tone, 1, -4)
        bust.stroke([(side * 64, 166), (side * 92, 196), (side * 98, 250), (side * 92, 330), (side * 74, 396)], 30, "#5d4a3a", 1, -4, taper=False)
        for k in range(26):
            t = k / 25
            x, y = side * (66 + 30 * np.sin(t * 2.6)), 170 + 226 * t
            bust.stroke([(x - 12, y + 3), (x, y - 4), (x + 15, y + 4)], 5, ("#8d7458", "#b59a78", "#6b5542")[k % 3], 0.9, -4)


def kurta(bust: Bust) -> None:
    """Paint a cream kurta under a dark sleeveless waistcoat with a stand collar."""
    _body(bust, "#ece0c6", 2)
    for side in (-1, 1):
        tone = "#2f3f4f" if side == bust.lit else "#1f2a36"
        _poly(bust, [(side * 58, 178), (side * 112, 204), (side * 172, 232), (side * 150, 300), (side * 160, 400), (0, 400), (side * 2, 250)], tone)
        bust.stroke([(side * 172, 232), (side * 151, 300), (side * 160, 400)], 3, "#0f161e", 0.7, 0)
        _poly(bust, [(side * 56, 164), (side * 66, 190), (side * 4, 236), (side * 2, 214)], "#f3e9d2" if side == bust.lit else "#cdbf9f")
        _poly(bust, [(side * 62, 178), (side * 76, 196), (side * 6, 256), (side * 2, 234)], tone)
    bust.canvas.line([bust.at(0, 240), bust.at(0, 400)], 2.4, "#0f161e")
    for k in range(4):
        x, y = bust.at(9, 268 + k * 34)
        bust.canvas.paint(bust.canvas.stencil().disc(x, y, 5), "#c9a35f")
    x, y = bust.at(-92 * bust.side, 300)
    bust.canvas.polygon([(x - 26, y), (x + 24, y - 6), (x + 24, y - 16), (x + 8, y - 28), (x - 4, y - 14), (x - 26, y - 8)], "#d9643f")


def cardigan(bust: Bust) -> None:
    """Paint a plum cardigan over a striped top."""
    mask = _body(bust, "#f0e6d6", 4)
    v = bust.canvas.ys - bust.cy + 0.0009 * (bust.canvas.xs - bust.cx) ** 2
    bust.canvas.paint(np.asarray(mask * (np.mod(v, 22) < 9), np.float32), "#2f3f63", 0.9)
    bust.fill([(-72, 184), (-34, 218), (0, 226), (34, 218), (72, 184), (58, 176), (0, 206), (-58, 176)], "#f3eadb")
    for side in (-1, 1):
        tone = "#7d4a78" if side == bust.lit else "#553052"
        bust.fill([(side * 74, 184), (side * 124, 204), (side * 200, 236), (side * 246, 300), (side * 262, 400), (side * 56, 400), (side * 84, 320), (side * 92, 240)], tone, 1, -4)
        bust.stroke([(side * 74, 182), (side * 92, 240), (side * 84, 320), (side * 52, 400)], 12, "#94608d" if side == bust.lit else "#6b4067", 1, -4, taper=False)


def waistcoat(bust: Bust) -> None:
    """Paint shirt sleeves, a dark waistcoat and a loosened tie."""
    _body(bust, "#dfe3e3", 2)
    _shirt(bust, "#eef0ee", "#98a3ad", closed=True)
    _poly(bust, [(-15, 254), (15, 254), (20, 278), (0, 290), (-20, 278)], "#2f5a4c")
    _poly(bust, [(-13, 284), (13, 284), (24, 400), (-24, 400)], "#37695a")
    for k in range(4):
        _poly(bust, [(-20, 312 + k * 28), (20, 304 + k * 28), (20, 309 + k * 28), (-20, 317 + k * 28)], "#d9b56a", 0.8)
    for side in (-1, 1):
        tone = "#4a3a33" if side == bust.lit else "#2f2521"
        _poly(bust, [(side * 74, 192), (side * 128, 210), (side * 148, 300), (side * 160, 400), (side * 6, 400), (side * 46, 300)], tone)
        bust.canvas.line([bust.at(side * 74, 192), bust.at(side * 46, 300), bust.at(side * 6, 400)], 2.6, "#1a1412", 0.9)
