"""Cards drawn in the test that needs them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from broadside.look.data import look_of
from broadside.media.photo_files import inspect
from broadside.media.photos import Original
from broadside.plugins.cards.draw import CardJob
from broadside.plugins.cards.values import Design, Words, card_file
from tests.repository import PROJECT

MARK = PROJECT / "theme" / "icons" / "mark.png"
DARK = look_of({}).dark
DESIGN = Design.of(None, MARK, DARK)
Draw = Callable[..., Image.Image]


def words(headline: str = "The sea floor has no police", **given: Any) -> Words:
    usual: dict[str, Any] = {
        "kicker": "Analysis | Europe",
        "byline": "Ana Pereira",
        "credit": "",
        "outlet": "Halyard",
    }
    return Words(headline, **(usual | {"lang": "en", "rtl": False} | given))


def data(said: Words, photo: Path | None = None, design: Design = DESIGN) -> bytes:
    """The bytes of a card."""
    original = inspect(photo) if photo else None
    assert original is None or isinstance(original, Original)
    file = card_file(said, original, design)
    ((made, found),) = CardJob(photo or Path("a.md"), (file,), said, original, design).make([file])
    assert made == file
    return found


@pytest.fixture
def draw() -> Draw:
    """Draws the card of some words, and opens it."""

    def drawn(said: Words, photo: Path | None = None, design: Design = DESIGN) -> Image.Image:
        return Image.open(io.BytesIO(data(said, photo, design)))

    return drawn
