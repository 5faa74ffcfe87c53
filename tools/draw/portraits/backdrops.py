"""Backgrounds that hint at each author's beat."""

import numpy as np

from ..colour import Stops
from ..noise import line_noise
from ..stencil import curve
from .bust import SIZE, Bust


def _ground(bust: Bust, stops: Stops) -> None:
    """Fill the background with a slanting gradient, lighter on the lit side."""
    start, end = ((600, 40), (0, 560)) if bust.lit > 0 else ((0, 40), (600, 560))
    bust.canvas.pixels[:] = bust.canvas.slant(start, end, stops)


def arches(bust: Bust) -> None:
    """Draw an arcade in quiet teal."""
    _ground(bust, [(0, "#a9c3bd"), (0.5, "#6f9a9b"), (1, "#3f6a72")])
    sheet, inner = bust.canvas.stencil(), bust.canvas.stencil()
    for k in range(-1, 5):
        left = k * 150 - 30
        sheet.arch(left, 120, left + 122, 640)
        inner.arch(left + 14, 138, left + 108, 640)
    bust.canvas.paint(sheet, "#2f5660", 0.28)
    bust.canvas.paint(inner, "#d9e6d9", 0.2)
    bust.canvas.paint(bust.canvas.stencil().rect(0, 84, 600, 92).rect(0, 100, 600, 103), "#e9efe0", 0.3)


def andes(bust: Bust) -> None:
    """Draw a low sun over ridges in terracotta."""
    _ground(bust, [(0, "#f0c08a"), (0.5, "#dd8a5c"), (1, "#b2553f")])
    x = 470 if bust.lit > 0 else 130
    bust.canvas.paint(bust.canvas.stencil().disc(x, 210, 92), "#ffe3ad", 0.85)
    for base, rise, tone, salt in ((430, 230, "#c4704f", 2), (500, 230, "#9a4a3d", 5), (570, 200, "#6f3233", 9)):
        line = base - rise * line_noise(SIZE, 240, salt, 6, 0.55)
        bust.canvas.polygon(
            [(0, 600), *zip(range(0, SIZE, 2), line[::2], strict=True), (602, line[-1]), (602, 600)], tone, 0.9
        )


def lattice(bust: Bust) -> None:
    """Draw a lattice of eight-pointed stars in ochre."""
    _ground(bust, [(0, "#f0d59a"), (0.5, "#d9a85c"), (1, "#a8713a")])
    sheet = bust.canvas.stencil()
    for row in range(-1, 8):
        for column in range(-1, 8):
            x, y = column * 92 + 46 * (row % 2), row * 80
            for turn in (0.0, np.pi / 4):
                star = [(x + 36 * np.cos(turn + a), y + 36 * np.sin(turn + a)) for a in np.linspace(0, 2 * np.pi, 5)]
                sheet.line(star, 2.4)
            sheet.line([(x + 15 * np.cos(a), y + 15 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)], 1.6)
    bust.canvas.paint(sheet, "#7a4a24", 0.3)


def savanna(bust: Bust) -> None:
    """Draw a great sun and flat-topped trees on deep green."""
    _ground(bust, [(0, "#6f9a6b"), (0.5, "#3f7058"), (1, "#1f4540")])
    x = 420 if bust.lit > 0 else 180
    for radius, opacity in ((210, 0.16), (170, 0.22), (130, 0.8)):
        bust.canvas.paint(bust.canvas.stencil().disc(x, 250, radius), "#efc25f", opacity)
    trees = bust.canvas.stencil()
    for tx, size in ((70, 120), (540, 150), (20, 80), (590, 90)):
        trees.line([(tx, 560), (tx + 4, 560 - size * 0.8)], size * 0.05)
        trees.line([(tx + 2, 560 - size * 0.45), (tx + size * 0.26, 560 - size * 0.86)], size * 0.03)
        trees.line([(tx + 2, 560 - size * 0.5), (tx - size * 0.28, 560 - size * 0.88)], size * 0.03)
        trees.disc(tx, 560 - size * 0.92, size * 0.55, size * 0.11).disc(
            tx + size * 0.1, 560 - size * 1.02, size * 0.36, size * 0.09
        )
    trees.rect(0, 552, 600, 600)
    bust.canvas.paint(trees, "#14302d", 0.85)


def waves(bust: Bust) -> None:
    """Draw rows of overlapping wave scales in indigo."""
    _ground(bust, [(0, "#6f86b8"), (0.5, "#3f578f"), (1, "#22335f")])
    for row in range(14):
        for column in range(-1, 9):
            x, y = column * 84 + 42 * (row % 2), 60 + row * 42
            sheet = bust.canvas.stencil_around([(x, y)], 46)
            sheet.disc(x, y, 42)
            bust.canvas.paint(sheet, bust.canvas.pixels[min(599, max(0, y - 20)), min(599, max(0, x))].copy(), 0.9)
            for radius in (41, 31, 21, 11):
                ring = [(x + radius * np.cos(a), y + radius * np.sin(a)) for a in np.linspace(np.pi, 2 * np.pi, 24)]
                bust.canvas.line(ring, 1.8, "#dfe6f3", 0.26)


