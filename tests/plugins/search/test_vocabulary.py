"""The words of the archive in parts: which words there are, and that each can be found by its
beginning and by its end.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.search.blocks import SearchBlock
from broadside.plugins.search.vocabulary import keys, parts, vocabulary, words_in
from broadside.store import Store

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéçأبتث"), min_size=3, max_size=14)


def test_words_are_small_and_have_neither_digits_nor_marks_that_readers_leave_out() -> None:
    text = (
        "L’Économie du G20: co-operation, NATO's B-52s and 3am, snake_case; مُحَمَّد أحمد, 東京"
        " Ev\u00adian"
    )
    assert words_in([text]) == {*"économie operation nato and محمد أحمد evian".split()}


@given(st.sets(WORDS, max_size=400))
def test_each_word_is_in_the_parts_and_nothing_else(words: set[str]) -> None:
    made = parts(words)
    assert {word for part in made for word in part.split()} == words
    assert all(part.split() == sorted({*part.split()}) for part in made)
    assert len(made).bit_count() == 1


@given(st.text(st.sampled_from("abcdeé"), min_size=3, max_size=12), st.data())
def test_one_error_leaves_the_beginning_or_the_end_as_it_was(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    typed = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + "x" + word[at:],
                word[:at] + "x" + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
    )
    beginning, end = (key.lstrip("0123456789<>") for key in keys(word))
    assert typed.startswith(beginning) or typed.endswith(end)


def test_a_new_word_changes_two_parts_and_a_new_story_without_one_changes_none(
    tmp_path: Path,
) -> None:
    words = {f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)}
    before, after = parts(words), parts(words | {"shingle"})
    assert sum(one != other for one, other in zip(before, after, strict=True)) <= 2
    read: list[Any] = []

    def text(story: Any) -> str:
        read.append(story)
        return str(story.text)

    store = Store(tmp_path)
    blocks = [block("1", "amber and ochre"), block("2", "ochre again")]
    assert vocabulary(blocks, text, store, 1) == {"amber", "and", "ochre", "again"}
    blocks[1] = block("2", "amber again", "another")
    assert vocabulary(blocks, text, store, 1) == {"amber", "and", "ochre", "again"}
    assert [story.text for story in read] == ["amber and ochre", "ochre again", "amber again"]


def block(number: str, text: str, digest: str = "digest") -> SearchBlock:
    stories: Any = [SimpleNamespace(text=text)]
    return SearchBlock(f"pagefind/{number}", digest, stories)
