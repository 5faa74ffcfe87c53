"""How headlines are broken, in letters that are all one wide."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.cards.layout import Metrics, fit, lines_of, parts_of
from tests.examples import times

METRICS = Metrics(lambda text: float(len(text)), 1.0)
SIZES = (40, 20, 10)
TEXTS = st.text(alphabet="abc déЖع中国、。「」(—- \u0301\u200d\u00a0").map(" ".join) | st.text()


@settings(deadline=None, max_examples=times(0.6))
@given(TEXTS.filter(lambda text: text.strip()), st.integers(60, 400), st.integers(20, 200))
def test_a_text_fits_its_box_whatever_it_is(text: str, width: int, height: int) -> None:
    setting = fit(text, (width, height), SIZES, METRICS, 9)
    assert setting.size in SIZES
    assert 1 <= len(setting.lines) <= max(1, min(9, height // setting.size))
    whole = "".join("".join(setting.lines).split())
    letters = "".join(text.split())
    assert whole == letters or (whole.endswith("…") and letters.startswith(whole[:-1]))


@settings(deadline=None, max_examples=times(0.6))
@given(
    st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=40).map(" ".join),
    st.integers(60, 400),
)
def test_lines_are_no_wider_than_the_box_and_as_few_as_can_be(text: str, width: int) -> None:
    setting = fit(text, (width, 10_000), SIZES, METRICS, 99)
    assert max(map(len, setting.lines)) * setting.size <= width + 1e-6
    parts = [(part, float(len(part))) for part in parts_of(text)]
    assert len(setting.lines) == len(lines_of(parts, width / setting.size, 1.0))


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fit("ab", (100, 100), SIZES, METRICS, 9).size == 40
    assert fit("abcd", (100, 100), SIZES, METRICS, 9).size == 20
    assert fit("ab ab ab ab", (100, 100), SIZES, METRICS, 9).size == 20


def test_lines_are_about_equally_long() -> None:
    setting = fit("aaaa bbbb cccc dddd", (150, 30), (10,), METRICS, 9)
    assert setting.lines == ["aaaa bbbb", "cccc dddd"]


def test_a_word_that_no_size_holds_is_broken_between_letters_and_never_off_its_marks() -> None:
    setting = fit("e\u0301" * 8, (50, 100), (10,), METRICS, 9)
    assert setting.lines == ["e\u0301" * 2] * 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two", ["one", " two"]),
        ("三十年后，「北约」", ["三", "十", "年", "后，", "「北", "约」"]),
        ("NATO与中国", ["NATO", "与", "中", "国"]),
        ("it was—so", ["it", " was—", "so"]),
        ("Ana\u00a0Pereira, Jo", ["Ana\u00a0Pereira,", " Jo"]),
        ("서울의 봄", ["서울의", " 봄"]),
    ],
)
def test_lines_break_where_readers_expect_it(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts
