"""Lines of what is sought; where the writer's cut may stand; and headings that are linked by their words."""

from __future__ import annotations

import re

import pytest

from plugins.markup.places import Places
from tests.plugins.markup.setting import SETTER


def test_the_same_words_are_found_one_after_the_other_and_then_again() -> None:
    places = Places("a\nb\na\n", 10)
    assert [places.line_of("a") for _ in range(3)] == [10, 12, 10]


def test_words_and_patterns_are_tried_in_their_order() -> None:
    places = Places("one\n##\n")
    assert places.line_of(("two", re.compile("(?m)^#+$")), "one") == 2
    assert places.line_of("two", "one\nmore") == 1


def test_what_stands_nowhere_is_told_at_the_first_line() -> None:
    assert Places("a\nb", 7).line_of("c", "", re.compile("d")) == 7


@pytest.mark.parametrize(
    ("markdown", "more"),
    [
        ("a\n\n<!--more-->\n\nb", 1),
        ("a\n<!--more-->\n\nb", 1),
        ("a <!-- more -->\n\nb", 1),
        ("a\n\n<!--more-->b", 1),
        ("- a\n<!--more-->\n\nb", 1),
        ("نص<!--more-->\n\nb", 1),
        ("a\n\nb\n\nc *d*<!--more-->\n\ne", 3),
    ],
)
def test_a_cut_may_touch_its_paragraph(markdown: str, more: int) -> None:
    body, faults = SETTER.set(markdown, "a.md")
    assert (body.more, faults) == (more, [])
    assert "more" not in body.html
    assert all(body.html[:end].rstrip().endswith(">") for end in body.ends)


def test_a_fragment_of_words_becomes_the_heading_s_id() -> None:
    body, faults = SETTER.set('[a](#数据库) <a href="#Part-One">b</a> `#数据库`\n\n## 数据库\n\n## Part one', "a.md")
    assert faults == []
    assert re.findall('#\x10([^"]*)', body.html) == ["shu-ju-ku", "part-one"]
    assert "<code>#数据库</code>" in body.html


@pytest.mark.parametrize("fragment", ["a&b", "%26", "!", "🎉"])
def test_a_fragment_that_is_no_plain_word_names_no_heading(fragment: str) -> None:
    _, faults = SETTER.set(f"[x](<#{fragment}>)\n\n## a&b\n\n## 🎉", "a.md")
    assert [fault.code for fault in faults] == ["link-fragment"]
