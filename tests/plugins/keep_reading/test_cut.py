"""Cutting a story: whole blocks, nothing lost, nothing torn from what it belongs to."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from broadside.content.records import Record, Rest
from broadside.front_matter.data import StoryData
from broadside.markdown.body import html_of
from broadside.plugins.keep_reading.openings import split
from tests.markdown.setting import SETTER

BLOCKS = [
    "A plain paragraph with *emphasis* and a [link](https://example.org/).",
    "> A quotation.\n>\n> - with a list\n> - in it", "- one\n- two\n\n    and more of two", "## A heading",
    "| a | b |\n| --- | --- |\n| 1 | 2 |", "> [!pullquote]\n> Lifted from the text.",
    "> A quotation.\n\n> [!pullquote] Lifted.\n\n> Another.", "```\ncode <b>\n```", "What he said was this:",
    "A note.[^1]", "Nested <em>raw <sup>2</sup></em> markup.",
]  # fmt: skip


def record(markdown: str, **data: Any) -> Record[StoryData]:
    body, faults = SETTER.set(markdown, "story.md")
    assert not faults
    return Record("story.md", "", StoryData(**data), source=Rest(body))


def parts_of(story: Record[StoryData], wanted: int = 2) -> tuple[str, str]:
    opening, rest = split(story, wanted)
    return html_of(opening), html_of(rest)


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.integers(1, 4))
def test_both_parts_are_the_whole_and_each_is_balanced(chosen: list[str], blocks: int) -> None:
    markdown = "\n\n".join(chosen) + (
        "\n\n[^1]: The note." if any("[^1]" in block for block in chosen) else ""
    )
    story = record(markdown)
    opening, rest = parts_of(story, blocks)
    assert opening + rest == story.body.html
    for part in (opening, rest):
        again = "".join(
            str(child)
            for child in BeautifulSoup(f"<body>{part}</body>", "html.parser").body.children  # type: ignore[union-attr]
        )
        assert again.count("<") == part.count("<"), "a tag is open at the cut"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("One.", "One."),
        ("One.\n\nTwo.", "One. Two."),
        ("One.\n\nTwo.\n\nThree.", "One. Two."),
        ("One.\n\n<!--more-->\n\nTwo.\n\nThree.", "One."),
        ("One.\n\n## Head\n\nTwo.\n\nThree.\n\nFour.", "One. Head Two."),
        ("One.\n\nHe said this:\n\n> Quoted.\n\nThree.\n\nFour.", "One. He said this: Quoted."),
        ("One.\n\n**Three reasons:**\n\n- a\n- b\n\nThree.\n\nFour.", "One. Three reasons: a b"),
        (
            "One.\n\n**You say *how*?**\n\nLike **this**.\n\n**And?**\n\nFour.",
            "One. You say how ? Like this .",
        ),
        (
            'One.\n\n---\n\n![A](photos/a.jpg){credit="B"}\n\nTwo.\n\nThree.\n\nFour.',
            "One. \x0eP0\x0f Two.",
        ),
        ("One.[^1]\n\n<!-- a -->\n\n<!-- b -->\n\nTwo.\n\n[^1]: It.", "One. 1 Two. It. ↩\ufe0e"),
    ],
)
def test_the_opening_ends_where_nothing_is_torn_from_what_it_belongs_to(
    markdown: str, words: str
) -> None:
    opening, _ = parts_of(record(markdown))
    assert BeautifulSoup(opening, "html.parser").get_text(" ", strip=True) == words


@pytest.mark.parametrize("mark", ["aside", "details"])
def test_a_box_is_no_text_and_stays_whole(mark: str) -> None:
    box = f"> [!{mark}] T\n> A.\n>\n> B.\n>\n> C."
    opening, rest = parts_of(record(f"One.\n\n{box}\n\nTwo.\n\n{box}\n\nThree."))
    assert opening.strip().endswith("<p>Two.</p>")
    assert [part.count(f"</{mark}>") for part in (opening, rest)] == [1, 1]
    assert [part.count("<p>C.</p>") for part in (opening, rest)] == [1, 1]


@pytest.mark.parametrize(
    "markdown", ["<!--more-->\n\nOne.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\n<!--more-->"]
)
def test_a_cut_before_or_after_everything_is_none_of_the_writers(markdown: str) -> None:
    story = record(markdown)
    opening, rest = parts_of(story)
    assert opening + rest == story.body.html
    assert opening


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.integers(0, 11))
def test_the_writers_cut_is_where_it_was_put(chosen: list[str], at: int) -> None:
    note = "\n\n[^1]: The note." if any("[^1]" in block for block in chosen) else ""
    markdown = "\n\n".join([*chosen[:at], "<!--more-->", *chosen[at:]]) + note
    story = record(markdown)
    opening, rest = parts_of(story)
    assert opening + rest == story.body.html
    if 0 < at < len(chosen):
        before, _ = SETTER.set("\n\n".join(chosen[:at]) + note, "story.md")
        assert story.body.more == len(before.blocks) - bool(note)
        assert split(story)[0] == story.body.blocks[: story.body.more]
        assert rest
