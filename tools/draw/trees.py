"""Trees of several kinds, cut into stencils."""

import numpy as np

from .canvas import Canvas
from .colour import Stops, ramp
from .stencil import Stencil, ribbon


def conifer(
    sheet: Stencil, x: float, base: float, height: float, rng: np.random.Generator, spread: float = 0.2
) -> None:
    """Draw a spruce with ragged, drooping tiers of branches."""
    tiers = int(9 + height / 45)
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for tier in range(tiers):
        share = (tier + 1) / tiers
        y = base - height + height * 0.94 * share**0.95
        for side, points in ((-1, left), (1, right)):
            reach = height * spread * share**0.85 * rng.uniform(0.72, 1.12)
            points.append((x + side * reach, y + height * 0.022 * rng.uniform(0.4, 1.6)))
            points.append((x + side * reach * rng.uniform(0.34, 0.52), y - height * 0.012))
    sheet.polygon([(x, base - height), *right, *left[::-1]])
    sheet.rect(x - height * 0.014, base - height * 0.1, x + height * 0.014, base)


def bare_trunk(sheet: Stencil, x: float, base: float, top: float, width: float, rng: np.random.Generator) -> None:
    """Draw a tall trunk that leans a little and carries a few dead twigs."""
    lean = rng.uniform(-0.018, 0.018) * (base - top)
    steps = np.linspace(0, 1, 8)
    spine = [(x + lean * t * t + rng.uniform(-0.4, 0.4), base + (top - base) * t) for t in steps]
    sheet.polygon(ribbon(spine, [width * (1.25 if t == 0 else 1 - 0.55 * t) for t in steps]))
    for _ in range(int(rng.integers(3, 9))):
        t = rng.uniform(0.15, 0.75)
        y, side = base + (top - base) * t, rng.choice([-1, 1])
        reach = width * rng.uniform(1.0, 3.2)
        sheet.line([(x + lean * t * t, y), (x + lean * t * t + side * reach, y - reach * 0.25)], max(0.8, width * 0.09))


def broad_tree(canvas: Canvas, x: float, base: float, height: float, bark: str, leaves: Stops) -> None:
    """Paint a spreading tree whose clumps of leaves brighten towards the sun, on the right."""
    rng = canvas.rng
    wood = canvas.stencil()
    fork = base - height * 0.3
    wood.polygon(
        ribbon(
            [(x - 4, base), (x, base - height * 0.1), (x + height * 0.02, fork)],
            [height * 0.12, height * 0.07, height * 0.055],
        )
    )
    for lean in (-0.34, -0.16, 0.02, 0.2, 0.36):
        tip = (x + lean * height, base - height * (0.74 - abs(lean) * 0.5))
        middle = (x + lean * height * 0.45, fork - height * 0.1)
        wood.polygon(
            ribbon([(x + height * 0.015, fork + 8), middle, tip], [height * 0.05, height * 0.03, height * 0.01])
        )
    canvas.paint(wood, bark)
    clumps = []
    for _ in range(300):
        angle, away = rng.uniform(0, 2 * np.pi), rng.random() ** 0.55
        clumps.append((np.cos(angle) * away * 0.52, np.sin(angle) * away * 0.24, rng.uniform(0.035, 0.075)))
    for dx, dy, size in sorted(clumps, key=lambda clump: clump[0] * 0.55 - clump[1]):
        light = float(np.clip(0.36 + dx * 0.5 - dy * 1.15 + rng.normal(0, 0.08), 0, 1))
        spot_x, spot_y = x + dx * height, base - height * 0.72 + dy * height
        sheet = canvas.stencil_around([(spot_x, spot_y)], size * height * 2.8)
        for _ in range(7):
            shift = rng.normal(0, size * height * 0.45, 2)
            sheet.disc(spot_x + shift[0], spot_y + shift[1] * 0.6, size * height * rng.uniform(0.35, 0.7))
        canvas.paint(sheet, ramp(np.array([light]), leaves)[0])


def palm(sheet: Stencil, x: float, base: float, height: float, rng: np.random.Generator, lean: float = 0.1) -> None:
    """Draw a palm with a curved trunk and feathered fronds."""
    steps = np.linspace(0, 1, 9)
    spine = [(x + lean * height * t * t, base - height * t) for t in steps]
    sheet.polygon(ribbon(spine, [height * (0.034 - 0.018 * t) for t in steps]))
    head_x, head_y = spine[-1]
    for angle in np.linspace(-200, 20, 11):
        turn = np.radians(angle + rng.uniform(-9, 9))
        reach = height * rng.uniform(0.26, 0.36)
        t = np.linspace(0, 1, 10)
        fx = head_x + np.cos(turn) * reach * t
        fy = head_y + np.sin(turn) * reach * t + reach * 0.62 * t**2.2
        sheet.polygon(ribbon(list(zip(fx, fy, strict=True)), height * 0.011 * (1.1 - t)))
        for share in np.linspace(0.1, 0.98, 26):
            px, py = float(np.interp(share, t, fx)), float(np.interp(share, t, fy))
            along = np.arctan2(np.sin(turn) + 1.36 * share**1.2, np.cos(turn))
            leaf = height * 0.105 * np.sin(np.pi * (0.12 + 0.8 * share)) ** 0.7
            for side in (-1, 1):
                aim = along + side * (0.75 - 0.25 * share)
                tip = (px + np.cos(aim) * leaf, py + np.sin(aim) * leaf + leaf * 0.4)
                sheet.polygon(
                    ribbon(
                        [(px, py), ((px + tip[0]) / 2, (py + tip[1]) / 2 - leaf * 0.05), tip],
                        [height * 0.006, height * 0.008, 0.6],
                    )
                )
    sheet.disc(head_x, head_y + height * 0.012, height * 0.022)
