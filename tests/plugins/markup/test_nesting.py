"""Tags are closed in order and stand where a browser leaves them."""

from __future__ import annotations

import pytest

from broadside.plugins.markup.nesting import problem_in


@pytest.mark.parametrize(
    "block",
    [
        "", "<p>a <em>b <b>c</b></em> d</p>", "<hr>", "<p>a<br>b</p>", "<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>",
        "<table><caption>a</caption><colgroup><col><col></colgroup><thead><tr><th>b</th></tr></thead></table>",
        "<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>", "<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>",
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "<p><ruby>a<rp>(</rp><rt>b</rt></ruby></p>",
        '<p title="<b>">a</p>', "<pre><code>&lt;b&gt;</code></pre>", "<div>a <em>b</em><p>c</p></div>", "\x0eP0\x0f",
    ],
)  # fmt: skip
def test_blocks_in_order(block: str) -> None:
    assert problem_in(block) is None


@pytest.mark.parametrize(
    ("block", "words", "message"),
    [
        ("<p>a <b>b</p>", "<b>b", "<b> is not closed in its paragraph"),
        ("<ul><li>a <b>b</li></ul>", "<b>b", "<b> is not closed before </li>"),
        ("<p>a</b> c</p>", "</b> c", "</b> closes nothing that is open inside <p>"),
        ("</p>", "</p>", "</p> closes nothing that is open"),
        ("<div><b>bold", "<b>bold", "<b> is not closed in its paragraph"),
        ("<p><b>a<i>b</b></i></p>", "<i>b", "<i> is not closed before </b>"),
        ("<p>a <p>b</p></p>", "<p>b", "<p> stands inside <p>"),
        ("<p><em><ul><li>a</li></ul></em></p>", "<ul>", "<ul> stands inside <em>"),
        ("<h2>a<hr>b</h2>", "<hr>b", "<hr> stands inside <h2>"),
        ("<li>a</li>", "<li>a", "<li> stands outside of <ol>, <ul>"),
        ("<ul><li>a<li>b</ul>", "<li>b", "<li> is not closed before <li>"),
        ("<dl><dt>a<dd>b</dl>", "<dd>b", "<dt> is not closed before <dd>"),
        ("<table><tr><p>a</p></tr></table>", "<p>a", "<p> stands inside <tr>"),
        ("<table>lost<tr></tr></table>", "lost", "words stand directly in <table>"),
        ("<ul><ul></ul></ul>", "<ul>", "<ul> stands inside <ul>"),
        ("<a href='x'><b><a href='y'>z</a></b></a>", "<a href='y'>z", "a link stands inside a link"),
        ("<p>a</p> b <p>c</p>", "</p> b ", "</p> closes what holds the tags after it"),
    ],
)
def test_what_a_browser_would_move(block: str, words: str, message: str) -> None:
    problem = problem_in(block)
    assert problem is not None
    assert (problem[0], problem[1], problem[2]) == (words, "html-nesting", message)
