"""What is kept of a source: its rest, held lean, is the same rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadside.content.records import Lean, Record, Rest
from broadside.front_matter.data import StoryData
from broadside.markdown.body import Body

LINES = st.dictionaries(st.text(max_size=9), st.integers(1, 9_999), max_size=4)


@given(st.text(), st.lists(st.integers(0, 99_999), max_size=9), st.integers(0, 9), LINES)
def test_a_lean_rest_gives_back_the_same_rest(html: str, ends: list[int], more: int, lines: dict[str, int]) -> None:
    rest = Rest(Body(html, ends, more), lines)
    record = Record("articles/one.md", "", StoryData(), source=Lean.of(rest))
    assert record.rest == rest
    assert (record.body, record.lines) == (rest.body, lines)
