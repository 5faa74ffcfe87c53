"""The dialect as a whole: no word is lost, ids and links are in order, and one text never colours
the next.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.faults import errors_in
from broadside.markdown.body import PREFIX, Block, demoted, fill, plain_text
from broadside.markdown.dialect import MOST_FAULTS, Typesetter
from broadside.markdown.walk import PAGE_IDS
from tests.examples import times
from tests.markdown.setting import (
    ANYTHING,
    MARKS,
    PARTS,
    RAW,
    SETTER,
    SPACES,
    accepted,
    codes,
    html_of,
    text_of,
)

TEMPLATES = Path(__file__).parents[2] / "theme" / "templates"
MIXTURE = st.lists(st.sampled_from(ANYTHING), max_size=10).map("".join)
SHOWN = [
    *MARKS,
    *SPACES,
    *RAW,
    "*a* ",
    "[l](https://x.org)",
    "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
    "&amp;",
    "&copy;",
]


@settings(max_examples=times(4), deadline=None)
@given(MIXTURE)
def test_any_mixture_is_set_or_refused_and_the_blocks_are_the_whole(markdown: str) -> None:
    body, faults = SETTER.set(markdown, "a.md", 5)
    assert all(5 <= fault.line <= 5 + markdown.count("\n") for fault in faults)
    assert all(block.html.endswith("\n") for block in body.blocks[:-1])
    assert not re.search("[\x02\x03\x10-\x13]", fill(body.html, "", lambda _: "", lambda _: ""))


def test_an_apostrophe_in_an_address_begins_no_title() -> None:
    html = text_of(
        "The [Coast](https://example.org/d'Ivoire) votes (they say 'home'), as [Ghana](/g 'A"
        " (title)') does."
    )
    assert (
        """<a href="https://example.org/d'Ivoire">Coast</a> votes (they say ‘home’), as <a """
        in html
    )
    assert 'title="A (title)">Ghana</a> does.' in html


def test_no_word_is_lost_or_moved() -> None:
    random = Random(3)
    read, tries = 0, times(40)
    for number in range(tries):
        words = [f"w{number}x{n}q" for n in range(random.randint(1, 5))]
        pieces = [
            piece
            for word in words
            for piece in (random.choice(SHOWN), word, random.choice((" ", "", "\n", "\n\n")))
        ]
        markdown = "".join(pieces)
        html = accepted(markdown)
        if html is None or re.search(r"(```|~~~)[ .\w]*w", markdown):
            continue  # refused, or a word stands where a fence names its language
        read += 1
        places = [html.find(word) for word in words]
        assert -1 not in places, markdown
        assert places == sorted(places), markdown
    assert read > tries / 7


@settings(max_examples=times(1.5), deadline=None)
@given(MIXTURE, MIXTURE)
def test_a_text_is_set_alike_whatever_came_before(first: str, second: str) -> None:
    SETTER.set(first, "a.md")
    later = SETTER.set(second, "a.md")
    assert later == Typesetter().set(second, "a.md")


@settings(max_examples=times(3), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*PARTS, "# Main\n\n", "## fn 1\n\n", "## a\n\n", "> # a\n\n", "- x[^1]\n\n"]
        ),
        max_size=9,
    ).map("".join)
)
def test_ids_are_unique_and_every_place_in_the_text_is_there(markdown: str) -> None:
    html = accepted(markdown)
    if html is not None:
        soup = BeautifulSoup(html, "html.parser")
        ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert not any(re.search(r"\s", each) or each in PAGE_IDS for each in ids)
        assert {str(link["href"])[1:] for link in soup.select("a[href^='#']")} <= set(ids)


def test_ids_cannot_meet_those_of_the_pages_or_of_another_story() -> None:
    """What the theme calls its own is kept from headings; prefixes hold two hyphens, which no
    heading's id does.
    """
    theirs = set()
    for file in TEMPLATES.rglob("*.html"):
        theirs |= set(re.findall(r'\bid="([^"{]+)"', file.read_text("utf-8")))
    bodies = {"authors", "archive", "newest", "front-choice"}
    assert {each for each in theirs if each not in bodies} <= PAGE_IDS
    html = text_of(
        "\n\n".join(f"## {name}" for name in sorted(PAGE_IDS))
        + "\n\n## S1--main\n\n## a -- b --- c"
    )
    ids = re.findall(r'id="([^"]+)"', html)
    assert not PAGE_IDS & set(ids)
    assert not any("--" in each for each in ids)


def test_notes_whose_names_are_no_good_ids() -> None:
    html = text_of('a[^my "note"] b[^<x>]\n\n[^my "note"]: c\n[^<x>]: d')
    assert re.findall(r' id="([^"]+)"', html) == ["fnref-1", "fnref-2", "fn-1", "fn-2"]


def test_a_column_is_set_by_the_colons_below_its_head() -> None:
    html = text_of("| a | b | c | d |\n| --- | :--- | :---: | ---: |\n| 1 | 2 | 3 | 4 |")
    cells = re.findall(r"<(t[hd])([^>]*)>(.)", html)
    assert [(tag, words) for tag, how, words in cells if "align-end" in how] == [
        ("th", "d"),
        ("td", "4"),
    ]
    assert [(tag, words) for tag, how, words in cells if "align-center" in how] == [
        ("th", "c"),
        ("td", "3"),
    ]
    assert html.count("class=") == 1 + 4


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("#MeToo is no heading", "<p>#MeToo is no heading</p>"),
        ("##Heading", '<h2 id="heading">Heading</h2>'),
        ("# A\n\n## B\n\n### C", '<h2 id="a">A</h2>\n<h3 id="b">B</h3>\n<h4 id="c">C</h4>'),
        ("## A\n\n###### B", '<h2 id="a">A</h2>\n<h6 id="b">B</h6>'),
        (
            "## A\n\n## A\n\n## A-2",
            '<h2 id="a">A</h2>\n<h2 id="a-2">A</h2>\n<h2 id="a-2-2">A-2</h2>',
        ),
        ("a\\\nb  \nc", "<p>a<br>b<br>c</p>"),
        ("> [!pullquote] a", '<blockquote class="pullquote"><p>a</p></blockquote>'),
        ("    a\n\n\n", "<pre><code>a\n</code></pre>"),
        ("<div>a</div> b &amp; c\n\nd", "<div>a</div>\n<p>b &amp; c</p>\n<p>d</p>"),
        ("a ///Footnotes Go Here/// b[^1]\n\n[^1]: c", None),
        ("عربي", '<p dir="rtl">عربي</p>'),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ],
)
def test_what_becomes_of(markdown: str, html: str | None) -> None:
    made = text_of(markdown)
    assert made == html or (html is None and "///Footnotes Go Here///" in made)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("[x](/abc\\_b/)", "/abc_b/"),
        ("[x](/a/?b=c&amp;d=e#f)", "/a/?b=c&d=e#f"),
        ("[x]({filename}a.md)", "{filename}a.md"),
        ("[x](|filename|a.md)", "|filename|a.md"),
        ("[x](%7Bfilename%7Da.md)", "%7Bfilename%7Da.md"),
        ("[x][1]\n\n[1]: /a/", "/a/"),
        ('<a href="/a/?b&amp;c">x</a>', "/a/?b&c"),
        ("<a title='/no/' href='{filename}a.md'>x</a>", "{filename}a.md"),
    ],
)
def test_links_into_the_site_are_kept_for_later(written: str, kept: str) -> None:
    body, faults = SETTER.set(f"\n\n{written}", "a.md", 10)
    assert faults == []
    assert body.links == [(kept, 14 if "[1]:" in written else 12)]


def test_an_address_cannot_leave_its_attribute() -> None:
    body, _ = SETTER.set("[x](/a/) [y](/b/)", "a.md")
    html = fill(body.html, "", lambda n: f'/"onclick="{n}<>&', lambda _: "")
    assert BeautifulSoup(html, "html.parser").a.attrs == {"href": '/"onclick="0<>&'}  # type: ignore[union-attr]


def test_lines_of_the_same_words_are_told_apart() -> None:
    text = (
        "<script>\n\n</script>\n\n[x](/ok/)\n\na <u onclick='x'>\n\nb <u"
        " onclick='x'>\n\n[x](y)\n\n[x](y)"
    )
    found = html_of(text)[1]
    assert [fault.line for fault in found if fault.code == "html"] == [1, 7, 9]
    assert [fault.line for fault in found if fault.code == "link"] == [11, 13]


def test_warnings_by_the_hundred_do_not_hide_an_error() -> None:
    warnings = "\n\n".join(f"See the [report][{n}]." for n in range(MOST_FAULTS + 50))
    faults = html_of(f"{warnings}\n\n<script>")[1]
    assert errors_in(faults)
    assert sum(fault.severity == "warning" for fault in faults) == MOST_FAULTS
    assert errors_in(html_of(f"{warnings}\n\n<b>x")[1])


def test_a_warning_does_not_keep_tags_from_being_checked() -> None:
    assert codes("See the [report][1]. x</p> <p>y") == ["html", "reference"]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("海洋与法律的文章。" * 100, 450),
        ("ถนนน้ำแข็งรอ" * 100, 240),
        ("바다와 법", 2),
        ("naïve “é” — x", 4),
    ],
)
def test_words_are_counted_in_scripts_that_set_no_spaces_between_them(
    markdown: str, words: int
) -> None:
    text, faults = SETTER.set(markdown, "a.md")
    assert (text.words, faults) == (words, [])


def test_plain_words_and_lower_headings() -> None:
    body, _ = SETTER.set('## a & b\n\n[c](/d/) "e" `<f>`', "a.md")
    assert plain_text(body.html).split() == ["a", "&", "b", "c", "“e”", "<f>"]
    body, _ = SETTER.set(
        "a *b*, **c**d.[^1]\n\n- e\n- f\n\n| g | h |\n| - | - |\n| i | H<sub>2</sub>O |\n\n[^1]: j",
        "a.md",
    )
    assert plain_text(body.html).split() == ["a", "b,", "cd.", "1", *"efghi", "H2O", "j"]
    assert demoted([Block.of("<h2>a</h2><h5>b</h5>&lt;h2>")], "") == "<h3>a</h3><h6>b</h6>&lt;h2>"


def test_a_lower_heading_keeps_the_id_that_its_own_text_leads_to() -> None:
    body, _ = SETTER.set(
        "See [b](#b-c).\n\n## B c\n\n## D\n\n### É f\n\n[d](#d)[^1]\n\n[^1]: e", "a.md"
    )
    lower = demoted(body.blocks, body.html)
    assert re.findall("<h[^>]*>", lower) == [
        f'<h3 id="{PREFIX}b-c">',
        f'<h3 id="{PREFIX}d">',
        "<h4>",
    ]
    assert re.findall("<h[^>]*>", demoted(body.blocks, "")) == ["<h3>", "<h3>", "<h4>"]
    assert lower.count(f'id="{PREFIX}fn') == 2


def test_what_only_looks_like_an_entity_is_text() -> None:
    html, faults = html_of(
        'Q&A; &copy; &#8217; `&x;` [a &B;](https://example.org/?a=1&copy=2&b; "&T;")'
    )
    assert faults == []
    assert re.findall("&[^ <\"]*", html) == [
        *("&amp;A;", "&copy;", "&#8217;", "&amp;x;"), "&amp;copy=2&amp;b;", "&amp;T;", "&amp;B;"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markdown",
    ["[a](/search/?q=a&copy=b&current=c)", '<a href="/search/?q=a&amp;copy=b&current=c">a</a>'],
)
def test_the_query_of_an_address_of_this_site_stays_as_it_is(markdown: str) -> None:
    body, faults = SETTER.set(markdown, "a.md")
    assert (body.links, faults) == ([("/search/?q=a&copy=b&current=c", 1)], [])


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a**b*c", "<p><em>a**b</em>c</p>"),
        ("one *a**b*, two", "<p>one <em>a**b</em>, two</p>"),
        (r"*/**/*\>", "<p><em>/**/</em>&gt;</p>"),
    ],
)
def test_emphasis_that_is_not_closed_as_it_was_opened_swallows_no_letter(
    markdown: str, html: str
) -> None:
    assert html_of(markdown) == (html, [])


@given(
    st.lists(
        st.sampled_from(["*", "**", "***", "_", "__", "a", "b", " ", ",", r"\>"]), max_size=14
    ).map("".join)
)
def test_signs_of_emphasis_lose_no_letter(signs: str) -> None:
    body, _ = SETTER.set(f"x{signs}y", "a.md")
    letters = re.sub(r"[*_\s\\]", "", f"x{signs}y")
    assert re.sub(r"[*_\s]", "", plain_text(body.html)) == letters
