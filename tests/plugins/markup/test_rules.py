"""Sentences that became headings, because hyphens meant for a rule stand right below them."""

from __future__ import annotations

import pytest

from broadside.plugins.markup.rules import underlined_sentences


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It ends.\n---\n", ["It ends."]),
        ("a\n\nIt ends.”\n--- \nb", ["It ends.”"]),
        ("*It ends.*\n---", ["*It ends.*"]),
        ("It ends.  \n---", ["It ends."]),
        ("b" * 61 + "\n---\n", ["b" * 61]),
        ("Who pays\n---\n", []),
        ("Who pays?\n---\n", []),
        ("It ends.\n\n---\n", []),
        ("It ends.\n-----\n", []),
        ("a\nIt ends.\n---\n", []),  # of two lines Markdown makes no heading
        ("## It ends.\n---\n", []),
        ("- It ends.\n---\n", []),
    ],
)
def test_a_sentence_above_hyphens_is_told_and_a_heading_is_not(text: str, told: list[str]) -> None:
    assert list(underlined_sentences(text)) == told
