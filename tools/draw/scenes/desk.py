"""A reporter's desk from straight above."""

import numpy as np

from ..canvas import Canvas
from ..flatlay import Sheet, circle, drop_shadow
from ..noise import line_noise, smoothstep
from ..stencil import Point, curve, ribbon
from ..terrain import posterise
from .desk_things import cup, glasses, pen


def _map(canvas: Canvas) -> None:
    """Unfold a sea chart at the top of the desk."""
    chart = Sheet(canvas, 760, 250, -9)
    outline = chart.box(-560, -300, 560, 250)
    drop_shadow(canvas, outline, 16, 14)
    canvas.polygon(outline, "#bcd0c4")
    face = canvas.stencil().polygon(outline).full()
    land = 1 - canvas.fbm(330, 330, 5, 6)
    edge = posterise(np.asarray(np.clip((0.5 - land) * 3 + 0.5, 0, 1), np.float32), 5, 0.1)
    canvas.paint(np.asarray(face * smoothstep(0.08, 0.1, edge), np.float32), "#a9c3b9", 0.9)
    canvas.paint(np.asarray(face * smoothstep(0.535, 0.54, land), np.float32), "#e9d9b0")
    canvas.paint(np.asarray(face * smoothstep(0.62, 0.625, land), np.float32), "#dcc48d")
    shore = np.exp(-(((land - 0.5375) / 0.004) ** 2))
    canvas.paint(np.asarray(face * shore, np.float32), "#5d6f63", 0.7)
    grid = canvas.stencil()
    for k in range(-5, 6):
        grid.line([chart.at(k * 100, -300), chart.at(k * 100, 250)], 1.1)
    for k in range(-2, 3):
        grid.line([chart.at(-560, k * 100), chart.at(560, k * 100)], 1.1)
    canvas.paint(grid, "#5d7f78", 0.5)
    for path in (
        [(-540, 120), (-300, 60), (-60, 130), (200, 40), (540, -60)],
        [(-540, -200), (-200, -120), (60, -220), (400, -160)],
    ):
        dots = curve([chart.at(*p) for p in path], 30)
        dashes = canvas.stencil()
        for k in range(0, len(dots) - 3, 5):
            dashes.line(dots[k : k + 4], 3)
        canvas.paint(np.asarray(dashes.full() * face, np.float32), "#b6442f", 0.9)
    for left, right, tone in (
        (-560, -280, "#ffffff"),
        (-280, 0, "#10221f"),
        (0, 280, "#ffffff"),
        (280, 560, "#10221f"),
    ):
        canvas.paint(canvas.stencil().polygon(chart.box(left, -300, right, 250)), tone, 0.09)
    canvas.line([*outline, outline[0]], 2, "#f3efdc", 0.6)


def _notebook(canvas: Canvas) -> None:
    """Open a ruled notebook with a page and a half of notes and a ribbon."""
    book = Sheet(canvas, 560, 900, 7)
    cover = book.box(-446, -330, 446, 330)
    drop_shadow(canvas, cover, 26, 26, 0.7)
    canvas.polygon(cover, "#5d2420")
    for inset, tone in ((10, "#d9ccae"), (14, "#efe4c8"), (19, "#dccfb2"), (24, "#f6ecd4")):
        canvas.polygon(book.box(-446 + inset, -330 + inset * 0.8, 446 - inset, 330 - inset * 0.8), tone)
    left, right = book.at(-422, 0), book.at(422, 0)
    tones = [
        (0, "#f3e6c8"),
        (0.3, "#fbf3df"),
        (0.46, "#efe2c4"),
        (0.5, "#a8977a"),
        (0.54, "#e6d9bb"),
        (0.7, "#fdf6e4"),
        (1, "#f1e4c6"),
    ]
    canvas.polygon(book.box(-422, -310, 422, 310), canvas.slant(left, right, tones))
    rules = canvas.stencil()
    for k in range(17):
        v = -248 + k * 33
        rules.line([book.at(-404, v), book.at(-18, v)], 1.2).line([book.at(18, v), book.at(404, v)], 1.2)
    canvas.paint(rules, "#6f98a3", 0.5)
    for u in (-356, 62):
        canvas.line([book.at(u, -308), book.at(u, 308)], 1.4, "#c9604f", 0.6)
    for page, lines in ((-344, 15), (74, 9)):
        for row in range(lines):
            v = -248 + (row + 1) * 33 - 6
            _handwriting(canvas, book, page, v, 300 if row % 5 != 4 else 150, row + (100 if page > 0 else 0))
    canvas.line([book.at(74, -262), book.at(250, -266)], 3, "#b6442f", 0.8)
    for row in (3, 6):
        ring = curve(
            [book.at(150 + 60 * np.cos(a), -248 + row * 33 + 26 + 17 * np.sin(a)) for a in np.linspace(0, 6.6, 14)], 8
        )
        canvas.line(ring, 2.4, "#b6442f", 0.75)
    tail = curve([book.at(6, -330), book.at(10, 0), book.at(2, 330), book.at(22, 396), book.at(10, 440)], 12)
    canvas.polygon(ribbon(tail, [11] * len(tail)), "#b6442f")


