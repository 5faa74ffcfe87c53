"""Quotations as Markdown reads them, and pull quotes that stand by themselves among them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.core import Markdown

from broadside.markdown.blocks import Quotations
from tests.examples import times
from tests.markdown.setting import SETTER, codes, html_of, text_of

QUOTE, PULL = "<blockquote>{}</blockquote>", '<blockquote class="pullquote">{}</blockquote>'
A, B, C = "<p>A.</p>", "<p>B.</p>", "<p>C.</p>"
PIECES = [
    "> ",
    ">",
    "\n",
    "\n\n",
    "a",
    " b",
    "- ",
    "1. ",
    "    ",
    "# ",
    "> > ",
    "[x] ",
    "\\",
    "c\n> d\n\n> e",
]


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
        (
            "- > [!pullquote] A.\n\n    > B.",
            [f"<ul><li>{PULL.format(A)}{QUOTE.format(B)}</li></ul>"],
        ),
        ("> [!pullquote] A.\nB.", [PULL.format(A), B]),
        ("> A.\n>\n> [!pullquote] B.\nC.", [QUOTE.format(A), PULL.format(B), C]),
        ("> \\[!pullquote] A.", [QUOTE.format("<p>[!pullquote] A.</p>")]),
        ("> [!pullquote] *A.*", [PULL.format("<p><em>A.</em></p>")]),
    ],
)
def test_a_pull_quote_begins_at_its_mark_and_ends_with_its_last_line(
    markdown: str, blocks: list[str]
) -> None:
    body, faults = SETTER.set(markdown, "a.md")
    assert [block.html.strip() for block in body.blocks] == blocks
    assert faults == []


@settings(max_examples=times(3), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_without_pull_quotes_they_are_those_of_markdown(text: str) -> None:
    ours = Markdown()
    ours.parser.blockprocessors.register(Quotations(ours, lambda *_: None), "quote", 20)
    assert ours.convert(text) == Markdown().convert(text)


def test_the_line_of_a_pull_quote_without_words() -> None:
    assert html_of("> [!pullquote]\n>\n> a\n\n> [!pullquote]\n\nb")[1][0].line == 5


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


TITLE = '<p class="aside-title"><strong>{}</strong></p>'
ASIDE, DETAILS = (
    '<aside class="aside">{}</aside>',
    '<details class="details"><summary>{}</summary>{}</details>',
)


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("> [!aside] T\n> A.", [ASIDE.format(TITLE.format("T") + A)]),
        (
            "> [!Aside] *T*\n>\n> A.\n>\n> B.\n\nC.",
            [ASIDE.format(TITLE.format("<em>T</em>") + A + B), C],
        ),
        ("> [!aside]\n> A.", [ASIDE.format(A)]),
        (
            "> [!aside] T\n> - x\n> - y",
            [ASIDE.format(TITLE.format("T") + "<ul><li>x</li><li>y</li></ul>")],
        ),
        ("> [!aside] T\n> A.\n\n> B.", [ASIDE.format(TITLE.format("T") + A), QUOTE.format(B)]),
        ("> A.\n\n> [!aside]\n> B.", [QUOTE.format(A), ASIDE.format(B)]),
        ("> A.\n>\n> [!details] T\n> B.\nC.", [QUOTE.format(A), DETAILS.format("T", B), C]),
        (
            "> [!details] T\n> A.\n>\n> [!aside] U\n> B.",
            [DETAILS.format("T", A), ASIDE.format(TITLE.format("U") + B)],
        ),
        ("> [!aside] T\n>\n> > A.", [ASIDE.format(TITLE.format("T") + QUOTE.format(A))]),
        (
            "> [!aside] T\n> > [!details] U\n> > A.",
            [ASIDE.format(TITLE.format("T") + DETAILS.format("U", A))],
        ),
        ("- > [!aside] T\n  > A.", [f"<ul><li>{ASIDE.format(TITLE.format('T') + A)}</li></ul>"]),
        ("> \\[!aside] A.", [QUOTE.format("<p>[!aside] A.</p>")]),
    ],
)
def test_a_box_has_the_rest_of_its_line_as_its_title_and_ends_with_its_last_line(
    markdown: str, blocks: list[str]
) -> None:
    assert text_of(markdown).replace("\n", "") == "".join(blocks)


def test_a_wide_table_in_a_box_scrolls_there() -> None:
    box = BeautifulSoup(text_of("> [!aside] T\n> | a | b |\n> |---|---|\n> | c | d |\n"), "lxml")
    assert box.select_one("aside > div.table[tabindex] > table") is not None


@given(st.text("> -[]!aside\n\\*`", max_size=40))
def test_no_word_of_a_box_is_lost(text: str) -> None:
    body = "\n".join(f"> {line}" for line in f"w1 {text.strip()}\n\nw2".split("\n"))
    html, _ = html_of(f"> [!aside] w0\n{body}\n\nw3")
    assert html.startswith('<aside class="aside">')
    assert [word in html for word in ("w0", "w1", "w2", "w3")] == [True] * 4


def test_a_row_with_more_cells_than_columns_widens_the_table_and_loses_no_word() -> None:
    html, faults = html_of("| a | b |\n|---|--:|\n| c | d | e | |\n| f |\n")
    assert [(fault.code, fault.severity, fault.line) for fault in faults] == [
        ("unread", "warning", 3)
    ]
    table = BeautifulSoup(html, "lxml")
    assert [[cell.name for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")] == [
        ["th", "th", "td"],
        ["td", "td", "td"],
        ["td", "td", "td"],
    ]
    assert table.get_text(" ", strip=True) == "a b c d e f"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("##\n\nA.", "<p>A.</p>"),
        ("## \n\n##\n\n### B\n", '<h3 id="b">B</h3>'),
        ("> ###\n>\n> A.", QUOTE.format("<p></p>" + A)),
    ],
)
def test_a_heading_without_words_is_left_out(markdown: str, html: str) -> None:
    found, faults = html_of(markdown)
    assert found == html
    assert faults == []


@pytest.mark.parametrize(
    ("markdown", "link"),
    [
        ("[x](https://a.example/b c?d e)", '<a href="https://a.example/b%20c?d%20e">x</a>'),
        ('<a href="https://a.example/b c">x</a>', '<a href="https://a.example/b%20c">x</a>'),
        ("[x](http://localhost:8080/b)", "<a>x</a>"),
        ('<a href="http://127.0.0.1/">x</a>', "<a>x</a>"),
        ("<http://localhost:8080/b>", "<a>http://localhost:8080/b</a>"),
    ],
)
def test_a_link_that_no_reader_could_follow_as_it_is_written_does_no_harm(
    markdown: str, link: str
) -> None:
    html, faults = html_of(markdown)
    assert html == f"<p>{link}</p>"
    assert [fault.severity for fault in faults] == ["warning"]
