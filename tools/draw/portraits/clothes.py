"""What the sitters wear."""

import numpy as np

from ..noise import smoothstep
from .bust import Bust
from .tailoring import body, lapels, poly, shirt


def navy_suit(bust: Bust) -> None:
    """Paint a navy jacket over a white shirt."""
    body(bust, "#22375a")
    shirt(bust, "#f6efe2", "#a9adb8")
    lapels(bust, "#2b4470", "#0f1c33")


def corduroy(bust: Bust) -> None:
    """Paint an olive corduroy jacket over a dark red shirt."""
    mask = body(bust, "#6b6a3c")
    ribs = smoothstep(0.4, 0.9, np.asarray(np.sin(bust.canvas.xs * 0.95 + 0 * bust.canvas.ys), np.float32))
    bust.canvas.paint(np.asarray(mask * ribs, np.float32), "#3f4024", 0.4)
    shirt(bust, "#8d3a30", "#54211f")
    lapels(bust, "#7a7845", "#3a3a20")


def shawl(bust: Bust) -> None:
    """Paint a wine-coloured dress with a pale shawl laid around the shoulders."""
    body(bust, "#6b2238")
    fabric = [
        (
            "#e3cfae",
            [(-72, 168), (-120, 200), (-232, 262), (-262, 390), (-120, 390), (-30, 310), (20, 268), (-30, 222)],
        ),
        ("#f0dfc0", [(72, 168), (124, 204), (226, 262), (256, 390), (90, 390), (-10, 330), (-46, 290), (30, 236)]),
    ]
    for tone, shape in fabric if bust.lit > 0 else fabric[::-1]:
        bust.fill(shape, tone)
        side = 1 if shape[0][0] > 0 else -1
        for k in range(4):
            bust.stroke(
                [
                    (side * (76 + 34 * k), 190 + 14 * k),
                    (side * (60 + 44 * k), 260 + 10 * k),
                    (side * (20 + 58 * k), 340),
                ],
                5,
                "#a98a66",
                0.4,
            )
        for k in range(9):
            u = side * (120 + 15 * k)
            bust.stroke([(u, 330 + 2 * k), (u - side * 20, 372 + 2 * k)], 3, "#8d3a4a", 0.5)


def kente(bust: Bust) -> None:
    """Paint a shirt with a woven pattern in gold, green and red."""
    mask = body(bust, "#1f2a2a", 0, 1.04)
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
    poly(bust, [(-60, 180), (0, 290), (60, 180), (74, 196), (0, 318), (-74, 196)], "#d9a233")
    poly(bust, [(-54, 178), (0, 286), (54, 178)], bust.sitter.skin.shade)
    poly(bust, [(bust.lit * 54, 178), (0, 286), (bust.lit * 6, 200)], bust.sitter.skin.base, 0.7)


def suit_and_tie(bust: Bust) -> None:
    """Paint a charcoal suit with a white shirt and a rust tie."""
    body(bust, "#333a46")
    shirt(bust, "#f3efe6", "#a3a9b3", closed=True)
    poly(bust, [(-14, 246), (14, 246), (19, 268), (0, 278), (-19, 268)], "#b34a2c")
    poly(bust, [(-12, 272), (12, 272), (26, 390), (-26, 390)], "#c4552f")
    for k in range(5):
        poly(bust, [(-24, 300 + k * 26), (24, 288 + k * 26), (25, 295 + k * 26), (-24, 307 + k * 26)], "#f0c48f", 0.7)
    lapels(bust, "#3f4856", "#151a22")


def green_blouse(bust: Bust) -> None:
    """Paint an emerald blouse with a soft bow at the neck."""
    mask = body(bust, "#1f6b55", 6)
    sheen = smoothstep(0.45, 0.75, bust.canvas.fbm(70, 190, 77, 4)) * bust.side_light(-120, 120)
    bust.canvas.paint(np.asarray(mask * sheen, np.float32), "#57b08d", 0.22)
    bust.fill(
        [
            (-60, 182),
            (-30, 214),
            (0, 224),
            (30, 214),
            (60, 182),
            (72, 200),
            (34, 240),
            (0, 248),
            (-34, 240),
            (-72, 200),
        ],
        "#2a8066",
    )
    for side in (-1, 1):
        bust.fill(
            [(0, 240), (side * 34, 218), (side * 70, 230), (side * 76, 262), (side * 40, 268), (side * 6, 254)],
            "#2f8a6e",
        )
        bust.fill(
            [(0, 250), (side * 16, 262), (side * 40, 330), (side * 44, 392), (side * 14, 392), (side * 2, 310)],
            "#267a61",
        )
        bust.stroke([(side * 6, 248), (side * 36, 240), (side * 66, 244)], 3, "#0f3f34", 0.6)
    bust.fill([(-13, 238), (13, 238), (15, 262), (-15, 262)], "#1a5a48")


def kurta(bust: Bust) -> None:
    """Paint a cream kurta under a dark sleeveless waistcoat with a stand collar."""
    body(bust, "#ece0c6", 2)
    for side in (-1, 1):
        tone = "#2f3f4f" if side == bust.lit else "#1f2a36"
        poly(
            bust,
            [
                (side * 58, 178),
                (side * 112, 204),
                (side * 172, 232),
                (side * 150, 300),
                (side * 160, 400),
                (0, 400),
                (side * 2, 250),
            ],
            tone,
        )
        bust.stroke([(side * 172, 232), (side * 151, 300), (side * 160, 400)], 3, "#0f161e", 0.7, 0)
        poly(
            bust,
            [(side * 56, 164), (side * 66, 190), (side * 4, 236), (side * 2, 214)],
            "#f3e9d2" if side == bust.lit else "#cdbf9f",
        )
        poly(bust, [(side * 62, 178), (side * 76, 196), (side * 6, 256), (side * 2, 234)], tone)
    bust.canvas.line([bust.at(0, 240), bust.at(0, 400)], 2.4, "#0f161e")
    for k in range(4):
        x, y = bust.at(9, 268 + k * 34)
        bust.canvas.paint(bust.canvas.stencil().disc(x, y, 5), "#c9a35f")
    x, y = bust.at(-92 * bust.side, 300)
    bust.canvas.polygon(
        [(x - 26, y), (x + 24, y - 6), (x + 24, y - 16), (x + 8, y - 28), (x - 4, y - 14), (x - 26, y - 8)], "#d9643f"
    )


def waistcoat(bust: Bust) -> None:
    """Paint shirt sleeves, a dark waistcoat and a loosened tie."""
    body(bust, "#dfe3e3", 2)
    shirt(bust, "#eef0ee", "#98a3ad", closed=True)
    poly(bust, [(-15, 254), (15, 254), (20, 278), (0, 290), (-20, 278)], "#2f5a4c")
    poly(bust, [(-13, 284), (13, 284), (24, 400), (-24, 400)], "#37695a")
    for k in range(4):
        poly(bust, [(-20, 312 + k * 28), (20, 304 + k * 28), (20, 309 + k * 28), (-20, 317 + k * 28)], "#d9b56a", 0.8)
    for side in (-1, 1):
        tone = "#4a3a33" if side == bust.lit else "#2f2521"
        poly(
            bust,
            [
                (side * 74, 192),
                (side * 128, 210),
                (side * 148, 300),
                (side * 160, 400),
                (side * 6, 400),
                (side * 46, 300),
            ],
            tone,
        )
        bust.canvas.line(
            [bust.at(side * 74, 192), bust.at(side * 46, 300), bust.at(side * 6, 400)], 2.6, "#1a1412", 0.9
        )
