"""What counts as a changed word, and which story became which."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.editing.audit import Version, changed, first_difference, is_told, pairs, words
from broadside.markdown.typography import curl

TEXTS = st.lists(st.sampled_from("abcd"), max_size=12)
PROSE = st.text(alphabet="ab 'é\"-.,…–—’“”\n5€%", max_size=60)


def slow_distance(old: list[str], new: list[str]) -> int:
    """The same by the table of the textbook."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = row[:]
        for at, other in enumerate(new):
            row[at + 1] = before[at] + 1 if word == other else max(before[at + 1], row[at])
    return max(len(old), len(new)) - row[-1]


@given(TEXTS, TEXTS)
def test_changed_words_are_those_of_the_textbook(old: list[str], new: list[str]) -> None:
    assert changed(old, new) == slow_distance(old, new) == changed(new, old)


def test_a_long_story_is_compared_whole() -> None:
    old = [f"w{at % 700}" for at in range(20_000)]
    assert changed(old, [*old[:9_000], *["other"] * 50, *old[9_030:]]) == 50


@given(PROSE)
def test_typography_changes_no_word(text: str) -> None:
    said = words(text)
    assert said == words(curl(text)) == words(text.upper()) == words("  " + text.replace(" ", "\n"))
    assert (
        said
        == words(unicodedata.normalize("NFD", text))
        == words(text.replace("—", " -- ").replace("“", "«"))
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('It\'s "five" -- no, six...', "It’s “five” – no, six…"),
        ("co\u00adoperate", "cooperate"),
        ("the Office of Fine Art", "the oﬃce of ﬁne art"),
        ("a line\r\nof text", "a line of text"),
        ("the fish-wife", "the fish—wife"),
    ],
)
def test_what_looks_otherwise_and_says_the_same_counts_nothing(old: str, new: str) -> None:
    assert changed(words(old), words(new)) == 0


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("It cost $5 a day", "It cost €5 a day", 1), ("It grew by 5% a year", "It grew by 5 a year", 1),
        ("It grew by 1.5 points", "It grew by 15 points", 2), ("He said he would", "He said he would not", 1),
        ("漢字仮名", "漢語仮説", 2), ("กขคง", "กจคฉ", 2), ("가나다라", "가마다바", 1), ("मेला है", "मिला है", 1),
        ("at 30° or 2+2=4, by 5‰", "at 30 or 2 2 4, by 5", 4),
    ],
)  # fmt: skip
def test_what_says_something_else_counts(old: str, new: str, number: int) -> None:
    assert changed(words(old), words(new)) == number


def version(path: str, url: str, **values: Any) -> Version:
    usual = {"first": url, "former": frozenset(), "text": "", "words": []}
    return Version(path, url, **(usual | values))


def met(old: list[Version], new: list[Version]) -> set[tuple[str, str]]:
    return {(one.path, other.path) for one, other in pairs(old, new)}


def test_a_story_is_found_again_wherever_it_went() -> None:
    old = [version("a", "u/a"), version("b", "u/b"), version("c", "u/c"), version("gone", "u/gone")]
    moved = version("b2", "u/b2", former=frozenset({"u/b", "u/older"}))
    new = [version("a2", "u/a"), moved, version("c", "u/c2"), version("new", "u/new")]
    assert met(old, new) == {("a", "a2"), ("b", "b2"), ("c", "c")}


def test_the_address_tells_more_than_the_file() -> None:
    assert met([version("a", "u/a")], [version("a", "u/other"), version("b", "u/a")]) == {
        ("a", "b")
    }


def test_a_story_that_others_were_merged_into_is_compared_with_itself() -> None:
    old = [version("a", "u/a"), version("b", "u/b")]
    assert met(old, [version("b", "u/b", former=frozenset({"u/a"}))]) == {("b", "b")}


@given(st.permutations(["a", "b", "c"]), st.permutations(["a", "b", "c"]))
def test_no_story_is_taken_for_two(old: list[str], new: list[str]) -> None:
    found = met(
        [version(name, f"u/{name}") for name in old], [version(name, f"u/{name}") for name in new]
    )
    assert found == {(name, name) for name in old}


EARLY, LATE = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({}, {}, False),
        ({}, {"updated": EARLY}, True),
        ({"updated": EARLY}, {"updated": LATE}, True),
        ({"updated": EARLY}, {"updated": EARLY}, False),
        ({"corrections": 1}, {"corrections": 2}, True),
        ({"corrections": 1}, {}, False),
        ({}, {"minor": "true"}, True),
        ({"minor": "true"}, {"minor": "2026-11-21"}, True),
    ],
)
def test_an_edit_is_told_of_by_what_is_new(
    old: dict[str, Any], new: dict[str, Any], told: bool
) -> None:
    assert is_told(version("a", "a", **old), version("a", "a", **new)) is told


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a\nb\nc", "a\nB\nc", 2),
        ("a\nb", "a\nb\nc", 3),
        ("a\nb\nc", "a\nb", 2),
        ("", "a", 1),
        ("a", "", 1),
    ],
)
def test_the_line_is_that_where_the_new_text_begins_to_differ(
    old: str, new: str, line: int
) -> None:
    assert first_difference(old, new) == line
