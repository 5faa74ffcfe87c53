"""Measures a first build of stories with large photos, and compares it with Pillow alone making the
same pictures.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageChops

from broadside.media.derivatives import RECIPE, crops, plan
from broadside.media.photos import Original
from tools.bench import corpus
from tools.bench.measure import build
from tools.bench.tools import Tool, ours

SIZE = (4000, 3000)
"""12 megapixels."""
ALONE = Path(__file__).with_name("pillow.py")
CREDIT = (
    'photo: "photos/{}.jpg"\nalt: "What there is to see."\ncredit: "Photo by A. Person/Agency"\n'
)


class Pictures(Struct, frozen=True):
    """Seconds for so many photos, one figure for each round: a first build, Pillow alone, and all
    anew except the pictures.
    """

    photos: int
    files: int
    first: Sequence[float]
    alone: Sequence[float]
    anew: Sequence[float]

    def table(self) -> str:
        """The medians, and the first build as a multiple of what Pillow takes."""
        first, alone, anew = (
            statistics.median(each) for each in (self.first, self.alone, self.anew)
        )
        return "\n".join(
            (
                f"| {self.photos:,} stories with a photo of 12 megapixels each | seconds |",
                "|---|---:|",
                f"| cold: the site and {self.files:,} pictures | {first:.1f} |",
                f"| Pillow alone, the same pictures in as many processes | {alone:.1f} |",
                f"| cold, as a multiple of Pillow alone | {first / alone:.2f} |",
                f"| everything anew but the pictures (--clean) | {anew:.2f} |",
            )
        )


def pictures(folder: Path, count: int, rounds: int) -> Pictures:
    """Measure with so many photos, working below a folder."""
    tool = ours(folder / "broadside", count)
    photos = tool.content / "photos"
    photos.mkdir()
    for number in range(count):
        write(photos / f"{number}.jpg", number)
        file = tool.write(corpus.story(number))
        file.write_text(
            file.read_text("utf-8").replace("---\n", "---\n" + CREDIT.format(number), 1), "utf-8"
        )
    pillow = _pillow(folder / "pillow", photos)
    first, alone, anew = [], [], []
    for _ in range(rounds):
        tool.forget()
        pillow.forget()
        os.sync()
        first.append(build(tool).clock)
        alone.append(build(pillow).clock)
        anew.append(build(tool, "--clean").clock)
    made = len([*(tool.output / "photos").iterdir()])
    if made != len([*pillow.output.iterdir()]):
        raise SystemExit(
            "Pillow alone was not asked for the same pictures: pillow.py must follow"
            " broadside/media/derivatives.py"
        )
    return Pictures(count, made, first, alone, anew)


def write(path: Path, number: int) -> None:
    """Write a made-up photo with light, shapes and grain, a different one for each number."""
    light = Image.linear_gradient("L").resize(SIZE)
    shapes = ImageChops.offset(
        Image.radial_gradient("L").resize((1000, 750)), 97 * number, 61 * number
    ).resize(SIZE)
    grain = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 40).resize(SIZE)
    Image.merge(
        "RGB", (ImageChops.overlay(light, grain), ImageChops.overlay(shapes, grain), grain)
    ).save(path, quality=88)


def _pillow(place: Path, photos: Path) -> Tool:
    """Pillow alone, with the sizes that we make."""
    place.mkdir()
    original = Original("any", "any", *SIZE, "jpeg")
    widths = sorted({each.width for each in plan(original)})
    cut = [(each.cut_from[0], each.width, each.height) for each in crops(original) if each.cut_from]
    asked = [
        str(photos),
        str(place / "output"),
        str(os.cpu_count() or 1),
        json.dumps([widths, cut, RECIPE.formats]),
    ]
    return Tool(
        "Pillow", place, [sys.executable, "-P", str(ALONE), *asked], corpus.write_one_of_ours
    )
