"""Real picture files, made by Pillow in the test that needs them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from broadside.media.derivatives import Recipe, plan
from broadside.media.photo_files import inspect
from broadside.media.photos import Derivative, Original
from broadside.media.pictures import PhotoJob, make

Shot = Callable[..., Path]
RECIPE = Recipe(widths=(30, 60), formats=(("avif", 80), ("webp", 80), ("jpeg", 90)))


def scene(width: int, height: int) -> Image.Image:
    """A picture with a different colour in each corner: red, green, blue, white, clockwise from the
    top left.
    """
    corners = Image.new("RGB", (2, 2))
    corners.putdata([(255, 0, 0), (0, 255, 0), (255, 255, 255), (0, 0, 255)])
    return corners.resize((width, height), Image.Resampling.NEAREST)


@pytest.fixture
def shot(tmp_path: Path) -> Shot:
    """Saves a scene under a name, with what Pillow's save accepts."""

    def save(
        name: str = "a.jpg", size: tuple[int, int] = (120, 80), *, mode: str = "RGB", **options: Any
    ) -> Path:
        path = tmp_path / name
        scene(*size).convert(mode).save(path, **options)
        return path

    return save


def job(path: Path, recipe: Recipe = RECIPE) -> PhotoJob:
    original = inspect(path)
    assert isinstance(original, Original), original
    return PhotoJob(path, plan(original, recipe))


def made(path: Path, store: Path, recipe: Recipe = RECIPE) -> list[tuple[Derivative, Image.Image]]:
    wanted = job(path, recipe)
    assert make(wanted, store) == []
    return [(one, opened(store / one.name)) for one in wanted.derivatives]


def opened(path: Path) -> Image.Image:
    """A picture, whose file is closed at once."""
    return Image.open(BytesIO(path.read_bytes()))


def codes(path: Path) -> list[str]:
    found = inspect(path)
    assert isinstance(found, list), found
    assert all(problem.message for problem in found)
    return [problem.code for problem in found]
