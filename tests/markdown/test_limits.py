"""No text keeps a build waiting: what would take long is given up after a counted amount of
work.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.markdown.limits import LONGEST_LINE, MOST_LETTERS, MOST_LINES, problem_in
from tests.examples import times
from tests.markdown.setting import ANYTHING, SETTER, accepted, codes, html_of


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000, "*" * 50_000, "* " * 5_000, "`" * 300, "> " * 10_000, "<" * 1_000, "{" * 1_000, "word " * 30_000,
        "<a " * 5_000, "<!-- " * 19_000, "<http://" * 5_000, "<a><!--" * 5_000, "[a\n" * 20_000, "```a\n" * 9_000, "a\n\n" * 30_000,
        "[" + "[a" * 5_000 + "]" * 5_001, "".join(f"*[A{n}]: x\n" for n in range(5_000)),
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_what_is_not_read_at_all(text: str) -> None:
    problem = problem_in(text)
    assert problem is not None
    assert problem[1] == "too-long"
    assert codes(text) == [problem[1]]


def test_a_run_is_told_where_it_stands_and_not_where_a_short_one_does() -> None:
    text = f"{'*' * 30}\n\n{'*' * 300}\n"
    assert [fault.line for fault in SETTER.set(text, "a.md")[1]] == [3]


@settings(max_examples=times(0.4), deadline=None)
@given(
    st.lists(st.sampled_from(ANYTHING), min_size=1, max_size=4).map("".join),
    st.sampled_from([199, 2_000]),
)
def test_any_piece_many_times_is_read_or_given_up(unit: str, times: int) -> None:
    html, faults = html_of((unit * times)[:50_000])
    assert html or faults or not unit.strip() or accepted(unit) == ""


def test_a_long_story_stays_far_below_the_bounds() -> None:
    random = Random(1)
    words = [
        "word",
        "*em*",
        "[link](https://example.org/a_b)",
        "“quoted”",
        "**bold**",
        "naïve",
        "and",
        "the",
        "a",
    ]
    text = "\n\n".join(" ".join(random.choices(words, k=120)) for _ in range(250))
    assert codes(text) == []
    assert SETTER.limit.left > 0.5 * MOST_LETTERS


def test_a_long_paragraph_of_links_is_read() -> None:
    assert (
        codes(
            "[it's](https://example.org/it's 'Its title') and [more](https://example.org/a_(b)) "
            * 150
        )
        == []
    )


@pytest.mark.slow
def test_what_was_given_up_is_not_seen_in_the_next_text() -> None:
    before = html_of("a[^1]\n\n- b\n- c\n\n[^1]: d")
    for text in (
        "a\n: " * 6_000,
        "".join(f"> - [^{n}]: x\n" for n in range(2_500)),
        "# a\n" * 8_000,
    ):
        assert html_of(text)[0] == ""
        assert html_of("a[^1]\n\n- b\n- c\n\n[^1]: d") == before


def test_the_bounds_themselves() -> None:
    assert problem_in("x" * LONGEST_LINE) is None
    assert problem_in("x" * (LONGEST_LINE + 1)) is not None
    assert problem_in("\n" * MOST_LINES) is None
    assert problem_in("\n" * (MOST_LINES + 1)) is not None
    assert problem_in("[" * 199) is None
    assert problem_in("[" * 200) is not None
