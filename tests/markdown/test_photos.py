"""Photos in a text: a paragraph of their own, with alt text and credit, and nothing of what was
written is dropped.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.body import InlinePhoto
from tests.markdown.setting import SETTER

WORDS = st.text(alphabet="ab c.,é(){}[]<>&'/", max_size=20)


def photo(markdown: str) -> InlinePhoto:
    body, faults = SETTER.set(markdown, "a.md")
    assert faults == []
    (only,) = body.photos
    return only


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ('![A b](photos/x.jpg){credit="C"}', ("photos/x.jpg", "A b", "", "C", "photo")),
        ('![A](photos/x.jpg "B"){credit="C"}', ("photos/x.jpg", "A", "B", "C", "photo")),
        ('![A](photos/x.jpg) { caption="B"  credit="C" credit_label="Image" }', ("photos/x.jpg", "A", "B", "C", "image")),
        ("![A\nb](photos/x.jpg){credit='C\nd'}", ("photos/x.jpg", "A b", "", "C d", "photo")),
        ('![A](</photos/my x.jpg>){credit="C"}', ("photos/my x.jpg", "A", "", "C", "photo")),
        ('![A]({static}/photos/x.jpg){credit=“C”}', ("photos/x.jpg", "A", "", "C", "photo")),
        ('![A [b] c](photos/x.jpg){credit="D &amp; E" caption="{x} <b>"}', ("photos/x.jpg", "A [b] c", "{x} <b>", "D & E", "photo")),
    ],
)  # fmt: skip
def test_ways_to_write_a_photo(markdown: str, shown: tuple[str, ...]) -> None:
    found = photo(markdown)
    assert (found.photo, found.alt, found.caption, found.credit, found.credit_label) == shown


@pytest.mark.parametrize(
    ("words", "given_away"),
    [("", False), (' redistribute="no"', False), (' redistribute="Yes"', True)],
)
def test_others_may_print_a_photo_that_says_so(words: str, given_away: bool) -> None:
    assert photo(f'![A](photos/x.jpg){{credit="C"{words}}}').redistribute == given_away


@pytest.mark.parametrize(
    "braces",
    ['{wide credit="C"}', '{credit="C" wide}', '{credit="C"}{wide}', '{wide} {credit="C"}'],
)
def test_a_photo_may_be_wider_than_its_text(braces: str) -> None:
    body, faults = SETTER.set(f"![A](photos/x.jpg){braces}", "a.md")
    assert faults == []
    assert [photo.breadth for photo in body.photos] == ["wide"]


@given(WORDS, WORDS, WORDS)
def test_words_of_a_photo_are_kept_or_refused(alt: str, caption: str, credit: str) -> None:
    body, faults = SETTER.set(
        f'![{alt}](photos/x.jpg){{caption="{caption}" credit="{credit}"}}', "a.md"
    )
    if faults:
        return
    (found,) = body.photos
    for written, made in ((alt, found.alt), (caption, found.caption), (credit, found.credit)):
        assert (
            written.replace("'", "").split()
            == made.replace("’", "").replace("‘", "").replace("…", "...").split()
        )


def test_a_photo_stands_where_it_was_put() -> None:
    markdown = (
        '- a\n\n    ![B](photos/b.jpg){credit="C"}\n\n>'
        ' ![D](photos/d.jpg){credit="C"}\n\n![E](photos/e.jpg){credit="C"}'
    )
    body, faults = SETTER.set(markdown, "a.md", 7)
    assert faults == []
    assert [(each.photo, each.line) for each in body.photos] == [
        ("photos/b.jpg", 9),
        ("photos/d.jpg", 11),
        ("photos/e.jpg", 13),
    ]
    assert (
        body.html.index("\x0eP0\x0f")
        < body.html.index("</ul>")
        < body.html.index("\x0eP1\x0f")
        < body.html.index("\x0eP2\x0f")
    )
