"""A text with bare tags, and as plain text."""

from __future__ import annotations

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.markdown.bare import clean, plain
from tests.examples import times
from tests.markdown.setting import PARTS, SPACES, WORDS, accepted


@settings(deadline=None, max_examples=times(0.8))
@given(st.lists(st.sampled_from([*WORDS, *SPACES, *PARTS]), max_size=30).map("".join))
def test_no_word_is_lost_between_the_html_and_the_text(markdown: str) -> None:
    html = accepted(markdown)
    if html is None:
        return
    shown = BeautifulSoup(clean(html), "lxml")
    for mark in shown.select("a[href*=fnref]"):
        mark.extract()
    letters = [sign for sign in shown.get_text() if sign.isalpha()]
    assert [sign for sign in plain(clean(html)) if sign.isalpha()] == letters


def test_a_box_stands_by_itself_and_has_its_title() -> None:
    html = accepted("A.\n\n> [!aside] T\n> B.\n\n> [!details] U\n> C.\n\nD.")
    assert html is not None
    assert plain(clean(html)).split("\n\n") == ["A.", "T", "B.", "U", "C.", "D.\n"]
    assert "<details>" in clean(html)
    assert "<aside>" in clean(html)


def test_an_ordered_list_keeps_its_numbers_in_the_text() -> None:
    code = "<pre><code>k\n</code></pre>"
    inner, last = "<ul><li>x</li></ul>", "<ol><li>i</li></ol>"
    html = (
        f'<ol start="3"><li>a{inner}</li><li'
        f' dir="rtl"><p>b</p>{code}</li><li>c{last}</li></ol><ol><li>z</li></ol>'
    )
    assert plain(html).split() == [
        "3.",
        "a",
        "-",
        "x",
        "4.",
        "b",
        "k",
        "5.",
        "c",
        "1.",
        "i",
        "1.",
        "z",
    ]


def test_it_keeps_those_that_a_writer_gave_it_and_the_way_in_which_it_counts() -> None:
    given = '<ol type="a">\n<li>x</li>\n<li value="7">y</li>\n<li>z</li>\n</ol>'
    assert plain(given).split() == ["1.", "x", "7.", "y", "8.", "z"]
    down = '<ol reversed class="x">\n<li>x</li>\n<li value="7">y</li>\n</ol>'
    assert plain(down).split() == ["-", "x", "7.", "y"]
    assert clean(given) == given
    assert clean(down) == down.replace(' class="x"', "")