def capitol(bust: Bust) -> None:
    """Draw a dome and columns in brick red."""
    _ground(bust, [(0, "#e09a7a"), (0.5, "#b85a48"), (1, "#7f2f31")])
    x = 150 if bust.lit > 0 else 450
    sheet = bust.canvas.stencil()
    sheet.pie(x, 330, 150, 180, 360).rect(x - 158, 330, x + 158, 346).rect(x - 22, 150, x + 22, 200)
    sheet.polygon([(x - 26, 152), (x, 108), (x + 26, 152)]).line([(x, 110), (x, 70)], 4)
    for k in range(9):
        sheet.rect(x - 150 + k * 35, 352, x - 132 + k * 35, 470)
    sheet.rect(x - 175, 474, x + 175, 492).rect(x - 260, 500, x + 260, 600)
    bust.canvas.paint(sheet, "#f6cfa8", 0.26)


def bars(bust: Bust) -> None:
    """Draw rising columns and a curve in rose."""
    _ground(bust, [(0, "#f3d5c9"), (0.5, "#dfa99f"), (1, "#b2766f")])
    sheet = bust.canvas.stencil()
    for k, tall in enumerate((120, 170, 150, 230, 210, 290, 340, 330, 420)):
        sheet.rect(18 + k * 66, 600 - tall, 62 + k * 66, 600)
    bust.canvas.paint(sheet, "#8d4a50", 0.22)
    line = curve([(0, 470), (90, 400), (170, 430), (260, 330), (340, 350), (430, 220), (520, 190), (600, 90)], 14)
    bust.canvas.line(line, 4, "#fff3e4", 0.6)


def radar(bust: Bust) -> None:
    """Draw the rings and sweep of a radar in steel blue."""
    _ground(bust, [(0, "#a3b6c2"), (0.5, "#66808f"), (1, "#374d5c")])
    x, y = (440.0, 190.0) if bust.lit > 0 else (160.0, 190.0)
    sheet = bust.canvas.stencil()
    for radius in range(60, 620, 62):
        sheet.line([(x + radius * np.cos(a), y + radius * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 140)], 2)
    for k in range(12):
        a = np.pi * k / 6
        sheet.line([(x, y), (x + 640 * np.cos(a), y + 640 * np.sin(a))], 1.2)
    bust.canvas.paint(sheet, "#e9f0f0", 0.26)
    angle = np.arctan2(bust.canvas.ys - y, bust.canvas.xs - x)
    sweep = np.clip(1 - np.mod(angle + 0.4, 2 * np.pi) / 0.9, 0, 1)
    bust.canvas.wash("#f3f7ee", np.asarray(0.3 * sweep, np.float32))


def aurora(bust: Bust) -> None:
    """Draw curtains of northern light over ice peaks."""
    _ground(bust, [(0, "#5f8fa8"), (0.5, "#2f5a7a"), (1, "#16304f")])
    for shift, tone in ((0, "#7fe0b4"), (70, "#9fd9e6"), (150, "#8fb0e6")):
        y = 120 + shift * 0.6 + 46 * np.sin(bust.canvas.xs / 95 + shift)
        away = bust.canvas.ys - y
        veil = np.where(away < 0, np.exp(away / 90), np.exp(-away / 16))
        streak = 0.6 + 0.4 * np.sin(bust.canvas.xs / 7 + 3 * np.sin(bust.canvas.xs / 50))
        bust.canvas.wash(tone, np.asarray(0.42 * veil * streak, np.float32), "screen")
    for base, rise, tone, salt in ((520, 200, "#8fb3c9", 3), (580, 170, "#dfe9ec", 7)):
        line = base - rise * line_noise(SIZE, 200, salt, 6, 0.55)
        bust.canvas.polygon(
            [(0, 600), *zip(range(0, SIZE, 2), line[::2], strict=True), (602, line[-1]), (602, 600)], tone, 0.8
        )


def delta(bust: Bust) -> None:
    """Draw parallel meanders of a great river in sea green."""
    _ground(bust, [(0, "#b5d9c6"), (0.5, "#5fa596"), (1, "#2a6b6b")])
    for k in range(20):
        y = np.arange(0, 612, 12)
        x = -90 + k * 42 + 46 * np.sin(y / 96 + k * 0.16) + 16 * np.sin(y / 41 + k * 0.3)
        bust.canvas.line(list(zip(x, y, strict=True)), 10 if k % 4 == 1 else 3, "#e9f3df", 0.3 if k % 4 == 1 else 0.36)


def circles(bust: Bust) -> None:
    """Draw overlapping discs, as two languages overlap, in yellow."""
    _ground(bust, [(0, "#f8dc92"), (0.5, "#efbf5a"), (1, "#d29438")])
    for x, y, radius, tone in ((170, 210, 190, "#e2683f"), (430, 210, 190, "#3f7f8d"), (300, 420, 190, "#f8efda")):
        bust.canvas.paint(bust.canvas.stencil().disc(x, y, radius), tone, 0.42, "multiply")


def columns_of_type(bust: Bust) -> None:
    """Draw columns of set type on warm grey."""
    _ground(bust, [(0, "#cdbfae"), (0.5, "#97877a"), (1, "#5d5149")])
    rng = np.random.default_rng(3)
    sheet, heads = bust.canvas.stencil(), bust.canvas.stencil()
    for column in range(4):
        left = 22 + column * 146
        heads.rect(left, 36 + 12 * (column % 2), left + 118, 58 + 12 * (column % 2))
        for row in range(36):
            y = 82 + row * 15
            wide = 118 if row % 7 != 6 else 118 * rng.uniform(0.3, 0.7)
            sheet.rect(left, y, left + wide, y + 5)
    bust.canvas.paint(sheet, "#fbf3e4", 0.28)
    bust.canvas.paint(heads, "#fbf3e4", 0.4)
