"""A text on its own page: nothing of it is lost or torn, and what is added stands where it
belongs.
"""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.body import PREFIX, Body
from broadside.plugins.long_reads import LONG, Layout, laid_out, place_of_box
from tests.markdown.setting import SETTER

PIECES = [
    "A plain paragraph.[^1]", "Another, with *emphasis*.[^2]", "## A heading", "### A smaller one", "## With a note[^3]",
    "> [!pullquote]\n> Lifted from the text.", "- one[^1]\n- two", "> [!aside] Beside it\n> A box.[^2]",
    "| a | b |\n| --- | --- |\n| 1[^3] | 2 |", "**Who asked?**", "He said this:", "---",
]  # fmt: skip
NOTES = [
    "[^1]: One paragraph, with *emphasis*.",
    "[^2]: Two.\n\n    Paragraphs.",
    "[^3]: See <https://example.org/>.",
]


def body_of(*pieces: str) -> Body:
    text = "\n\n".join(pieces)
    notes = [note for note in NOTES if note[:4] in text]
    body, faults = SETTER.set("\n\n".join([text, *notes]), "story.md")
    assert not faults
    return body


def laid(*pieces: str, words: int = LONG + 1) -> Layout:
    return laid_out(body_of(*pieces), words)


def page(layout: Layout) -> BeautifulSoup:
    return BeautifulSoup((layout.opening + layout.rest).replace(PREFIX, ""), "html.parser")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_without_what_is_added_a_text_is_as_it_was_read(pieces: list[str]) -> None:
    body = body_of(*pieces)
    made = page(laid_out(body, LONG + 1))
    for added in made.select(".note, .note-call"):
        added.decompose()
    for link in made.select(".heading-link"):
        link.unwrap()
    for notes in made.select(".footnotes--beside"):
        notes["class"] = "footnotes"
    assert str(made) == str(BeautifulSoup(body.html.replace(PREFIX, ""), "html.parser"))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_a_box_stands_between_two_plain_paragraphs_and_leaves_every_element_whole(
    pieces: list[str],
) -> None:
    layout = laid(*pieces)
    if not layout.rest:
        return
    for part in (layout.opening, layout.rest):
        again = "".join(str(each) for each in BeautifulSoup(part, "html.parser").children)
        assert again.count("</") == part.count("</")
    assert re.search(r"<p>(?:(?!<p>).)*</p>\s*$", layout.opening)
    assert layout.rest.lstrip().startswith("<p>")
    assert not layout.opening.rstrip().endswith((":</p>", "</strong></p>"))


def test_the_box_is_near_the_middle() -> None:
    blocks = body_of(*["A paragraph of some words."] * 11).blocks
    assert place_of_box(blocks) in (5, 6)
    assert [place_of_box(blocks[:number]) for number in (1, 2)] == [0, 1]


def test_a_short_story_has_neither_contents_nor_box() -> None:
    layout = laid("## A", "One.", "Two.", "## B", "Three.", "## C", "Four.", words=LONG)
    assert (layout.contents, layout.rest, layout.is_long) == ([], "", False)
    assert len(page(layout).select(".heading-link")) == 3


@pytest.mark.parametrize(
    ("headings", "listed"),
    [
        (["## A", "## B"], []),
        (["## A", "## B", "## C"], ["a", "b", "c"]),
        (["## A", "### A1", "## B", "## C"], ["a", "b", "c"]),
        (["## A", "### B", "### C"], ["a", "b", "c"]),
        (["### A", "### B", "### C", "#### D"], ["a", "b", "c"]),
    ],
)
def test_the_contents_are_the_upper_headings(headings: list[str], listed: list[str]) -> None:
    pieces = [piece for heading in headings for piece in (heading, "Words.")]
    assert [entry.id for entry in laid(*pieces).contents] == listed


def test_contents_have_the_words_of_a_heading_without_its_note() -> None:
    layout = laid("## A *very* <b>&amp;</b>[^1]", "## B", "## C", "Words.")
    assert [str(entry.words) for entry in layout.contents] == ["A very &amp;", "B", "C"]
    assert "<a" not in "".join(entry.words for entry in layout.contents)


def test_a_note_stands_where_it_is_first_called_and_is_opened_from_every_call() -> None:
    made = page(laid("First.[^1]", "Second.[^3]", "First again.[^1]"))
    calls = [button["popovertarget"] for button in made.select("sup > button")]
    assert calls == ["note.1", "note.2", "note.1"]
    assert [note["id"] for note in made.select("sup + .note")] == ["note.1", "note.2"]
    assert made.select_one("#note\\.2 a[href='https://example.org/']")
    assert not made.select(".note .footnote-backref")
    assert made.select(".footnotes--beside")


@pytest.mark.parametrize("piece", ["A paragraph.[^2]", PIECES[7], PIECES[8], "## With a note[^3]"])
def test_a_note_for_which_there_is_no_room_stays_at_the_end_with_all_others(piece: str) -> None:
    made = page(laid("A paragraph.[^1]", piece))
    assert [note["id"] for note in made.select(".note")] == ["note.1"]
    assert not made.select(".footnotes--beside")
    assert made.select("a.footnote-ref[href='#fn-2']")
