"""The small things on the reporter's desk."""

import numpy as np

from ..canvas import Canvas
from ..flatlay import Sheet, circle, drop_shadow
from ..noise import smoothstep
from ..stencil import curve, ribbon


def cup(canvas: Canvas, x: float, y: float) -> None:
    """Set down a cup of coffee on its saucer."""
    saucer = circle(x, y, 152)
    drop_shadow(canvas, saucer, 20, 20, 0.65)
    canvas.polygon(
        saucer, canvas.slant((x - 150, y - 150), (x + 150, y + 150), [(0, "#fdf6e6"), (0.6, "#e3d5bc"), (1, "#a99a86")])
    )
    for radius, tone in ((146, "#b6442f"), (141, "#f6ecd6"), (104, "#d9c9ad")):
        ring = circle(x, y, radius)
        canvas.line([*ring, ring[0]], 3, tone, 0.9)
    handle = curve([(x + 70, y - 62), (x + 132, y - 118), (x + 150, y - 96), (x + 92, y - 44)], 12)
    canvas.polygon(ribbon(handle, [22] * len(handle)), "#efe2ca")
    canvas.paint(canvas.blurred(canvas.stencil().polygon(circle(x + 16, y + 16, 92)).full(), 10), "#4a3a2a", 0.5)
    canvas.polygon(circle(x, y, 92), canvas.slant((x - 90, y - 90), (x + 90, y + 90), [(0, "#fffaf0"), (1, "#cbbca2")]))
    canvas.polygon(
        circle(x, y, 80),
        canvas.slant((x - 80, y - 80), (x + 80, y + 80), [(0, "#2a1711"), (0.6, "#5d3622"), (1, "#94603a")]),
    )
    swirl = np.hypot(canvas.xs - x, canvas.ys - y)
    turn = np.arctan2(canvas.ys - y, canvas.xs - x)
    foam = (
        smoothstep(0.2, 0.9, np.asarray(np.sin(turn * 2 + swirl / 13), np.float32))
        * smoothstep(76, 58, swirl)
        * smoothstep(6, 26, swirl)
    )
    canvas.paint(np.asarray(foam, np.float32), "#e0b884", 0.5)
    spoon = ribbon([(x - 150, y + 90), (x - 60, y + 128), (x + 30, y + 148)], [9, 7, 6])
    drop_shadow(canvas, spoon, 5, 6, 0.4)
    canvas.polygon(spoon, "#d9d3c6")
    canvas.polygon(circle(x - 160, y + 84, 24, 0.8), "#c9c3b6")
    canvas.polygon(circle(x - 158, y + 86, 16, 0.75), "#f0ece2")


def pen(canvas: Canvas) -> None:
    """Lay a fountain pen across the right page."""
    pen = Sheet(canvas, 880, 985, -52)
    body = pen.box(-190, -13, 150, 13)
    drop_shadow(canvas, body, 9, 13, 0.6)
    canvas.polygon(body, pen.shine(-13, 13, [(0, "#10312c"), (0.3, "#5fa08a"), (0.55, "#1c4a41"), (1, "#0a211e")]))
    canvas.polygon(
        pen.box(-40, -15, 60, 15),
        pen.shine(-15, 15, [(0, "#0f2a26"), (0.3, "#6fae98"), (0.55, "#1f5147"), (1, "#0a1f1c")]),
    )
    for left, right in ((-46, -36), (56, 62), (146, 156), (-196, -188)):
        canvas.polygon(
            pen.box(left, -15, right, 15),
            pen.shine(-15, 15, [(0, "#8d6a2a"), (0.35, "#fff0c0"), (0.6, "#d9ae55"), (1, "#7a5a22")]),
        )
    pen.fill(
        [(-196, -10), (-226, -8), (-262, 0), (-226, 8), (-196, 10)],
        pen.shine(-10, 10, [(0, "#a87f33"), (0.4, "#fff3c9"), (1, "#8d6a2a")]),
    )
    canvas.line([pen.at(-262, 0), pen.at(-214, 0)], 1.4, "#4a3818")
    canvas.polygon(pen.box(-30, -4, 44, 4), "#e9c877")


def glasses(canvas: Canvas, x: float, y: float) -> None:
    """Fold a pair of round glasses beside the book."""
    pair = Sheet(canvas, x, y, 24)
    for shift, tone, opacity, width in ((14, "#06110f", 0.45, 11), (0, "#7a4a24", 1.0, 10), (-1.5, "#d9995a", 0.8, 3)):
        for side in (-1, 1):
            cx, cy = pair.at(side * 84, 0)
            ring = circle(cx + shift, cy + shift, 66)
            if shift == 0:
                canvas.polygon(ring, "#dfeee6", 0.2)
                canvas.polygon(ribbon([(cx - 40, cy + 20), (cx + 10, cy - 38)], [10, 18]), "#ffffff", 0.22)
            canvas.line([*ring, ring[0]], width, tone, opacity)
            end = pair.at(side * 150, -10)
            arm = curve(
                [
                    (end[0] + shift, end[1] + shift),
                    tuple(np.add(pair.at(side * 120, 70), shift)),
                    tuple(np.add(pair.at(-side * 70, 112), shift)),
                ],
                14,
            )
            canvas.line(arm, width * 0.8, tone, opacity)
        bridge = curve(
            [
                tuple(np.add(pair.at(-20, -14), shift)),
                tuple(np.add(pair.at(0, -28), shift)),
                tuple(np.add(pair.at(20, -14), shift)),
            ],
            10,
        )
        canvas.line(bridge, width, tone, opacity)
