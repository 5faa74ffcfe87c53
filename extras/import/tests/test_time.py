"""An import takes time in proportion to its input, whatever stands in it: ten times the text takes
about ten times as long.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import imported, wordpress
from broadside.markdown.writer import clean_line
from broadside_import import headers, markdown, pelican, sites, tags, tidy, wordpress_html, wxr
from broadside_import.credits import split_credit
from broadside_import.html import Converter
from test_html import PLAIN
from tests.sample import Outlet

LETTERS = 2_000
WORTH_MEASURING = 0.2
"""Seconds of processor time; what takes less at ten times the size is no matter."""
MOST = 30
"""How many times as long ten times the text may take; a search from every start takes a hundred
times as long.
"""
Read = Callable[[str], object]


def broken_item(text: str) -> object:
    """What is found in an item of a WordPress export whose XML is broken."""
    data = f"<rss><channel><item><title>x</title>{text}</item></channel></rss>".encode()
    return list(wxr.items(io.BytesIO(data), "x.xml", wxr.WordpressExport()))


def cdata(text: str) -> object:
    """What is found in a broken item with a text."""
    return broken_item(f"<content:encoded><![CDATA[{text}]]></content:encoded><b>")


FUNCTIONS: dict[str, Read] = {
    "broken item": broken_item,
    "text of a broken item": cdata,
    "paragraphs": wordpress_html.autop,
    "short codes": lambda text: wordpress_html.converted(text, lambda _: "", []),
    "attributes": lambda text: wordpress_html.converted(f"[youtube {text}]", lambda _: "", []),
    "Hugo's tags": lambda text: (made := tags.hugo(text, tags.Context())).restored(made.text),
    "Liquid's tags": lambda text: (made := tags.liquid(text, tags.Context())).restored(made.text),
    "marks of Jekyll sites": lambda text: tags.liquid_with_old_marks(text, tags.Context()),
    "header": lambda text: headers.split(text, plain=True),
    "header in YAML": lambda text: headers.split(f"---\ntitle: {text}\n---\n"),
    "date": headers.moment,
    "heading": lambda text: sites.FIRST_HEADING.match(f"# a{text}x"),
    "line": sites.plain_words,
    "picture": lambda text: sites.photo_of({"image": text}),
    "addresses": lambda text: sites.ADDRESS.sub("", text),
    "cuts": lambda text: sites.CUT_BEFORE_WORDS.sub("", sites.CUT.sub("", text)),
    "kramdown": lambda text: markdown.to_html(text, "kramdown"),
    "heading in kramdown": lambda text: markdown.to_html(f"# a{text}b", "kramdown"),
    "page": pelican.html_header,
    "words of HTML": tidy.plain,
    "line of words": clean_line,
    "caption": split_credit,
    "body": lambda text: Converter().convert(f"<p>a{text}b</p>", PLAIN),
    "heading of a body": lambda text: Converter().convert(f"<h2>a{text}b</h2>", PLAIN),
}
PIECES = [
    *(" ", "\n", "\t", "a", "a ", "1", "-", "_", ".", "/", "/a", "#", "*", "*a ", "**a", "[", "]", "[a](", "(", "{", "}", "<", ">"),
    *('"', "'", "“", "`", "=", "|", "&", "&a", ";", ": ", "\\", "\xa0", "\u202e", "\\\n", " \n", "\n\n", "a\n", "- a\n", "> ", "! "),
    *("<a>", "<aa>", "<a", "<a href='", '<a href="', "<br>", " <br> ", "<br>\xa0", "<hr>", "<p>", "</p x>", "<b>a</b>", "<li>", "<li>a"),
    *("<!--", "<!--more", "<!--a-->b", "<pre>", "<script", "<script>", "<code>", "<code", "<p a\n", "<div>a</div>", "<img src=a>", "<i>a</i>b"),
    *("[caption ", "[caption]", "[wp_caption a]", "[code]", "[footnote]", "[embed ", "[embed]", "[gallery ", "[quote ", "[quote]", "[one_a"),
    *("[aa b=c]", "a=“", ' a="', "?w=", "<!-- wp:a {", '<!-- wp:block {"ref":1 ', "<!-- wp:footnotes ", "{{", "{%", "{#", "{{< a ", "{% a "),
    *("{{< br >}}", "{{< note >}}", "{% if x %}", '{% a "" ""', "{# a ", "{{ a }}", "{% raw %}", "{% a %}", '{{< a "', "{::comment}", "{: a", "{a=", "<p markdown=1", " markdown=1", "*[a]: b\n"),
    *("<wp:postmeta>", "<wp:comment>", "<content:encoded>", '<category domain="', "</item>", "=IMG=a=", "=CODE_START=\n", "=TEXTBOX_START=a=\n"),
    *("---\n", "a: b\n", "+++\n", "photo: ", "(photo by A", '<a href="#a">a</a>', '<p id="a">', "[^a]", "[^a]: b\n", "$", "$a\\b", "\\("),
]  # fmt: skip


def seconds(read: Read, text: str) -> float:
    """The processor time that a reading takes, the shortest of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
        if times[0] < WORTH_MEASURING / 10:
            break
    return min(times)


FEW = [
    " ",
    "\n",
    "\xa0",
    "#",
    "[caption ",
    "[code]",
    "<aa>",
    "<!--",
    "<pre>",
    "<a href='",
    "{% raw %}",
    "{::comment}",
]
"""Pieces that every run of the tests tries."""


@pytest.mark.parametrize(
    "pieces", [FEW, pytest.param(PIECES, marks=pytest.mark.slow)], ids=["few", "all"]
)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_ten_times_the_text_takes_about_ten_times_as_long(name: str, pieces: list[str]) -> None:
    slow = {}
    for piece in pieces:
        large = seconds(FUNCTIONS[name], piece * (10 * LETTERS // len(piece)))
        if large > WORTH_MEASURING:
            small = seconds(FUNCTIONS[name], piece * (LETTERS // len(piece)))
            if large > MOST * small:
                slow[piece] = (round(small, 4), round(large, 2))
    assert slow == {}


@pytest.mark.parametrize(
    "body",
    ["[caption " * 1_500, "<aa>" * 2_000, f"a{' ' * 15_000}b"],
    ids=["caption", "tags", "spaces"],
)
def test_so_does_a_whole_import(body: str, tmp_path: Path) -> None:
    def whole(times: int) -> float:
        folder = tmp_path / str(times)
        folder.mkdir()
        item = f"<item><title>A</title><wp:post_type>post</wp:post_type><content:encoded><![CDATA[<p>x</p>{body * times}]]></content:encoded>"
        source = folder / "export.xml"
        source.write_text(wordpress(f"{item}<wp:status>publish</wp:status></item>"), "utf-8")
        start = time.process_time()
        imported(Outlet(folder / "outlet"), "wordpress", source)
        return time.process_time() - start

    small, large = whole(1), whole(10)
    assert large < max(MOST * small, WORTH_MEASURING), (small, large)
