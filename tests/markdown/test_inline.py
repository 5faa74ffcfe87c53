"""Abbreviations are explained wherever they stand as words, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.core import Markdown

from broadside.markdown.dialect import EXTENSIONS
from tests.markdown.setting import html_of, text_of


@pytest.mark.parametrize("word", ["0", "1", "amp", "wzxhzdk", "klzzwxh", "42"])
def test_an_abbreviation_is_not_found_in_the_places_of_what_was_taken_out(word: str) -> None:
    text = (
        f"*[{word}]: Meaning\n\n<div>one</div>\n\n{word} \\* two <b>three</b>"
        " [Q&A](https://x.org/?a&b)\n\n```\nfour\n```"
    )
    html, problems = html_of(text)
    assert problems == []
    assert not re.search("[\x00-\x08\x0b-\x1f]", html)
    assert f'<abbr title="Meaning">{word}</abbr> * two <b>three</b>' in html


@pytest.mark.parametrize("word", ["U.S.", "e.g.", "C++", "C#", "(A)", ".io", "A-B"])
def test_an_abbreviation_may_begin_and_end_with_a_sign(word: str) -> None:
    html = text_of(f"*[{word}]: Meaning\n\nThe {word} and {word}, {word}x x{word}")
    made = f'<abbr title="Meaning">{word}</abbr>'
    assert html == f"<p>The {made} and {made}, {word}x x{word}</p>"


@given(
    st.lists(st.sampled_from(["AB", "A", "b", "1", " ", ";", "/", "é", "B", ","]), max_size=14).map(
        "".join
    )
)
def test_an_ordinary_abbreviation_is_found_where_python_markdown_finds_it(text: str) -> None:
    markdown = f"*[AB]: Two\n*[A]: One\n*[b1]: Three\n\nx {text} x"
    assert html_of(markdown)[0] == Markdown(extensions=[each() for each in EXTENSIONS]).convert(
        markdown
    )
