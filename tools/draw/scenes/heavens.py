"""Radio telescopes under the stars."""

import numpy as np

from ..canvas import Canvas
from ..colour import Colour, tint
from ..noise import line_noise, smoothstep
from ..scenery import below, hills, layer, mist, sky, stars
from ..stencil import Point, ribbon


def _dish(canvas: Canvas, x: float, base: float, size: float, haze: float) -> None:
    """Paint one steerable dish that looks up to the right."""
    aim = np.radians(-58)
    ahead = np.array([np.cos(aim), np.sin(aim)])
    side = np.array([-ahead[1], ahead[0]])
    centre = np.array([x, base - size * 1.02])

    def at(along: float, across: float) -> Point:
        spot = centre + (ahead * along + side * across) * size
        return float(spot[0]), float(spot[1])

    def tone(near: str) -> Colour:
        return tint(haze, [(0, near), (1, "#8f7fa6")])

    dark, steel = tone("#141a36"), tone("#2d3358")
    canvas.polygon(
        [
            (x - size * 0.2, base),
            (x - size * 0.1, base - size * 0.56),
            (x + size * 0.1, base - size * 0.56),
            (x + size * 0.2, base),
        ],
        dark,
    )
    canvas.polygon(
        [
            (x - size * 0.26, base),
            (x - size * 0.24, base - size * 0.07),
            (x + size * 0.24, base - size * 0.07),
            (x + size * 0.26, base),
        ],
        steel,
    )
    brace = canvas.stencil()
    for reach in (-0.16, 0.16):
        brace.line(
            [(x + reach * size, base - size * 0.05), (x - reach * size * 0.4, base - size * 0.56)], max(1, size * 0.012)
        )
    canvas.paint(brace, steel)
    canvas.polygon(
        [
            (x - size * 0.12, base - size * 0.52),
            at(-0.12, -0.16),
            at(-0.12, 0.16),
            (x + size * 0.12, base - size * 0.52),
        ],
        dark,
    )
    turn = np.linspace(0, 2 * np.pi, 72)
    squash, radius = 0.36, 0.62
    back = [at(-0.3 * (1 - (u / radius) ** 2) - 0.02, u) for u in np.linspace(-radius, radius, 40)]
    canvas.polygon([*back, at(0.1, 0.0)], steel)
    ribs = canvas.stencil()
    for u in np.linspace(-0.5, 0.5, 9):
        ribs.line([at(-0.3 * (1 - (u / radius) ** 2) - 0.02, u), at(0, u * 0.6)], max(0.7, size * 0.006))
    canvas.paint(ribs, dark, 0.7)
    rim = [at(squash * radius * np.cos(a), radius * np.sin(a)) for a in turn]
    low, high = at(0, -radius), at(0, radius)
    bowl = canvas.slant(low, high, [(0.0, "#f2c7a2"), (0.3, "#c79aa6"), (0.65, "#6a5f8d"), (1.0, "#39406f")])
    shape = canvas.stencil_around(rim).polygon(rim)
    canvas.paint(shape, bowl)
    canvas.paint(shape, tone("#5a5580"), haze)
    seams = canvas.stencil()
    for a in np.linspace(0, 2 * np.pi, 17)[:-1]:
        seams.line([at(-0.1, 0), at(squash * radius * np.cos(a), radius * np.sin(a))], max(0.6, size * 0.0035))
    for share in (0.35, 0.68):
        ring = [at(-0.1 * (1 - share) + share * squash * radius * np.cos(a), share * radius * np.sin(a)) for a in turn]
        seams.line(ring, max(0.6, size * 0.0035))
    canvas.paint(seams, dark, 0.35)
    canvas.line([*rim, rim[0]], max(1, size * 0.009), tone("#ffe0bd"), 0.8 - 0.5 * haze)
    legs = canvas.stencil()
    for a in (0.5, 2.2, 3.9, 5.6):
        legs.line(
            [at(squash * radius * 0.82 * np.cos(a), radius * 0.82 * np.sin(a)), at(0.56, 0)], max(0.8, size * 0.010)
        )
    canvas.paint(legs, tone("#dcc2c0"))
    cup = [at(0.52, -0.07), at(0.52, 0.07), at(0.6, 0.05), at(0.6, -0.05)]
    canvas.polygon(cup, dark)
    lamp = at(0.62, 0)
    canvas.glow(*lamp, max(6.0, size * 0.05), "#ff7a5c", 0.7 * (1 - haze))


