"""Trying patterns only where they can match gives the same HTML as trying them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.core import Markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from broadside.plugins.markup.dialect import EXTENSIONS
from broadside.plugins.markup.inline import Emphasis
from broadside.plugins.markup.quick import QuickInline, quicken

STORIES = sorted((Path(__file__).parents[3] / "content" / "articles").rglob("*.md"))
MARKS = "* _ ** ` `` [ ]( ) ![ <em> </em> <https://example.org> <a@b.org> &amp; & \\* \\ a [^1] | é “".split()
PIECES = [
    *MARKS,
    "  \n",
    "\n\n",
    "> ",
    "# ",
    "- ",
    "1. ",
    ": ",
    "---\n",
    "===\n",
    "b c",
    "[^1]: x",
    "[x]: y",
    "*[b]: z",
    "    ",
    "~~~\n",
    "```\n",
    "\n   \n",
    " - - -",
    "***",
    "\t",
    "<div>\n",
    " *c d* ",
    "**e**",
    " _f_,",
    "__g__ ",
    "[h i](https://example.org/a_b?c=d&e*f)",
    "[j]({filename}/a.md)",
    "(k)",
    "!",
    "\u00a0",
    "\n",
    "l\n",
    "x",
    "| a | b |\n|---|---|\n",
]


def plain() -> Markdown:
    md = Markdown(extensions=[*EXTENSIONS, "footnotes"])
    md.inlinePatterns.register(Emphasis(md), "em_strong", 60)
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    return md


def quick() -> Markdown:
    md = Markdown(extensions=[*EXTENSIONS, "footnotes"])
    md.inlinePatterns.register(Emphasis(md), "em_strong", 60)
    md.treeprocessors.register(QuickInline(md, lambda _: None), "inline", 20)
    quicken(md)
    return md


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_marks(text: str) -> None:
    assert quick().convert(text) == plain().convert(text)


@pytest.mark.parametrize("path", STORIES[::4], ids=lambda path: path.stem)
def test_real_stories(path: Path) -> None:
    text = path.read_text("utf-8").split("\n---\n", 1)[1]
    assert quick().convert(text) == plain().convert(text)


def test_a_pattern_that_nobody_knows_is_tried_too() -> None:
    md = Markdown()
    md.inlinePatterns.register(SimpleTagInlineProcessor(r"()~~(.*?)~~", "del"), "del", 50)
    md.treeprocessors.register(QuickInline(md, lambda _: None), "inline", 20)
    assert md.convert("a ~~b~~ *c*") == "<p>a <del>b</del> <em>c</em></p>"
