"""Front matter that is allowed, and hardly meant."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from broadside.front_matter.data import Correction, StoryData
from broadside.front_matter.suspect import suspect

STORY = StoryData(title="A", dek="B.")


def doubts(**values: Any) -> list[tuple[str, str]]:
    return [(key, code) for key, code, _, _ in suspect(replace(STORY, **values))]


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2 is 30",
        "M*A*S*H, fifty years on",
        "Prices* and wages*",
        "What the f*** is a b***?",
        "Fill in the ____ and the ____",
        "He said [sic] (and meant it)",
        "Q&A; and R&D",
        "Marks & Spencer; others",
        "S&P500; the index that ate Europe",
        "What <script> does, and <title>",
        "*" * 5_000,
        "[" * 5_000,
    ],
)
def test_signs_that_are_words(text: str) -> None:
    assert doubts(title=text) == []


def test_each_correction_is_looked_at() -> None:
    notes = [Correction("", "update", text) for text in ("Fine.", "It said *metres*.")]
    assert doubts(corrections=notes) == [("corrections.1.text", "plain-text")]


@pytest.mark.parametrize(
    "alt", ["The ice road waits", "the ice road waits.", "The ice road waits!"]
)
def test_an_alt_text_is_not_the_headline_with_another_end(alt: str) -> None:
    assert doubts(title="The ice road waits", alt=alt) == [("alt", "photo-alt")]
    assert doubts(title="The ice road", alt=alt) == []