def dish_array() -> Canvas:
    """Draw a line of radio telescopes at nightfall, with the Milky Way above."""
    canvas = Canvas(1800, 1200, 113)
    sky(
        canvas,
        [(0, "#0e1433"), (0.35, "#232a5c"), (0.62, "#56457f"), (0.82, "#a8698a"), (0.94, "#e39a86"), (1, "#f5c096")],
        830,
        0.06,
    )
    band = (canvas.xs - 900) * 0.62 + (canvas.ys - 330)
    dust = canvas.fbm(260, 150, 3, 6)
    milk = np.exp(-((band / 190) ** 2)) * smoothstep(0.3, 0.85, dust + 0.22) * smoothstep(760, 320, canvas.ys)
    canvas.paint(np.asarray(milk, np.float32), "#a9a5d6", 0.42, "screen")
    rift = (
        np.exp(-(((band + 26) / 44) ** 2))
        * smoothstep(0.45, 0.7, canvas.fbm(130, 70, 8, 5))
        * smoothstep(720, 300, canvas.ys)
    )
    canvas.paint(np.asarray(rift, np.float32), "#151a42", 0.6)
    stars(canvas, 900, 760, "#f4f0ff", 0.85)
    for _ in range(420):
        along = canvas.rng.uniform(-1000, 1000)
        x, y = 900 + along, 330 - 0.62 * along + canvas.rng.normal(0, 80)
        if y < 620:
            spot = canvas.stencil_at(float(np.clip(x, 3, 1796)), float(np.clip(y, 3, 1190)), 3)
            spot.values[:] = np.clip(1.2 - spot.values, 0, 1)
            canvas.paint(spot, "#f4f0ff", canvas.rng.uniform(0.2, 0.8))
    layer(canvas, hills(canvas, 830, 130, 640, 2, 0.48), [(0, "#5d4a78"), (1, "#b57b8b")], 130)
    layer(canvas, hills(canvas, 850, 70, 420, 5, 0.48), [(0, "#42386a"), (1, "#8d6481")], 100)
    ground = 838 + 10 * line_noise(1800, 500, 4)
    canvas.paint(below(canvas, ground), canvas.down(830, 1200, [(0, "#8a6380"), (0.25, "#4d4470"), (1, "#12152f")]))
    scrub = canvas.fbm(70, 14, 9, 5)
    near = np.clip((canvas.ys - 840) / 360, 0, 1)
    canvas.paint(
        smoothstep(0.54, 0.64, scrub) * below(canvas, ground + 8), "#171a38", np.asarray(0.25 + 0.45 * near, np.float32)
    )
    canvas.paint(
        smoothstep(0.6, 0.7, 1 - scrub) * below(canvas, ground + 8),
        "#c78c91",
        np.asarray(0.22 * (1 - near) + 0.06, np.float32),
    )
    mist(canvas, 850, 40, "#e2a596", 0.5, 6)
    rails = canvas.stencil()
    for spread in (-1, 1):
        rails.polygon(
            ribbon([(1800, 1090 + spread * 26), (1000, 930 + spread * 9), (350, 866 + spread * 2)], [7, 3, 1])
        )
    canvas.paint(rails, "#c99a98", 0.55)
    row = [
        (318, 862, 62, 0.72),
        (412, 868, 78, 0.6),
        (530, 878, 104, 0.48),
        (690, 896, 146, 0.34),
        (916, 930, 214, 0.2),
        (1330, 1010, 400, 0.0),
    ]
    for x, base, size, haze in row:
        shade = [
            (x - size * 0.25, base),
            (x + size * 0.2, base),
            (x - size * 1.3, base + size * 0.14),
            (x - size * 1.7, base + size * 0.12),
        ]
        canvas.polygon(shade, "#0d1029", 0.45)
        _dish(canvas, x, base, size, haze)
    canvas.paint(canvas.stencil().rect(120, 838, 236, 872), "#2d2a52")
    canvas.polygon([(112, 840), (178, 818), (244, 840)], "#221f44")
    for x in (136, 168, 204):
        canvas.paint(canvas.stencil().rect(x, 848, x + 14, 860), "#ffcf85")
        canvas.glow(x + 7, 854, 16, "#ffb85e", 0.6)
    return canvas