def _handwriting(canvas: Canvas, book: Sheet, left: float, line: float, length: float, salt: int) -> None:
    """Write one line of illegible, even handwriting in blue-black ink."""
    rng = np.random.default_rng(900 + salt)
    sheet = canvas.stencil()
    u = left
    while u < left + length:
        word = rng.uniform(18, 62)
        points: list[Point] = []
        steps = max(4, int(word / 3.6))
        for k in range(steps):
            swing = (
                (-1) ** k * rng.uniform(2.0, 4.6) - (rng.random() < 0.17) * rng.uniform(4, 9) + (rng.random() < 0.1) * 7
            )
            points.append(book.at(u + word * k / steps + rng.normal(0, 0.6), line - 3 + swing))
        sheet.line(curve(points, 5), 1.7)
        u += word + rng.uniform(8, 14)
    canvas.paint(sheet, "#1f3350", 0.85)


def notebook_desk() -> Canvas:
    """Draw an open notebook with a pen, a chart and a cup of coffee, seen from above."""
    canvas = Canvas(1200, 1600, 181)
    canvas.pixels[:] = canvas.slant((0, 0), (1200, 1600), [(0, "#3f6f62"), (0.45, "#275448"), (1, "#12322d")])
    grain = canvas.fbm(700, 16, 3, 5)
    canvas.paint(smoothstep(0.5, 0.75, grain), "#0f2c27", 0.35)
    canvas.paint(smoothstep(0.62, 0.8, 1 - grain), "#6f9c86", 0.18)
    _map(canvas)
    _notebook(canvas)
    pen(canvas)
    cup(canvas, 950, 545)
    card = Sheet(canvas, 245, 1360, -14)
    drop_shadow(canvas, card.box(-150, -96, 150, 96), 10, 10)
    canvas.polygon(card.box(-150, -96, 150, 96), "#f6ecd4")
    canvas.polygon(card.box(-150, -96, 150, -52), "#b6442f")
    canvas.polygon(card.box(-130, -34, -44, 74), "#7fa198")
    canvas.polygon(
        [card.at(-122 + u, 74 - v) for u, v in ((0, 0), (4, 26), (22, 40), (50, 40), (66, 26), (70, 0))], "#27424c"
    )
    canvas.polygon(circle(*card.at(-87, 8), 22), "#8d6a52")
    for k, wide in enumerate((128, 96, 112, 60)):
        canvas.line([card.at(-24, -22 + 26 * k), card.at(-24 + wide, -22 + 26 * k)], 5, "#5d5a52", 0.6)
    canvas.polygon(card.box(-22, -90, 22, -78), "#12322d")
    glasses(canvas, 830, 1375)
    canvas.line(curve([(0, 1180), (40, 1250), (150, 1262), (238, 1276)], 14), 9, "#27424c")
    _window_light(canvas)
    return canvas


def _window_light(canvas: Canvas) -> None:
    """Let morning light fall through a window and a few leaves over the desk."""
    light = canvas.stencil()
    for column in range(2):
        for row in range(3):
            left, top = -260 + column * 560, -220 + row * 560
            light.polygon(
                [(left, top), (left + 520, top + 190), (left + 520 + 250, top + 190 + 520), (left + 250, top + 520)]
            )
    mask = canvas.blurred(light.full(), 15)
    leaf = canvas.stencil()
    for k in range(26):
        x, y = 60 + 46 * k * canvas.rng.uniform(0.6, 1.1), 1500 - 40 * k * canvas.rng.uniform(0.7, 1.2)
        turn = canvas.rng.uniform(0, 3.1)
        leaf.polygon(
            ribbon(
                [
                    (x, y),
                    (x + 60 * np.cos(turn), y + 60 * np.sin(turn)),
                    (x + 120 * np.cos(turn + 0.2), y + 120 * np.sin(turn + 0.2)),
                ],
                [2, 44, 2],
            )
        )
    mask = mask * (1 - 0.7 * canvas.blurred(leaf.full(), 12))
    canvas.paint(np.asarray(1 - mask, np.float32), "#7f9aa0", 0.42, "multiply")
    canvas.paint(np.asarray(mask, np.float32), "#ffdf9f", 0.12, "screen")
    wave = line_noise(1200, 300, 5)[None, :]
    canvas.wash("#10221f", np.asarray(0.1 * wave * smoothstep(900, 1600, canvas.ys), np.float32))
