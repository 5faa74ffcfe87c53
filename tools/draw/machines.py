"""Cranes, turbines and other tall machines, cut into stencils."""

import math
from itertools import pairwise

from .stencil import Point, Stencil, ribbon


def truss(sheet: Stencil, start: Point, end: Point, depth: float, bays: int, weight: float) -> None:
    """Draw a lattice girder whose lower edge hangs the given depth below the upper one."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    nx, ny = -(y1 - y0) / length * depth, (x1 - x0) / length * depth
    top = [(x0 + (x1 - x0) * i / bays, y0 + (y1 - y0) * i / bays) for i in range(bays + 1)]
    low = [(x + nx, y + ny) for x, y in top]
    sheet.line([top[0], top[-1]], weight * 1.5).line([low[0], low[-1]], weight * 1.5)
    for i in range(bays):
        sheet.line([top[i], low[i + 1]] if i % 2 else [low[i], top[i + 1]], weight)
        sheet.line([top[i], low[i]], weight)
    sheet.line([top[-1], low[-1]], weight)


def gantry_crane(
    sheet: Stencil, x: float, ground: float, size: float, side: int = 1, raised: bool = False, trolley: float = 0.3
) -> None:
    """Draw a ship-to-shore crane whose boom points left (side 1) or right (side -1)."""

    def at(u: float, v: float) -> Point:
        return (x + u * size * side, ground - v * size)

    def bar(u0: float, v0: float, u1: float, v1: float, width: float) -> None:
        sheet.line([at(u0, v0), at(u1, v1)], max(0.6, width * size))

    for shift in (0.0, 0.035):
        bar(shift, 0, shift + 0.012, 0.62, 0.016)
        bar(0.34 + shift, 0, 0.328 + shift, 0.62, 0.016)
        bar(shift - 0.02, 0.2, 0.36 + shift, 0.2, 0.02)
        bar(shift, 0.22, 0.33 + shift, 0.6, 0.008)
        bar(0.33 + shift, 0.22, shift, 0.6, 0.008)
    for u in (0.0, 0.34):
        bar(u - 0.05, 0.012, u + 0.085, 0.012, 0.024)
    truss(sheet, at(-0.04, 0.655), at(0.58, 0.655), 0.042 * size * side, 12, max(0.6, 0.006 * size))
    bar(-0.04, 0.612, 0.58, 0.612, 0.012)
    tip = at(-0.16, 1.3) if raised else at(-0.78, 0.655)
    truss(sheet, tip, at(-0.04, 0.655), 0.036 * size * side, 15, max(0.6, 0.006 * size))
    bar(0.0, 0.64, 0.05, 1.0, 0.014)
    bar(0.2, 0.64, 0.06, 1.0, 0.010)
    bar(0.02, 0.82, 0.125, 0.82, 0.007)
    sheet.rect(*sorted_box(at(0.27, 0.668), at(0.47, 0.745)))
    bar(0.055, 1.0, 0.54, 0.66, 0.005)
    if raised:
        bar(0.055, 1.0, -0.1, 0.98, 0.005)
        return
    for reach in (0.34, 0.72):
        bar(0.055, 1.0, -reach, 0.66, 0.005)
    sheet.rect(*sorted_box(at(-trolley - 0.05, 0.575), at(-trolley + 0.03, 0.612)))
    sheet.rect(*sorted_box(at(-trolley + 0.035, 0.545), at(-trolley + 0.075, 0.605)))
    for shift in (-0.04, 0.02):
        bar(-trolley + shift, 0.58, -trolley + shift, 0.40, 0.003)
    sheet.rect(*sorted_box(at(-trolley - 0.065, 0.40), at(-trolley + 0.045, 0.345)))


def sorted_box(first: Point, second: Point) -> tuple[float, float, float, float]:
    """Two corners as left, top, right and bottom."""
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return left, top, right, bottom


def wind_turbine(sheet: Stencil, x: float, base: float, size: float, turn: float, yaw: float = 1.0) -> None:
    """Draw a turbine whose tower is size tall, its rotor turned by the given degrees."""
    top = base - size
    sheet.polygon(
        [(x - size * 0.022, base), (x - size * 0.011, top), (x + size * 0.011, top), (x + size * 0.022, base)]
    )
    sheet.round_rect(x - size * 0.022, top - size * 0.022, x + size * 0.05, top + size * 0.016, size * 0.012)
    for third in range(3):
        angle = math.radians(turn + 120 * third)
        reach = [0.0, 0.06, 0.2, 0.45, 0.62]
        spine = [(x + math.sin(angle) * r * size * yaw, top - math.cos(angle) * r * size) for r in reach]
        widths = [max(1.0, w * size) for w in (0.018, 0.03, 0.036, 0.02, 0.005)]
        sheet.polygon(ribbon(spine, widths))
    sheet.disc(x, top, max(1.5, size * 0.022))


def pylon(sheet: Stencil, x: float, base: float, size: float) -> list[Point]:
    """Draw a lattice pylon and return the places from which its wires hang."""
    weight = max(0.7, size * 0.009)
    half = size * 0.12
    for side in (-1, 1):
        sheet.line([(x + side * half, base), (x + side * half * 0.28, base - size * 0.62)], weight * 1.4)
        sheet.line([(x + side * half * 0.28, base - size * 0.62), (x, base - size)], weight * 1.4)
    levels = [0, 0.17, 0.31, 0.43, 0.53, 0.62]
    for low, high in pairwise(levels):
        a, b = half * (1 - low * 1.16), half * (1 - high * 1.16)
        sheet.line([(x - a, base - low * size), (x + b, base - high * size)], weight)
        sheet.line([(x + a, base - low * size), (x - b, base - high * size)], weight)
    ends: list[Point] = []
    for level, reach in ((0.64, 0.24), (0.77, 0.19), (0.9, 0.14)):
        y = base - size * level
        for side in (-1, 1):
            sheet.line([(x, y - size * 0.035), (x + side * reach * size, y)], weight)
            sheet.line([(x, y), (x + side * reach * size, y)], weight)
            sheet.line([(x + side * reach * size, y), (x + side * reach * size, y + size * 0.03)], weight)
            ends.append((x + side * reach * size, y + size * 0.03))
    return ends


def wire(start: Point, end: Point, sag: float) -> list[Point]:
    """The points of a wire that hangs between two places."""
    points = []
    for i in range(25):
        t = i / 24
        points.append((start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t)))
    return points
