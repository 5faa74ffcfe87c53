"""Whatever is let through is what an independent reader of HTML lets through as well."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from random import Random

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.markdown.guard import (
    ALLOWED,
    ATTRIBUTES,
    link_problem,
    problems,
    relinked,
    structure_problem,
)
from tests.examples import times
from tests.markdown.setting import ANYTHING, HOSTILE, RAW, WORDS, accepted, text_of

TAGS = {*ALLOWED, "figure", "figcaption", "aside", "details", "summary"}
OURS = {"class", "id", "role", "aria-label", "tabindex"}
"""Attributes that Markdown and the dialect set, and a writer may not."""


class Seen(HTMLParser):
    """The tags of a page in their order, each with the names of its attributes; <tbody> may be left
    out.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "tbody":
            self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag != "tbody":
            self.tags.append((f"/{tag}", ()))


def cleaned(html: str) -> str:
    """The HTML as ammonia, which builds the page like a browser, lets it through."""
    attributes = {tag: {*ATTRIBUTES["*"], *ATTRIBUTES.get(tag, ()), *OURS} for tag in TAGS}
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def void_alike(tags: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    return [tag for tag in tags if tag[0] not in ("/br", "/hr", "/wbr", "/col")]


def check(markdown: str) -> bool:
    html = accepted(markdown)
    if html is None:
        return False
    assert void_alike(Seen(html).tags) == void_alike(Seen(cleaned(html)).tags), markdown
    return True


@settings(max_examples=times(6), deadline=None)
@given(st.lists(st.sampled_from(ANYTHING), max_size=10).map("".join))
def test_nothing_foreign_gets_through(markdown: str) -> None:
    check(markdown)


def test_nothing_foreign_gets_through_where_most_of_it_is_raw() -> None:
    random = Random(7)
    pieces, tries = [*RAW, *HOSTILE, *WORDS, "\n\n"], times(60)
    tried = ("".join(random.choices(pieces, k=random.randint(1, 5))) for _ in range(tries))
    assert sum(map(check, tried)) > tries / 12


@settings(max_examples=times(3))
@given(
    st.text(max_size=30),
    st.sampled_from(["[x]({})", "<a href='{}'>x</a>", "[x][1]\n\n[1]: {}", "<{}>"]),
)
def test_no_link_runs_a_program(address: str, form: str) -> None:
    for written in (
        address,
        f"javascript:{address}",
        f"\x01 java\tscript:{address}",
        f"JAVA&#115;cript:{address}",
    ):
        html = accepted(form.format(re.sub(r"[\x00-\x08\x0b-\x1f]", "", written)))
        for tag in re.findall(r"<a [^>]*href=[^>]*>", html or ""):
            assert "href" in cleaned(f"{tag}x</a>"), written


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org", "HTTP://EXAMPLE.ORG/a?b=c#d", "https://例え.jp/パス", "mailto:a@example.org", "tel:+32",
        "https://example.org:8080/a_(b)", "https://user@example.org/", "https://[::1]/", " https://example.org ",
        "https://example.org./", "https://intranet/", "https://example.org/a,b/../c..d", "mailto:?subject=a", "https://httpsexample.org",
        "http://localhost.example/", "http://127.0.0.1.example/", "http://127.0.0.10/", "https://example.org/?u=http://localhost/",
    ],
)  # fmt: skip
def test_good_addresses(address: str) -> None:
    assert link_problem(address) is None


@pytest.mark.parametrize(
    "html",
    [
        "<em>x</em>", "<br>", "<br/>", "<br />", '<a href="https://x.org" title="a b">x</a>', "<a href=https://x.org>x</a>",
        "<ol start=3 reversed type='i'><li value=\"4\">x</li></ol>", '<td colspan="2" align=right>x</td>', "<EM>x</EM>",
        '<span lang="pt-BR" dir="auto">x</span>', "<em\ntitle='a'>x</em >", '<time datetime="2026-11-01">x</time>',
    ],
)  # fmt: skip
def test_tags_that_a_story_may_hold(html: str) -> None:
    assert list(problems(html)) == []


@pytest.mark.parametrize(
    "html",
    [
        "</>", "<em", "<!x>", "<![x", "</3>",
    ],
)  # fmt: skip
def test_tags_that_are_refused(html: str) -> None:
    assert list(problems(html))


def test_every_tag_of_a_piece_is_refused_with_the_words_to_find_it() -> None:
    result = [
        (words, code)
        for words, code, *_ in problems('<div>\n<script>\n</script>\n<em onclick="x">y</em></i')
    ]
    assert result == [("<script>", "html"), ('<em onclick="x">', "html"), ("</i", "html")]


@pytest.mark.parametrize(
    "block",
    [
        "", "<p>a <em>b <b>c</b></em> d</p>", "<hr>", "<p>a<br>b</p>", "<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>",
        "<table><caption>a</caption><colgroup><col><col></colgroup><thead><tr><th>b</th></tr></thead></table>",
        "<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>", "<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>",
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "<p><ruby>a<rp>(</rp><rt>b</rt></ruby></p>",
        '<p title="&lt;b&gt;">a &amp; b&nbsp;c</p>', "<pre><code>&lt;b&gt;</code></pre>", "<div>c <em>b</em><p>c</p></div>", "\x0eP0\x0f",
        '<p><a href="\x0eL0\x0f">a</a> <a href="#\x10b">c</a></p>', "<table>\n<tbody><tr><td>a</td></tr></tbody></table>",
    ],
)  # fmt: skip
def test_blocks_that_a_browser_leaves_alone(block: str) -> None:
    assert structure_problem(block) is None


def test_links_into_the_site_are_exchanged_and_others_stay_to_the_letter() -> None:
    html = """<a title="a href='/no/' b" HREF = '/x/?a=1&amp;b=2'>x</a> <a href=https://y.org>y</a> <a>z</a>"""
    seen: list[str] = []

    def address(written: str) -> str:
        seen.append(written)
        return '/new/?"&' if written.startswith("/") else written

    made = relinked(html, address)
    assert seen == ["/x/?a=1&b=2", "https://y.org"]
    assert (
        made
        == """<a title="a href='/no/' b" href="/new/?&quot;&amp;">x</a> <a href=https://y.org>y</a> <a>z</a>"""
    )


def test_comments_are_not_printed() -> None:
    assert text_of("a <!-- b --> c") == "<p>a  c</p>"
    assert text_of("<div>a<!-- <script> --></div>") == "<div>a</div>"
