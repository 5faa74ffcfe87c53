"""Quotations as Markdown reads them, and pull quotes that stand by themselves among them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.core import Markdown

from broadside.plugins.markup.blocks import Quotations
from tests.examples import times
from tests.plugins.markup.setting import SETTER, codes, html_of

QUOTE, PULL = "<blockquote>{}</blockquote>", '<blockquote class="pullquote">{}</blockquote>'
A, B, C = "<p>A.</p>", "<p>B.</p>", "<p>C.</p>"
PIECES = ["> ", ">", "\n", "\n\n", "a", " b", "- ", "1. ", "    ", "# ", "> > ", "[x] ", "\\", "c\n> d\n\n> e"]


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("> A.\n\n> B.", [QUOTE.format(A + B)]),
        ("> A.\n\n> [!pullquote] B.", [QUOTE.format(A), PULL.format(B)]),
        ("> [!pullquote] A.\n\n> B.", [PULL.format(A), QUOTE.format(B)]),
        ("> A.\n\n> [!pullquote] B.\n\n> C.", [QUOTE.format(A), PULL.format(B), QUOTE.format(C)]),
        ("> [!pullquote] A.\n\n> [!Pull-Quote]\n> B.", [PULL.format(A), PULL.format(B)]),
        ("> A.\n>\n> [!pullquote] B.\n>\n> C.", [QUOTE.format(A), PULL.format(B + C)]),
        ("> [!pullquote]\n>\n> A.\n\n> B.\n\n> C.", [PULL.format(A), QUOTE.format(B + C)]),
        ("A.\n> [!pullquote] B.", [A, PULL.format(B)]),
        ("> > [!pullquote] A.\n\n> B.", [QUOTE.format(PULL.format(A) + B)]),
        ("- > [!pullquote] A.\n\n    > B.", [f"<ul><li>{PULL.format(A)}{QUOTE.format(B)}</li></ul>"]),
        ("> [!pullquote] A.\nB.", [PULL.format(A), B]),
        ("> A.\n>\n> [!pullquote] B.\nC.", [QUOTE.format(A), PULL.format(B), C]),
        ("> \\[!pullquote] A.", [QUOTE.format("<p>[!pullquote] A.</p>")]),
        ("> [!pullquote] *A.*", [PULL.format("<p><em>A.</em></p>")]),
    ],
)
def test_a_pull_quote_begins_at_its_mark_and_ends_with_its_last_line(markdown: str, blocks: list[str]) -> None:
    body, faults = SETTER.set(markdown, "a.md")
    starts = [0, *body.ends]
    assert [body.html[start:end].strip() for start, end in zip(starts, body.ends, strict=False)] == blocks
    assert faults == []


@settings(max_examples=times(3), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_without_pull_quotes_they_are_those_of_markdown(text: str) -> None:
    ours = Markdown()
    ours.parser.blockprocessors.register(Quotations(ours, lambda *_: None), "quote", 20)
    assert ours.convert(text) == Markdown().convert(text)


@pytest.mark.parametrize("markdown", ["> [!pullquote]", "> a\n\n> [!pullquote]\n\n> b", "> [!pullquote]\n>\n"])
def test_a_pull_quote_has_words(markdown: str) -> None:
    assert codes(markdown) == ["pullquote"]


def test_the_line_of_a_pull_quote_without_words() -> None:
    assert html_of("> [!pullquote]\n>\n> a\n\n> [!pullquote]\n\nb")[1][0].line == 5


@pytest.mark.parametrize(
    "mark",
    [
        "[!pull]",
        "[! pullquote]",
        "[!pullqoute]",
        "[pullquote]",
        "[!note]",
    ],
)
def test_a_mark_that_is_nearly_right_is_refused(mark: str) -> None:
    (fault,) = html_of(f"> Words.\n\n> {mark} Words.")[1]
    assert (fault.line, fault.severity, fault.code) == (3, "error", "pullquote")


@pytest.mark.parametrize(
    "markdown", ["> A.\n> [!pullquote] B.", "[!pullquote] B.", "- [!pullquote] B.", "A [!pull-quote]."]
)
def test_a_mark_elsewhere_is_refused(markdown: str) -> None:
    assert codes(markdown) == ["pullquote"]


@pytest.mark.parametrize(
    "markdown",
    [
        "> [!note](https://example.org/) B.",
        "> \\[!note] B.",
        "> [sic] B.",
        "> A [!note] B.",
        "> [!] B.",
        "`[!pullquote]`",
    ],
)
def test_what_is_no_mark_is_left_alone(markdown: str) -> None:
    assert codes(markdown) == []
