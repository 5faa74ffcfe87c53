"""Chooses the font in which a text on a card is set.

A text is set in one font: the first that has all its letters. If no font has them, the text is not set at all, because
empty boxes say nothing to anybody, and a system's own fonts would give a different card on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from broadside.plugins.cards.design import CardsFailed, is_small

IN_NO_FONT = "\uffff"
"""A letter that no font has, which shows how a font draws missing letters."""


def font_for(text: str, fonts: Sequence[Path], small: bool = False) -> Path | None:
    """The first font that has all letters of a text; for small lines, fonts that are made for them are tried first."""
    for_small = [path for path in fonts if is_small(path)] if small else []
    rest = [path for path in fonts if not is_small(path)]
    letters = set(text)
    return next((path for path in (*for_small, *rest) if all(has(path, letter) for letter in letters)), None)


@lru_cache(4096)
def has(path: Path, letter: str) -> bool:
    """Whether a font has a letter; spaces and characters that are not printed always count as there."""
    if letter.isspace() or unicodedata.category(letter) == "Cf":
        return True
    return _drawn(path, letter) != _drawn(path, IN_NO_FONT)


@lru_cache(512)
def opened(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels."""
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    except OSError:
        raise CardsFailed(f"{path} cannot be read as a font") from None


def leading_of(path: Path) -> float:
    """The distance between lines as a multiple of the size: scripts with stacked marks need more."""
    ascent, descent = opened(path, 100).getmetrics()
    return max(1.1, 0.8 * (ascent + descent) / 100)


def _drawn(path: Path, letter: str) -> tuple[bytes, tuple[int, int]]:
    mask, offset = opened(path, 24).getmask2(letter, "L")
    return bytes(mask), (offset[0], offset[1])
