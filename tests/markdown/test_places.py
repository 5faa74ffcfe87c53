"""Lines of what is sought; where the writer's cut may stand; and headings that are linked by their
words.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.places import without_hidden
from tests.markdown.setting import ANYTHING, SETTER


def test_the_line_of_an_inner_link_is_known_however_it_is_written() -> None:
    body, _ = SETTER.set(
        "A & b.\n\n[a](/x/)\n\n[a](/&#120;/)\n\n[a](/x\\_y/)\n\n[b](/b&amp;c/)", "a.md"
    )
    assert body.links == [("/x/", 3), ("/x/", 5), ("/x_y/", 7), ("/b&c/", 9)]


def test_links_that_are_written_alike_by_number_are_found_each_at_its_own_line() -> None:
    body, _ = SETTER.set("[a](/&#97;b)\n\n" * 100, "a.md")
    assert body.links == [("/ab", line) for line in range(1, 200, 2)]


@pytest.mark.parametrize(
    ("markdown", "more"),
    [
        ("a\n\n<!--more-->\n\nb", 1),
        ("a\n<!--more-->\n\nb", 1),
        ("- a\n<!--more-->\n\nb", 1),
        ("<p>a <!--more--></p>\n\nb", 1),
        ("نص<!--more-->\n\nb", 1),
        ("a\n\nb\n\nc *d*<!--more-->\n\ne", 3),
    ],
)
def test_a_cut_may_touch_its_paragraph(markdown: str, more: int) -> None:
    body, faults = SETTER.set(markdown, "a.md")
    assert (body.more, faults) == (more, [])
    assert "more" not in body.html
    assert all(block.html.rstrip().endswith(">") for block in body.blocks)


def test_a_fragment_of_words_becomes_the_heading_s_id() -> None:
    body, faults = SETTER.set(
        '[a](#数据库) <a href="#Part-One">b</a> `#数据库`\n\n## 数据库\n\n## Part one', "a.md"
    )
    assert faults == []
    assert re.findall('#\x10([^"]*)', body.html) == ["shu-ju-ku", "part-one"]
    assert "<code>#数据库</code>" in body.html


@pytest.mark.parametrize("fragment", ["a&b", "%26", "!", "🎉"])
def test_a_fragment_that_is_no_plain_word_names_no_heading(fragment: str) -> None:
    _, faults = SETTER.set(f"[x](<#{fragment}>)\n\n## a&b\n\n## 🎉", "a.md")
    assert [fault.code for fault in faults] == ["broken-link"]


@given(st.lists(st.sampled_from(ANYTHING), max_size=12).map("".join))
def test_all_else_keeps_its_place(markdown: str) -> None:
    made = without_hidden(markdown)
    assert len(made) == len(markdown)
    assert all(
        new in (old, "\0") and (old != "\n" or new == old)
        for old, new in zip(markdown, made, strict=True)
    )
