"""Footnotes are numbered as readers meet them."""

from __future__ import annotations

import re

import pytest

from tests.markdown.setting import codes, text_of

TEXTS = "\n\n[^a]: A\n[^b]: B\n[^c]: C\n[^d]: D"


@pytest.mark.parametrize(
    ("markdown", "order"),
    [
        ("x[^a] y[^b] z[^c] w[^d]", "ABCD"),
        ("x[^d] y[^c] z[^d] w[^b] v[^a]", "DCBA"),
        ("> x[^d]\n\n- y[^b]\n\n    > z[^c]\n\nw[^a]", "DBCA"),
        ("| x[^c] | y[^b] |\n| --- | --- |\n| z[^d] | w |\n\nv[^a]", "CBDA"),
        ("Term[^b]\n: x[^a]\n\n## y[^d]\n\n1. z[^c]", "BADC"),
        ("- # x[^d]\n  y[^b]\n\nz[^a] w[^c]", "DBAC"),
        ("Write \\[^d] where.\n\n    code[^d]\n\nx[^b] <!-- y[^c] --> z[^a] w[^d] v[^c]", "BADC"),
    ],
)
def test_notes_stand_in_the_order_in_which_the_text_calls_them(markdown: str, order: str) -> None:
    html = text_of(markdown + TEXTS)
    calls = re.findall(r'id="(fnref\d*-(\d))"><a href="#fn-(\d)" class="footnote-ref">(\d)<', html)
    shown = [int(number) for *_, number in calls]
    assert list(dict.fromkeys(shown)) == [1, 2, 3, 4]
    assert all(own == target == number for _, own, target, number in calls)
    assert len({name for name, *_ in calls}) == len(calls)
    assert 'role="group" aria-label="Footnotes"' in html, (
        "a story's corrections may be called notes"
    )
    assert re.findall(r'<li id="fn-(\d)">\s*<p>(.)', html) == [
        (str(n), letter) for n, letter in enumerate(order, 1)
    ]
    assert re.findall(r'href="#fnref-(\d)"[^>]*aria-label="Back from note (\d)', html) == [
        (n, n) for n in "1234"
    ]


@pytest.mark.parametrize(
    "text", ["Kept.[^a] <!-- As we said.[^a] -->", "<!-- As we said.[^a] --> Kept.[^a]"]
)
def test_what_stands_in_a_comment_calls_no_note(text: str) -> None:
    html = text_of(f"{text}\n\n[^a]: A")
    assert (
        re.findall(r'id="(fnref[^"]*)"', html)
        == re.findall(r'href="#(fnref[^"]*)"', html)
        == ["fnref-1"]
    )


def test_a_note_that_only_a_comment_calls_is_not_called() -> None:
    assert codes("Kept. <!-- As we said.[^a] -->\n\n[^a]: A") == ["note"]


def test_a_note_that_only_a_note_calls_comes_last() -> None:
    html = text_of("x[^c]\n\n[^a]: A\n[^b]: B[^a]\n[^c]: C[^b]")
    assert re.findall(r'<li id="fn-\d">\s*<p>(.)', html) == ["C", "A", "B"]


@pytest.mark.slow
def test_each_of_thousands_of_calls_of_a_note_has_its_own_way_back() -> None:
    """Python-Markdown counts up to each from the first: this took minutes."""
    html = text_of("Words.[^a]\n\n" * 12_000 + "[^a]: Its source.")
    calls = [f"fnref{number if number > 1 else ''}-1" for number in range(1, 12_001)]
    assert re.findall(r'<sup id="([^"]*)"', html) == calls
    assert re.findall(r'href="#(fnref[^"]*)"', html) == calls
