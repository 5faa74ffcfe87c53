"""Cutting a story: whole blocks, nothing lost, nothing torn from what it belongs to."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.content.records import Record, Rest
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.keep_reading import split
from broadside.plugins.markup.body import PREFIX, fill
from tests.plugins.markup.setting import SETTER

BLOCKS = [
    "A plain paragraph with *emphasis* and a [link](https://example.org/).",
    "> A quotation.\n>\n> - with a list\n> - in it",
    "- one\n- two\n\n    and more of two",
    "## A heading",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "> [!pullquote]\n> Lifted from the text.",
    "> A quotation.\n\n> [!pullquote] Lifted.\n\n> Another.",
    "```\ncode <b>\n```",
    "What he said was this:",
    "A note.[^1]",
    "Nested <em>raw <sup>2</sup></em> markup.",
]


def record(markdown: str, **data: Any) -> Record[StoryData]:
    body, faults = SETTER.set(markdown, "story.md")
    assert not faults
    return Record("story.md", "", StoryData(**data), source=Rest(body))


def text(markdown: str, blocks: int = 2, **data: Any) -> tuple[str, str]:
    return split(record(markdown, **data), blocks)


def paragraphs(count: int) -> str:
    return "\n\n".join(f"Paragraph {n}." for n in range(1, count + 1))


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.integers(1, 4))
def test_both_parts_are_the_whole_and_each_is_balanced(chosen: list[str], blocks: int) -> None:
    markdown = "\n\n".join(chosen) + ("\n\n[^1]: The note." if any("[^1]" in block for block in chosen) else "")
    story = record(markdown)
    opening, rest = split(story, blocks)
    assert opening + rest == story.body.html
    for part in (opening, rest):
        again = "".join(str(child) for child in BeautifulSoup(f"<body>{part}</body>", "html.parser").body.children)  # type: ignore[union-attr]
        assert again.count("<") == part.count("<"), "a tag is open at the cut"


def test_two_blocks_are_the_opening() -> None:
    opening, rest = text(paragraphs(5))
    assert (opening.count("<p>"), rest.count("<p>")) == (2, 3)


@pytest.mark.parametrize("count", [1, 2])
def test_a_story_no_longer_than_the_cut_is_whole(count: int) -> None:
    assert text(paragraphs(count))[1] == ""


def test_a_story_one_block_longer_is_cut() -> None:
    assert text(paragraphs(3))[1].strip() == "<p>Paragraph 3.</p>"


def test_the_writers_own_cut_counts() -> None:
    opening, rest = text("One.\n\n<!--more-->\n\nTwo.\n\nThree.")
    assert (opening.count("<p>"), rest.count("<p>")) == (1, 2)


def test_a_story_marked_full_is_whole() -> None:
    assert text(paragraphs(9), stream="full")[1] == ""


def test_a_heading_is_not_left_at_the_end_of_the_opening() -> None:
    opening, _ = text("One.\n\n## Head\n\nTwo.\n\nThree.\n\nFour.")
    assert not opening.rstrip().endswith("</h2>")


def test_a_lead_in_stays_with_what_it_introduces() -> None:
    opening, _ = text("One.\n\nHe said this:\n\n> Quoted.\n\nThree.\n\nFour.\n\nFive.")
    assert "Quoted" in opening


def test_a_bold_lead_in_stays_with_its_list() -> None:
    opening, _ = text("One.\n\n**Three reasons:**\n\n- a\n- b\n\nThree.\n\nFour.\n\nFive.")
    assert "<li>" in opening


def test_an_interviews_question_stays_with_its_answer() -> None:
    opening, rest = text("One.\n\n**You say *how*?**\n\nLike **this**.\n\n**And?**\n\nFour.")
    assert opening.strip().endswith("Like <strong>this</strong>.</p>")
    assert rest.strip().startswith("<p><strong>And?</strong></p>")


def test_photos_and_rules_are_no_text() -> None:
    opening, rest = text('One.\n\n---\n\n![A](photos/a.jpg){credit="B"}\n\nTwo.\n\nThree.\n\nFour.')
    assert (opening.count("<p>"), rest.count("<p>")) == (2, 2)
    assert "\x0eP0\x0f" in opening


@pytest.mark.parametrize("mark", ["aside", "details"])
def test_a_box_is_no_text_and_stays_whole(mark: str) -> None:
    box = f"> [!{mark}] T\n> A.\n>\n> B.\n>\n> C."
    opening, rest = text(f"One.\n\n{box}\n\nTwo.\n\n{box}\n\nThree.")
    assert opening.strip().endswith("<p>Two.</p>")
    assert [part.count(f"</{mark}>") for part in (opening, rest)] == [1, 1]
    assert [part.count("<p>C.</p>") for part in (opening, rest)] == [1, 1]


@pytest.mark.parametrize("markdown", ["<!--more-->\n\nOne.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\n<!--more-->"])
def test_a_cut_before_or_after_everything_is_none_of_the_writers(markdown: str) -> None:
    story = record(markdown)
    opening, rest = split(story)
    assert opening + rest == story.body.html
    assert opening


def test_comments_and_notes_are_no_reason_to_cut() -> None:
    assert text("One.[^1]\n\n<!-- a -->\n\n<!-- b -->\n\nTwo.\n\n[^1]: The note.")[1] == ""


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.integers(0, 11))
def test_the_writers_cut_is_where_it_was_put(chosen: list[str], at: int) -> None:
    note = "\n\n[^1]: The note." if any("[^1]" in block for block in chosen) else ""
    markdown = "\n\n".join([*chosen[:at], "<!--more-->", *chosen[at:]]) + note
    story = record(markdown)
    opening, rest = split(story)
    assert opening + rest == story.body.html
    if 0 < at < len(chosen):
        before, _ = SETTER.set("\n\n".join(chosen[:at]) + note, "story.md")
        assert story.body.more == len(before.ends) - bool(note)
        assert opening == story.body.html[: story.body.ends[story.body.more - 1]]
        assert rest


def test_notes_stay_on_the_page_and_their_ids_are_apart() -> None:
    story = record("One.[^1]\n\nTwo.\n\nThree.\n\nFour.\n\n[^1]: The note.")
    pages = [fill("".join(split(story)), f"s{n}-", str, str) for n in (1, 2)]
    ids = [tag["id"] for page in pages for tag in BeautifulSoup(page, "html.parser").find_all(id=True)]
    assert len(ids) == len(set(ids))
    for page in pages:
        soup = BeautifulSoup(page, "html.parser")
        for link in soup.select("a[href^='#']"):
            assert soup.find(id=str(link["href"])[1:]) is not None
    assert PREFIX not in "".join(pages)
