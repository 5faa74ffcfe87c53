"""Markdown of other systems, as HTML."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside_import.markdown import Dialect, to_html

DIALECTS: tuple[Dialect, ...] = ("commonmark", "kramdown", "python")

WORD = st.from_regex(r"w[a-z]{2,6}", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda words: f"## {words}"),
    LINE.map(lambda words: f"## {words}\n{{: .large #part}}"),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"- {line}" for line in lines)
    ),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"> {line}" for line in lines)
    ),
    st.tuples(LINE, LINE).map(lambda pair: f"**{pair[0]}** *{pair[1]}*"),
    st.tuples(LINE, LINE).map(
        lambda pair: f'[{pair[0]}](https://old.example/){{:target="_blank"}} {pair[1]}'
    ),
    LINE.map(lambda words: f"```python\n{words}\n```"),
    LINE.map(lambda words: f"    {words}"),
    st.tuples(LINE, LINE).map(
        lambda pair: f"| {pair[0]} | {pair[1]} |\n|---|---|\n| {pair[1]} | {pair[0]} |"
    ),
    st.tuples(LINE, LINE).map(lambda pair: f"{pair[0]}\n: {pair[1]}"),
    LINE.map(lambda words: f'<div class="x">\n<p>{words}</p>\n</div>'),
)


def words_of(html: str) -> Counter[str]:
    return Counter(re.findall(r"\bw[a-z]{2,6}\b", BeautifulSoup(html, "html.parser").get_text(" ")))


@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join), st.sampled_from(DIALECTS))
@settings(max_examples=150)
def test_every_word_survives(text: str, dialect: Dialect) -> None:
    html, problem = to_html(text, dialect)
    assert not problem
    assert words_of(html) == Counter(re.findall(r"\bw[a-z]{2,6}\b", text))


@given(
    st.text(alphabet="ab *_[](){}<>!#`~|:-=+^\n\t\"'/\\&;1.%$@", max_size=300),
    st.sampled_from(DIALECTS),
)
@settings(max_examples=300)
def test_no_text_is_too_odd(text: str, dialect: Dialect) -> None:
    to_html(text, dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "sign",
    [
        "[" * 30_000,
        ">" * 30_000,
        "*" * 60_000,
        "<a " * 30_000,
        "![](" * 10_000,
        "- " * 5_000,
        "word " * 40_000,
    ],
)
def test_no_text_keeps_an_import_waiting(dialect: Dialect, sign: str) -> None:
    html, _ = to_html(f"before\n\n{sign}\n\nafter", dialect)
    assert "before" in html
    assert "after" in html


def test_attributes_are_not_words() -> None:
    html, _ = to_html(
        """\
## One
{: #first .wide}

## Two {#second}

A [link](/x/){:target="_blank"}, ![alt](a.png){: .right}.
{: .lead}

| a | b |
|---|---|
| 1 | 2 |
{: .table}

```js {linenos=table}
let x = "{: .kept}"
```""",
        "kramdown",
    )
    assert '<h2 id="first">One</h2>' in html
    assert '<h2 id="second">Two</h2>' in html
    text = BeautifulSoup(html, "html.parser").get_text()
    assert text.count("{") == 1
    assert "{: .kept}" in text
    assert "target" not in text
    assert html.count("<tr>") == 2


def test_braces_that_are_words_stay() -> None:
    html, _ = to_html("A set {a, b} and {x=1} and `{: .x}` stay.", "kramdown")
    assert "{a, b} and {x=1} and <code>{: .x}</code>" in html


@pytest.mark.parametrize("dialect", DIALECTS)
def test_notes_have_their_place_and_their_text(dialect: Dialect) -> None:
    html, _ = to_html(
        "A claim.[^1] Another.[^b]\n\n[^1]: Its *source*.\n\n    More of it.\n\n[^b]: Second.",
        dialect,
    )
    soup = BeautifulSoup(html, "html.parser")
    places = [str(place["data-note"]) for place in soup.select("sup[data-note]")]
    texts = {
        str(text["data-note-text"]): text.get_text() for text in soup.select("[data-note-text]")
    }
    assert [" ".join(texts[key].split()) for key in places] == [
        "Its source. More of it.",
        "Second.",
    ]
    assert not soup.select("a")


def test_headings_have_the_ids_that_links_use() -> None:
    html, _ = to_html("# What's *new*?\n\n## Again\n\n## Again\n\n[up](#whats-new)", "commonmark")
    assert [
        str(heading["id"]) for heading in BeautifulSoup(html, "html.parser").select("h1, h2")
    ] == [
        "whats-new",
        "again",
        "again-1",
    ]


def test_what_only_one_dialect_has() -> None:
    kramdown, _ = to_html(
        """\
* Contents
{:toc}

{::comment}
hidden
{:/comment}

The WTO met.

*[WTO]: World Trade Organization

- [ ] open
- [x] done""",
        "kramdown",
    )
    assert "hidden" not in kramdown
    assert "Contents" not in kramdown
    assert '<abbr title="World Trade Organization">WTO</abbr>' in kramdown
    assert "☐ open" in kramdown
    assert "☑ done" in kramdown
    python, _ = to_html(
        '[TOC]\n\n!!! note "Mind"\n    the gap\n\nthen\n\n    :::python\n    x = 1 < 2',
        "python",
        ("markdown.extensions.toc", "os.path", "evil.module"),
    )
    assert "TOC" not in python
    assert python.startswith("<aside")
    assert '<pre><code class="language-python">x = 1 &lt; 2' in python


def test_markdown_in_html_is_read_where_its_author_said_so() -> None:
    html, _ = to_html('<div class="note" markdown="1">\n**strong** words\n</div>', "kramdown")
    assert "<strong>strong</strong>" in html
