"""Harbours and their machinery."""

from ..canvas import Canvas
from ..machines import gantry_crane
from ..scenery import birds, hills, layer, mist, sky, sun
from ..stencil import curve
from ..water import glitter, reflect, streaks

BOXES = ["#a8503c", "#c98a4b", "#3f5f68", "#27424c", "#d9b48a", "#7c3b37", "#56717a", "#b86a47"]


def _containers(canvas: Canvas, left: float, base: float, columns: int, heights: list[int], size: float) -> None:
    """Stack containers in columns, each a little different in colour, with seams and a lit edge."""
    wide, tall = size * 2.35, size
    for column in range(columns):
        for row in range(heights[column % len(heights)]):
            x, y = left + column * (wide + 1.2), base - (row + 1) * (tall + 0.6)
            colour = BOXES[int(canvas.rng.integers(len(BOXES)))]
            canvas.paint(canvas.stencil().rect(x, y, x + wide, y + tall), colour)
            seams = canvas.stencil()
            for k in range(1, 9):
                seams.rect(x + wide * k / 9, y + 2, x + wide * k / 9 + 0.7, y + tall - 1)
            canvas.paint(seams, "#1b2a33", 0.28)
            canvas.paint(canvas.stencil().rect(x, y, x + wide, y + 1.6), "#ffd9a8", 0.55)


def port_cranes_dawn() -> Canvas:
    """Draw gantry cranes over a container ship at sunrise."""
    canvas = Canvas(1800, 1200, 11)
    horizon = 905.0
    sky(
        canvas,
        [(0, "#3d5c70"), (0.3, "#7f9197"), (0.55, "#d8b395"), (0.78, "#f2a673"), (0.92, "#f6c48f"), (1, "#f9d9ab")],
        horizon,
        0.07,
    )
    sun(canvas, 812, 590, 70, "#fff4d6", "#ffb169", 0.85)
    layer(canvas, hills(canvas, 880, 90, 500, 1), [(0, "#c29a86"), (1, "#e9b48a")], 120)
    far = canvas.stencil()
    for index, x in enumerate((90, 215, 330, 470, 610, 735, 1240, 1370, 1480, 1620, 1750)):
        gantry_crane(far, x, 892, 215 + 14 * (index % 3), 1 if x < 900 else -1, raised=index % 4 == 1)
    canvas.paint(far, canvas.down(650, 900, [(0, "#b58673"), (1, "#dba583")]))
    mist(canvas, 880, 90, "#f7cda0", 0.85, 5)
    middle = canvas.stencil()
    for x, size, side, raised in ((150, 420, -1, False), (420, 430, -1, True), (1560, 430, 1, False)):
        gantry_crane(middle, x, 900, size, side, raised, 0.42)
    middle.rect(0, 880, 640, 905).rect(1330, 884, 1800, 905)
    canvas.paint(middle, canvas.down(480, 905, [(0, "#77635f"), (1, "#a67b69")]))
    mist(canvas, 895, 60, "#f4bd8b", 0.7, 6)
    bow = curve([(1468, 762), (1438, 800), (1418, 850), (1414, 905)], 10)
    stern = curve([(578, 905), (574, 880), (560, 850), (552, 800)], 10)
    hull = [*bow, *stern, (1396, 800), (1410, 772)]
    canvas.polygon(hull, canvas.across(560, 1450, [(0, "#1d3440"), (0.3, "#5a5350"), (0.6, "#33434b"), (1, "#1b303b")]))
    boot = canvas.stencil().polygon(hull).full() * canvas.stencil().rect(500, 866, 1500, 905).full()
    canvas.paint(boot, "#8d3b30")
    canvas.line([(556, 862), (1418, 862)], 1.6, "#f6d6aa", 0.5)
    _containers(canvas, 640, 800, 15, [4, 6, 5, 7, 7, 6, 7, 5, 6, 4], 17.5)
    bridge = canvas.stencil().rect(1268, 640, 1345, 802).rect(1252, 640, 1362, 668).rect(1290, 600, 1325, 645)
    canvas.paint(bridge, canvas.across(1252, 1362, [(0, "#f6d2a6"), (0.5, "#d7b59a"), (1, "#93877f")]))
    decks = canvas.stencil()
    for row in range(6):
        decks.rect(1270, 676 + row * 20, 1343, 682 + row * 20)
    canvas.paint(decks, "#3a4a52", 0.75)
    canvas.line([(552, 801), (1396, 801), (1410, 773), (1466, 763)], 2.2, "#ffdcae", 0.8)
    waves = reflect(canvas, horizon, [(0, "#e9b489"), (0.5, "#8a8581"), (1, "#2d4653")], 0.62, 3, 34)
    streaks(canvas, horizon, waves, "#24404d", 0.35, 0.08)
    streaks(canvas, horizon, -waves, "#ffd7a6", 0.3, 0.14)
    glitter(canvas, horizon, waves, 812, 64, "#ffd9a0", 0.85)
    near = canvas.stencil()
    gantry_crane(near, 1500, 1062, 930, 1, trolley=0.36)
    near.polygon([(1330, 1062), (1800, 1050), (1800, 1200), (1250, 1200), (1330, 1075)])
    for x in (1345, 1470, 1600, 1730):
        near.round_rect(x, 1040, x + 22, 1070, 6)
    canvas.paint(near, canvas.down(100, 1100, [(0, "#2e3f49"), (1, "#101f29")]))
    birds(canvas, [(540, 420), (590, 395), (655, 432), (700, 372), (480, 372), (850, 300)], 17, "#2d3d47")
    return canvas
