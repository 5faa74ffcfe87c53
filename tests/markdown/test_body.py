"""What a body shows its readers."""

from __future__ import annotations

import pytest

from broadside.markdown.body import begins_with, first_sentence, is_empty
from tests.markdown.setting import SETTER


@pytest.mark.parametrize(
    "markdown",
    [
        "", "&nbsp;", "\u200b", "\u00ad&#8203;", "<div></div>", "***", "<br>", "## a", "a\n===\n\n---\n\n### b",
        "<!-- a -->", "> \n\n<p> </p>",
    ],
)  # fmt: skip
def test_a_body_that_shows_nothing(markdown: str) -> None:
    assert is_empty(SETTER.set(markdown, "a.md")[0])


@pytest.mark.parametrize(
    "markdown",
    [
        "a", "…", "🎉", "## a\n\nb", "- 1", "`a`", "<div>a</div>", "&amp;", '![a](photos/b.jpg){credit="c"}', "中",
        "[!video] [a](https://example.org/b)", '***\n\n> ![a](photos/b.jpg){credit="c"}',
    ],
)  # fmt: skip
def test_a_body_that_shows_something(markdown: str) -> None:
    assert not is_empty(SETTER.set(markdown, "a.md")[0])


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("A *b*.c d? E.", "A b.c d?"), ("A b", "A b"), ("“A!” b.[^1] C.\n\n[^1]: D.", "“A!” b."),
        ("The U.S. and J. Smith. And c.", "The U.S. and J. Smith."),
        ('![A.](photos/b.jpg){credit="c"}\n\nOne. Two.', "One."),
        ("## A\n\n---\n\n> [!pullquote] B.\n\nOne. Two.", "One."), ("    a\n\nهذا. ب.", "هذا."),
        ("&nbsp;\n\nOne. Two.", "One."), ("## A\n\n> One. Two.", "One."), ("## A", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_is_that_of_the_first_paragraph_where_there_is_one(
    markdown: str, sentence: str
) -> None:
    body = SETTER.set(markdown, "a.md")[0]
    assert first_sentence(body) == sentence
    assert begins_with(body, sentence) == bool(sentence), "so it need not be shown above the text"


@pytest.mark.parametrize(
    ("markdown", "kinds"),
    [
        ("a\n\n## b\n\n---\n\n- c\n\n1. d", "paragraph heading rule list list"),
        (
            "**a?**\n\n<b>a?</b>\n\n**a** b\n\n**a** b **c**",
            "question question paragraph paragraph",
        ),
        (
            "> a\n\n> [!pullquote] b\n\n> [!aside] c\n> d\n\n> [!details] e\n> f",
            "quotation pullquote box box",
        ),
        (
            '![a](photos/b.jpg){credit="c"}\n\n| a | b |\n|---|---|\n| c | d |\n\n    e = 1',
            "photo other other",
        ),
        ("a[^1]\n\n[^1]: b", "paragraph notes"),
    ],
)
def test_each_block_has_its_kind(markdown: str, kinds: str) -> None:
    assert [block.kind for block in SETTER.set(markdown, "a.md")[0].blocks] == kinds.split()


@pytest.mark.parametrize(
    ("dek", "repeats"),
    [
        ("The ice isn't here", True),
        ("The ice isn’t here…", True),
        ("The ice isn't here, and that is all [...]", True),
        ("THE ICE", True),
        ("The ice is here", False),
        ("Why the ice isn't here", False),
        ("The ice isn't here, and that is all there is", False),
        ("…", False),
        ("", False),
    ],
)
def test_a_dek_repeats_the_text_if_its_words_are_the_first(dek: str, repeats: bool) -> None:
    body = SETTER.set("## A head\n\nThe *ice* isn't here, and that is all.\n\nMore.", "a.md")[0]
    assert begins_with(body, dek) == repeats
