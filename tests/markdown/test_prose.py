"""The short way for plain prose leads to the same HTML as Python-Markdown's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.core import Markdown

from broadside.markdown.dialect import EXTENSIONS
from broadside.markdown.prose import Paragraphs, PlainText
from tests.examples import times

STORIES = sorted((Path(__file__).parents[2] / "content" / "articles").rglob("*.md"))
MARKS = (
    "* _ ** ` `` [ ]( ) ![ <em> </em> <https://example.org> <a@b.org> &amp; & \\* \\ a ! x l [^1]"
    " | é “".split()
)
BLOCKS = [
    "> ",
    "# ",
    "- ",
    "1. ",
    ": ",
    "---\n",
    "===\n",
    "    ",
    "~~~\n",
    "```\n",
    " - - -",
    "***",
    "\t",
    "<div>\n",
]
GIVEN = ["[^1]: x", "[x]: y", "*[b]: z", "| a | b |\n|---|---|\n"]
SPACES = ["\n", "  \n", "\n\n", "\n   \n", "\u00a0", "b c", "l\n"]
SIMPLE = [
    " *c d* ", "**e**", " _f_,", "__g__ ", "[h i](https://example.org/a_b?c=d&e*f)", "[j]({filename}/a.md)", "(k)",
]  # fmt: skip


def plain() -> Markdown:
    return Markdown(extensions=[*(each() for each in EXTENSIONS), "footnotes"])


def quick() -> Markdown:
    md = plain()
    md.parser.blockprocessors.register(Paragraphs(md.parser), "prose", 998)
    PlainText(md, lambda _: None).register()
    return md


@settings(max_examples=times(4), deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, *BLOCKS, *GIVEN, *SPACES, *SIMPLE]), max_size=30).map("".join)
)
def test_any_mixture_of_marks(text: str) -> None:
    assert quick().convert(text) == plain().convert(text)


@pytest.mark.parametrize("path", STORIES[::4], ids=lambda path: path.stem)
def test_real_stories(path: Path) -> None:
    text = path.read_text("utf-8").split("\n---\n", 1)[1]
    assert quick().convert(text) == plain().convert(text)
