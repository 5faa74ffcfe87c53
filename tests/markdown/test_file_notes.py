"""What is said beside a link to a file, and what is not said twice."""

from __future__ import annotations

import pytest

from broadside.markdown.body import FileNote, fill
from broadside.markdown.dialect import Typesetter

NOTE = FileNote("PDF", "1.2 MB", "PDF, 1.2 MB")


def said(markdown: str) -> str:
    """The HTML of a text whose links all lead to a PDF of 1.2 MB."""
    body, faults = Typesetter().set(markdown, "a.md")
    assert faults == []
    links = [written for written, _ in body.links]
    return fill(
        body.html,
        "",
        lambda number: f"/{links[number]}",
        lambda _: "",
        files=dict.fromkeys(range(len(links)), NOTE),
    )


@pytest.mark.parametrize(
    ("markdown", "note"),
    [
        ("[The report](files/r.pdf) is out.", "(PDF, 1.2 MB)"),
        ("**[The report](files/r.pdf)**", "(PDF, 1.2 MB)"),
        ("[The report](/files/r.pdf)", "(PDF, 1.2 MB)"),
        ("[The report]({static}/files/r.pdf)", "(PDF, 1.2 MB)"),
        ("[The report, a PDF](files/r.pdf)", "(1.2 MB)"),
        ("[The report](files/r.pdf) (a pdf)", "(1.2 MB)"),
        ("[The report](files/r.pdf) (1.2 MB)", "(PDF)"),
        ("[The report (1,2 Mo)](files/r.pdf)", "(PDF)"),
        ("[The report](files/r.pdf) (PDF, 3 MB)", ""),
        ("[The report (PDF; 900 kB)](files/r.pdf)", ""),
        ("[The report](files/r.pdf). The PDF has 3 MB.", "(PDF, 1.2 MB)"),
        ("[12 beasts](files/r.pdf)", "(PDF, 1.2 MB)"),
        ("[A page](/files/)", ""),
        ("[A page](/about/)", ""),
    ],
)
def test_only_what_the_writer_has_not_said(markdown: str, note: str) -> None:
    html = said(markdown)
    assert html.count("file-note") == bool(note)
    assert f'</a> <span class="file-note">{note}</span>' in html or not note


def test_a_file_is_described_once_in_a_text() -> None:
    html = said(
        "[It](files/r.pdf), [page 2](files/r.pdf#page=2), [another](files/s.pdf) and [it"
        " again](files/r.pdf)."
    )
    assert html.count("file-note") == 2


def test_a_heading_is_named_by_its_words_alone() -> None:
    assert '<h2 id="the-report">' in said("## The [report](files/r.pdf)\n\nText.")


def test_without_the_file_nothing_is_said() -> None:
    body, _ = Typesetter().set("[It](files/r.pdf).", "a.md")
    assert fill(body.html, "", lambda _: "", lambda _: "") == "<p><a>It</a>.</p>"
