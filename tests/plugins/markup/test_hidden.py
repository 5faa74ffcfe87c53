"""What stands in code and in comments is hidden, and all else keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.markup.hidden import without_hidden
from tests.plugins.markup.setting import ANYTHING


@pytest.mark.parametrize(
    ("markdown", "left"),
    [
        ("a `b` c ``d ` e`` f", "a  c  f"),
        ("a `b\nc` d `e\n\nf` g", "a \n d `e\n\nf` g"),
        ("a \\`b` c ` d", "a \\`b d"),
        ("a <!-- `b\n\nc --> d `<!--` e `-->`", "a \n\n d  e "),
        ("a <!-- b --> <!-- c `d`", "a  <!-- c `d`"),
        ("a <!--more--> b <!-- More --> <!-- more b -->", "a <!--more--> b <!-- More --> "),
        ("```\na\n\n~~~\n```\n\n> ~~~ b\n> c\n> ~~~\nd", "\n\n\n\n\n\n\n\n\nd"),
        ("``` `a`\n\n~~~\nb", "``` \n\n~~~\nb"),
        ("a\nb\n\n    c\n\n\td\n\ne\n\n    f", "a\nb\n\n\n\n\n\ne\n\n"),
        ("- a\n\n    b\n\n1. a\n\n    b\n\n[^1]: a\n\n    b\n\nt\n: a\n\n    b", None),
        ("a & b\n    c", None),
    ],
)
def test_what_is_hidden(markdown: str, left: str | None) -> None:
    assert without_hidden(markdown).replace("\0", "") == (markdown if left is None else left)


@given(st.lists(st.sampled_from(ANYTHING), max_size=12).map("".join))
def test_all_else_keeps_its_place(markdown: str) -> None:
    made = without_hidden(markdown)
    assert len(made) == len(markdown)
    assert all(new in (old, "\0") and (old != "\n" or new == old) for old, new in zip(markdown, made, strict=True))
