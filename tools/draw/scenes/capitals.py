"""Seats of power: a parliament by night and a bank's glass tower."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp
from ..facade import Plane, columns, windows
from ..noise import fbm, sample, smoothstep
from ..scenery import clouds, hills, layer, mist, sky, stars, sun
from ..stencil import Point
from ..water import reflect, streaks

LIT = [(0.0, "#4a3a48"), (0.45, "#a06a48"), (0.8, "#e0a155"), (1.0, "#ffd48a")]


def _tower(canvas: Canvas, x: float, base: float, wide: float, top: float, roof: float) -> None:
    """Paint a square tower with a steep roof, pinnacles and a lit clock stage."""
    canvas.paint(canvas.stencil().rect(x - wide / 2, top, x + wide / 2, base), canvas.down(top, base, LIT))
    canvas.paint(canvas.stencil().rect(x + wide * 0.18, top, x + wide / 2, base), "#2a2238", 0.35)
    glass = canvas.stencil()
    windows(
        glass, x - wide * 0.42, top + wide * 1.05, x + wide * 0.42, base, 3, int((base - top) / wide * 1.2), 0.5, True
    )
    canvas.paint(glass, "#ffe7ae", 0.85)
    trim = canvas.stencil()
    for y in np.arange(top, base, wide * 0.86):
        trim.rect(x - wide * 0.55, y, x + wide * 0.55, y + 4)
    canvas.paint(trim, "#ffd89a", 0.75)
    spire: list[Point] = [
        (x - wide * 0.54, top),
        (x - wide * 0.3, top - roof * 0.42),
        (x, top - roof),
        (x + wide * 0.3, top - roof * 0.42),
        (x + wide * 0.54, top),
    ]
    canvas.polygon(spire, canvas.down(top - roof, top, [(0, "#1b2340"), (1, "#3b3a55")]))
    canvas.line([(x, top - roof), (x, top - roof - wide * 0.42)], 3, "#d9a860")
    for side in (-0.5, 0.5):
        px = x + side * wide
        canvas.polygon([(px - 6, top + 4), (px, top - wide * 0.5), (px + 6, top + 4)], "#c48a55")
    canvas.paint(canvas.stencil().disc(x, top + wide * 0.5, wide * 0.3), "#fff2cf")
    canvas.paint(canvas.stencil().disc(x, top + wide * 0.5, wide * 0.24), "#f5d9a0")
    canvas.line([(x, top + wide * 0.5), (x, top + wide * 0.32)], 3, "#3b2a30")
    canvas.line([(x, top + wide * 0.5), (x + wide * 0.12, top + wide * 0.56)], 3, "#3b2a30")
    canvas.glow(x, top + wide * 0.5, wide * 0.6, "#ffdf9a", 0.5)


def _dome(canvas: Canvas, x: float, base: float, radius: float) -> None:
    """Paint a ribbed dome on a drum of columns, with a lantern."""
    drum = base - radius * 0.52
    canvas.paint(
        canvas.stencil().rect(x - radius * 0.98, drum, x + radius * 0.98, base),
        canvas.down(drum, base, [(0, "#b97c4e"), (1, "#f4bf72")]),
    )
    columns(canvas, x - radius * 0.98, drum + 8, x + radius * 0.98, base, 16, "#ffdfa6", "#6b4540")
    canvas.paint(canvas.stencil().rect(x - radius * 1.06, drum - 10, x + radius * 1.06, drum + 8), "#f2c07d")
    turn = np.linspace(np.pi, 2 * np.pi, 60)
    shell = [(x + radius * np.cos(a), drum - 8 + radius * 1.12 * np.sin(a)) for a in turn]
    canvas.polygon(
        shell,
        canvas.slant(
            (x - radius, drum), (x + radius, drum - radius), [(0, "#4f8a84"), (0.4, "#3b6d73"), (1, "#1d3350")]
        ),
    )
    ribs = canvas.stencil()
    for share in np.linspace(-0.92, 0.92, 13):
        ribs.line(
            [
                (x + share * radius * np.cos(t), drum - 8 - radius * 1.12 * np.sin(t))
                for t in np.linspace(0, np.pi / 2, 24)
            ],
            2.2,
        )
    canvas.paint(ribs, "#9fc2a8", 0.5)
    top = drum - 8 - radius * 1.12
    canvas.paint(canvas.stencil().rect(x - radius * 0.17, top - radius * 0.32, x + radius * 0.17, top + 6), "#f6c681")
    slots = canvas.stencil()
    windows(slots, x - radius * 0.15, top - radius * 0.3, x + radius * 0.15, top, 4, 1, 0.45, True)
    canvas.paint(slots, "#fff3cf")
    canvas.polygon(
        [(x - radius * 0.2, top - radius * 0.3), (x, top - radius * 0.62), (x + radius * 0.2, top - radius * 0.3)],
        "#35606a",
    )
    canvas.line([(x, top - radius * 0.6), (x, top - radius * 0.95)], 3.4, "#e6b870")
    canvas.glow(x, top - radius * 0.12, radius * 0.45, "#ffd98f", 0.6)


def parliament_night() -> Canvas:
    """Draw a domed parliament on a river bank, lit against a blue night."""
    canvas = Canvas(1800, 1200, 131)
    quay = 826.0
    sky(canvas, [(0, "#0b1230"), (0.4, "#17275a"), (0.75, "#35508a"), (1, "#7f86aa")], quay, 0.08)
    stars(canvas, 260, 520, "#f1efff", 0.6)
    sun(canvas, 1425, 205, 44, "#fdf3dc", "#c8cfee", 0.45)
    clouds(canvas, 60, 640, [(0, "#162454"), (1, "#6b7fb4")], 5, 0.5, (640, 90), 0.55, 0.14)
    layer(canvas, hills(canvas, 800, 90, 300, 2, 0.5), [(0, "#1f2f5f"), (1, "#3c4a7c")], 100)
    for index, spot in enumerate(range(-30, 1800, 62)):
        tall = 60 + 70 * canvas.rng.random()
        canvas.paint(canvas.stencil().rect(spot, quay - tall, spot + 58, quay), "#1a2750")
        if index % 2:
            panes = canvas.stencil()
            windows(panes, spot + 4, quay - tall + 8, spot + 54, quay - 20, 4, 4, 0.3)
            canvas.paint(panes, "#f2b862", 0.45)
    mist(canvas, 790, 70, "#6573a5", 0.5, 8)
    left, right, top = 250.0, 1550.0, 596.0
    canvas.paint(canvas.stencil().rect(left, top, right, quay), canvas.down(top - 40, quay, LIT))
    canvas.polygon(
        [(left - 8, top), (left + 26, top - 58), (right - 26, top - 58), (right + 8, top)],
        canvas.down(top - 58, top, [(0, "#1c2547"), (1, "#34385a")]),
    )
    for low, high, rows in ((top + 22, top + 108, 1), (top + 116, quay - 18, 1)):
        glass, rim = canvas.stencil(), canvas.stencil()
        windows(rim, left, low - 4, right, high + 6, 46, rows, 0.6, True)
        windows(glass, left, low, right, high, 46, rows, 0.42, True)
        canvas.paint(rim, "#7a4c40", 0.6)
        canvas.paint(glass, canvas.down(low, high, [(0, "#ffd98e"), (1, "#fff3cb")]))
    pinnacles = canvas.stencil()
    for x in np.linspace(left, right, 47):
        pinnacles.rect(x - 3, top - 8, x + 3, quay).polygon([(x - 5, top - 6), (x, top - 40), (x + 5, top - 6)])
    pinnacles.rect(left, top - 4, right, top + 4).rect(left, top + 104, right, top + 110)
    canvas.paint(pinnacles, canvas.down(top, quay, [(0, "#8f6050"), (1, "#f3bd72")]))
    for middle, base_top in ((left + 30, 500.0), (right - 30, 500.0), (640.0, 470.0), (1160.0, 470.0)):
        _tower(canvas, middle, quay, 84, base_top, 150)
    canvas.paint(canvas.stencil().rect(742, 560, 1058, quay), canvas.down(540, quay, [(0, "#94633f"), (1, "#ffcb80")]))
    _dome(canvas, 900, 562, 132)
    canvas.polygon([(726, 600), (900, 528), (1074, 600)], canvas.down(528, 600, [(0, "#c98d55"), (1, "#f3bb70")]))
    canvas.polygon([(772, 592), (900, 542), (1028, 592)], "#8d5a44", 0.7)
    canvas.paint(canvas.stencil().rect(730, 598, 1070, 616), "#ffd693")
    canvas.paint(canvas.stencil().rect(744, 616, 1056, 790), "#5b3a3d")
    doors = canvas.stencil()
    windows(doors, 744, 630, 1056, 800, 8, 1, 0.42, True)
    canvas.paint(doors, "#ffe9b4")
    columns(canvas, 738, 618, 1062, 792, 10, "#ffdca0", "#7b4f45")
    for step in range(5):
        canvas.paint(
            canvas.stencil().rect(730 - step * 14, 790 + step * 8, 1070 + step * 14, 799 + step * 8),
            ("#e5b06c", "#c99358")[step % 2],
        )
    canvas.glow(900, 720, 420, "#ffbd66", 0.32, 1.5)
    canvas.line([(900, 528), (900, 470)], 2, "#e6b870")
    canvas.paint(
        canvas.stencil().rect(0, quay, 1800, quay + 40), canvas.down(quay, quay + 40, [(0, "#6b5560"), (1, "#20274a")])
    )
    canvas.line([(0, quay + 1), (1800, quay + 1)], 2.5, "#e8bd80", 0.7)
    waves = reflect(canvas, quay + 40, [(0, "#39466f"), (0.5, "#18285a"), (1, "#0a1330")], 0.72, 3, 34, 1.15)
    streaks(canvas, quay + 40, waves, "#0d1840", 0.5, 0.06)
    for lamp in range(60, 1800, 140):
        canvas.line([(lamp, quay + 2), (lamp, quay - 44)], 3, "#151b38")
        canvas.paint(canvas.stencil().disc(lamp, quay - 48, 5), "#fff3d0")
        canvas.glow(lamp, quay - 48, 26, "#ffc874", 0.85)
        column = (
            np.exp(-(((canvas.xs - lamp) / 9) ** 2)) * smoothstep(1150, quay + 40, canvas.ys) * (canvas.ys > quay + 42)
        )
        canvas.paint(np.asarray(column * smoothstep(-0.1, 0.14, waves), np.float32), "#ffce85", 0.5, "screen")
    return canvas


def _glass(canvas: Canvas, plane: Plane, across: int, down: int, tones: list[tuple[float, str]], salt: int) -> None:
    """Paint a glass face whose panes reflect a cloudy sky, each a little out of true."""
    u, v = plane.coordinates(canvas)
    cell_u, cell_v = np.floor(u * across), np.floor(v * down)
    key = (cell_u.astype(np.int64) * 733 + cell_v.astype(np.int64) * 1997 + salt * 31) % 4096
    jitter = np.random.default_rng(salt).normal(0, 1, (2, 4096)).astype(np.float32)
    field = fbm(900, 900, 300, 210, salt, 6)
    bow_u, bow_v = (u * across) % 1 - 0.5, (v * down) % 1 - 0.5
    x = 120 + 520 * u + 26 * jitter[0][key] + 30 * bow_u
    y = 120 + 620 * v + 22 * jitter[1][key] + 22 * bow_v
    sky_tone = sample(field, np.asarray(x, np.float32), np.asarray(y, np.float32))
    tone = np.clip(0.16 + 0.85 * smoothstep(0.3, 0.75, sky_tone) - 0.3 * v + 0.035 * jitter[0][key], 0, 1)
    face = canvas.stencil().polygon(plane.corners)
    canvas.paint(face, ramp(np.asarray(tone, np.float32), tones))
    lines = canvas.stencil()
    plane.grid(lines, across, down, 1.3)
    canvas.paint(np.asarray(lines.full() * face.full(), np.float32), "#1d2f33", 0.6)
    lamp = (np.random.default_rng(salt + 5).random(4096)[key] < 0.06) & (u > 0) & (u < 1) & (v > 0) & (v < 1)
    panes = lamp * smoothstep(0.5, 0.38, np.maximum(np.abs(bow_u), np.abs(bow_v)))
    canvas.paint(np.asarray(panes * face.full(), np.float32), "#f6cf86", 0.8)


def bank_tower() -> Canvas:
    """Draw a glass tower from the street, over the cornice of an old bank."""
    canvas = Canvas(1800, 1200, 137)
    sky(canvas, [(0, "#35616b"), (0.5, "#8fb0a8"), (1, "#efdfb8")], 1200, 0.08)
    clouds(canvas, -300, 1100, [(0, "#7d9a98"), (0.5, "#c9cdb8"), (1, "#fff3d6")], 3, 0.54, (620, 210), 0.9, 0.08)
    dark = [(0.0, "#16292e"), (0.4, "#2e4f54"), (0.75, "#7d9c93"), (1.0, "#e6dcb8")]
    bright = [(0.0, "#24434a"), (0.4, "#4f7d7e"), (0.75, "#b3c4ae"), (1.0, "#fff0cc")]
    _glass(canvas, Plane([(1560, 60), (1700, 110), (1850, 1220), (1585, 1220)]), 8, 40, dark, 5)
    _glass(canvas, Plane([(1450, 100), (1560, 60), (1585, 1220), (1380, 1220)]), 7, 40, bright, 6)
    _glass(canvas, Plane([(250, 240), (380, 190), (215, 1220), (-40, 1220)]), 8, 32, bright, 7)
    _glass(canvas, Plane([(380, 190), (470, 260), (400, 1220), (215, 1220)]), 6, 32, dark, 8)
    left = Plane([(712, -160), (930, -260), (880, 1260), (470, 1260)])
    right = Plane([(930, -260), (1128, -130), (1330, 1260), (880, 1260)])
    _glass(canvas, left, 15, 46, bright, 1)
    _glass(canvas, right, 14, 46, dark, 2)
    for plane, tone in ((left, "#fff0cc"), (right, "#8fa8a0")):
        fins = canvas.stencil()
        for k in range(0, 16, 5):
            u = min(1.0, k / 15)
            fins.line([plane.at(u, 0), plane.at(u, 1)], 5)
        canvas.paint(fins, tone, 0.8)
    canvas.line([(930, -260), (880, 1260)], 7, "#fff4d8", 0.9)
    canvas.glow(720, 240, 200, "#fff0c4", 0.5)
    _old_bank(canvas)
    return canvas


def _old_bank(canvas: Canvas) -> None:
    """Set the pediment and columns of an older bank before the tower."""
    stone = canvas.across(300, 1500, [(0, "#f0d9ae"), (0.55, "#d3b98f"), (1, "#8d7b68")])
    canvas.polygon([(250, 1010), (250, 1210), (1560, 1210), (1560, 1010)], "#3d3a38")
    doors = canvas.stencil()
    for k in range(7):
        x = 336.0 + k * 170
        doors.arch(x + 46, 1060, x + 128, 1220)
    canvas.paint(doors, canvas.down(1050, 1200, [(0, "#e5a552"), (1, "#8a5427")]))
    columns(canvas, 270, 1040, 1540, 1230, 8, stone, "#5d4c42")
    canvas.polygon([(220, 1012), (1590, 1012), (1575, 1046), (235, 1046)], stone)
    canvas.polygon([(205, 985), (1605, 985), (1590, 1012), (220, 1012)], "#f8e6c1")
    dentils = canvas.stencil()
    for x in range(226, 1590, 22):
        dentils.rect(x, 1012, x + 12, 1024)
    canvas.paint(dentils, "#6b5a4c", 0.7)
    canvas.polygon([(205, 985), (905, 820), (1605, 985)], stone)
    canvas.polygon([(330, 972), (905, 840), (1480, 972)], canvas.across(300, 1500, [(0, "#b39a78"), (1, "#6f6053")]))
    canvas.line([(205, 985), (905, 820), (1605, 985)], 8, "#fff0cf")
    x, y = 905.0, 920.0
    canvas.paint(canvas.stencil().disc(x, y, 44), "#c99f4e")
    canvas.paint(canvas.stencil().disc(x, y, 36), "#5b4a35")
    canvas.line([(x, y - 26), (x, y + 26)], 5, "#e9c877")
    canvas.line([(x - 24, y - 8), (x, y - 22), (x + 24, y - 8)], 5, "#e9c877")
    for side in (-24, 24):
        canvas.paint(canvas.stencil().pie(x + side, y - 6, 13, 0, 180), "#e9c877")
    canvas.line([(905, 822), (905, 700)], 4, "#3b3a36")
    flag = [(905, 704), (960, 716), (1000, 706), (1000, 754), (960, 764), (905, 752)]
    canvas.polygon(flag, "#8d3a2e")
    canvas.polygon([(960, 716), (1000, 706), (1000, 754), (960, 764)], "#6b2a24", 0.5)
