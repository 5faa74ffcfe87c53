"""What counts as a changed word, and which story became which."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.typography import curl
from broadside.plugins.audit.command.comparing import Version, changed, pairs, words

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
        ("co\u00adoperate", "cooperate"),
        ("the Office of Fine Art", "the oﬃce of ﬁne art"),
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


def test_the_address_tells_more_than_the_file() -> None:
    assert met([version("a", "u/a")], [version("a", "u/other"), version("b", "u/a")]) == {
        ("a", "b")
    }


def test_a_story_that_others_were_merged_into_is_compared_with_itself() -> None:
    old = [version("a", "u/a"), version("b", "u/b")]
    assert met(old, [version("b", "u/b", former=frozenset({"u/a"}))]) == {("b", "b")}
