"""The frame of a portrait: how a head is turned and lit, and the shapes shared by its parts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from ..canvas import Canvas
from ..colour import Array, Colour, tint
from ..noise import smoothstep
from ..stencil import Point, curve, ribbon

SIZE = 600
RAISE = 34.0


@dataclass
class Skin:
    """The tones of a face from light to dark."""

    light: str
    base: str
    shade: str
    deep: str
    lip: str


@dataclass
class Sitter:
    """Everything that sets one author's portrait apart."""

    seed: int
    skin: Skin
    hair: str
    hair_light: str
    backdrop: Callable[["Bust"], None]
    clothes: Callable[["Bust"], None]
    hair_back: Callable[["Bust"], None] | None = None
    hair_front: Callable[["Bust"], None] | None = None
    extras: list[Callable[["Bust"], None]] = field(default_factory=list)
    turn: float = 0.5
    jaw: float = 1.0
    chin: float = 1.0
    width: float = 1.0
    brow: float = 1.0
    brow_tone: str = "#2a1d18"
    iris: str = "#3a2418"
    smile: float = 1.5
    age: float = 0.2
    lips: float = 1.0
    nose: float = 1.0
    eye: float = 1.0
    head: float = 1.2
    neck: float = 1.0


class Bust:
    """A portrait in the making, with coordinates around the bridge of the nose."""

    def __init__(self, sitter: Sitter) -> None:
        """Prepare the canvas; light falls from the side the sitter turns to."""
        self.sitter = sitter
        self.canvas = Canvas(SIZE, SIZE, sitter.seed)
        self.side = 1.0 if sitter.turn >= 0 else -1.0
        self.lit = self.side
        self.cx, self.cy = 300.0 - 10 * sitter.turn, 262.0

    def at(self, u: float, v: float, depth: float = 0.0) -> Point:
        """The place of a point of the head, moved sideways by its depth as the head turns."""
        scale = self.sitter.head
        return self.cx + (u + self.sitter.turn * depth) * scale, self.cy + v * scale

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Move everything drawn meanwhile up, so that the shoulders sit close under the head."""
        self.cy -= RAISE
        yield
        self.cy += RAISE

    def path(self, points: Sequence[Point], depth: float = 0.0, closed: bool = True, steps: int = 14) -> list[Point]:
        """A smooth outline through points of the head."""
        return curve([self.at(u, v, depth) for u, v in points], steps, closed)

    def fill(self, points: Sequence[Point], colour: Colour, opacity: float | Array = 1.0, depth: float = 0.0) -> None:
        """Paint a smooth closed shape."""
        self.canvas.polygon(self.path(points, depth), colour, opacity)

    def mask(self, points: Sequence[Point], depth: float = 0.0) -> Array:
        """A smooth closed shape as a mask of the picture's size."""
        return self.canvas.stencil().polygon(self.path(points, depth)).full()

    def stroke(
        self,
        points: Sequence[Point],
        width: float,
        colour: Colour,
        opacity: float = 1.0,
        depth: float = 0.0,
        taper: bool = True,
    ) -> None:
        """Paint a smooth line, thin at its ends unless told otherwise."""
        path = self.path(points, depth, closed=False)
        t = np.linspace(0, 1, len(path))
        widths = width * np.maximum(0.25, np.sin(np.pi * np.clip(t, 0.02, 0.98)) ** 0.6) if taper else width + 0 * t
        self.canvas.polygon(ribbon(path, widths), colour, opacity)

    def outline(self) -> list[Point]:
        """The points of the face's outline, wider or longer as the sitter's is."""
        s = self.sitter
        right = [
            (0.0, -137.0),
            (38, -130),
            (70, -102),
            (87, -48),
            (82, 22),
            (72 * s.jaw, 66),
            (50 * s.jaw, 102 + 8 * s.chin),
            (20, 118 + 14 * s.chin),
        ]
        right = [(u * s.width, v) for u, v in right]
        left = [(-u, v) for u, v in right[:0:-1]]
        return [*right, (0.0, 121 + 15 * s.chin), *left]

    def face_mask(self) -> Array:
        """The face as a mask."""
        return self.mask(self.outline())

    def soft(
        self,
        points: Sequence[Point],
        colour: Colour,
        amount: float,
        blur: float,
        within: Array,
        depth: float = 0.0,
        salt: int = 1,
    ) -> None:
        """Shade a smooth shape with a stippled soft edge, kept within a mask."""
        core = self.canvas.blurred(self.mask(points, depth), blur)
        grit = np.clip(core + self.canvas.grain(salt) * 0.5 * core * (1 - core), 0, 1)
        self.canvas.paint(np.asarray(within * grit, np.float32), colour, amount)

    def strands(self, within: Array, colour: str, amount: float, flow: Array, count: float, salt: int = 3) -> None:
        """Comb fine light strands through a hair mask along the contours of a flow field."""
        wave = np.sin(flow * count + 2.2 * (self.canvas.fbm(60, 60, salt, 3) - 0.5))
        fine = smoothstep(0.55, 0.95, np.asarray(wave, np.float32)) * self.canvas.fbm(120, 120, salt + 1, 3)
        self.canvas.paint(np.asarray(within * fine, np.float32), colour, amount)

    def side_light(self, low: float = -110, high: float = 110) -> Array:
        """A field that is 1 on the lit side of the head and 0 on the other."""
        u = (self.canvas.xs - self.cx) * self.lit + 0 * self.canvas.ys
        return smoothstep(low, high, np.asarray(u, np.float32))

    def tone(self, share: float, first: str, second: str) -> Array:
        """A colour between two others."""
        return tint(share, [(0, first), (1, second)])
