"""Cards drawn in the test that needs them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from broadside.plugins.cards.frame import Frame
from broadside.plugins.cards.job import CardJob
from broadside.plugins.cards.values import Words, picture
from broadside.plugins.photos.inspect import inspect
from broadside.plugins.photos.values import Original
from tests.repository import PROJECT

MARK = PROJECT / "theme" / "icons" / "mark.png"
FRAME = Frame.of(None, MARK)
Draw = Callable[..., Image.Image]


def words(headline: str = "The sea floor has no police", **given: Any) -> Words:
    usual: dict[str, Any] = {"kicker": "Analysis | Europe", "byline": "Ana Pereira", "credit": "", "outlet": "Halyard"}
    return Words(headline, **(usual | {"lang": "en", "rtl": False} | given))


def data(said: Words, photo: Path | None = None, frame: Frame = FRAME) -> bytes:
    """The bytes of a card."""
    original = inspect(photo) if photo else None
    assert original is None or isinstance(original, Original)
    file = picture(said, original, frame)
    ((made, found),) = CardJob(photo or Path("a.md"), (file,), said, original, frame).make([file])
    assert made == file
    return found


@pytest.fixture
def draw() -> Draw:
    """Draws the card of some words, and opens it."""

    def drawn(said: Words, photo: Path | None = None, frame: Frame = FRAME) -> Image.Image:
        return Image.open(io.BytesIO(data(said, photo, frame)))

    return drawn
