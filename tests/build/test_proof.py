"""The last look at a file before readers see it."""

from __future__ import annotations

import pytest

from broadside.build.proof import Proofreader

FILES = {"index.html", "about/index.html", "feed.xml", "photos/a.webp", "café/index.html"}
PAGE = '<!doctype html>\n<html lang="en"><title>T</title>\n<main><h1 id="top">T</h1>\n{}\n</main></html>\n'


def reader(root: str = "") -> Proofreader:
    return Proofreader(root, set(), ("shop", "app/old"))


def doubts(body: str, path: str = "x/index.html", root: str = "") -> list[str]:
    data = (PAGE.format(body) if path.endswith(".html") else body).encode()
    return [str(doubt.with_line(data)) for doubt in reader(root)(path, data, FILES.__contains__)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/">a</a> <a href="/about">b</a> <a href="/about/?q=1">c</a> <a href="/feed.xml">d</a>',
        '<a href="https://other.example/x/">a</a> <a href="mailto:a@b.example">b</a> <a href="//cdn.example/x">c</a>',
        '<a href="#top">up</a> <a href="#">nowhere</a>',
        '<a href="/caf%C3%A9/">by its escapes</a> <a href="/café/">and without</a>',
        '<a href="#caf%C3%A9">by its escapes</a> <p id="café">here</p>',
        '<a href="/shop/cart">a shop</a> <a href="/app/old/">another</a>',
        '<img src="/photos/a.webp" srcset="/photos/a.webp 1x, /photos/a.webp 2x">',
        '<code>&lt;a href="/gone/"&gt; &lt;img src="/gone.png"&gt; href="#gone" href="{filename}x.md"</code>',
        '<meta content="about href=&#34;#gone&#34; and /gone/"><code> href="#gone" src="/gone/"</code>',
        '<a href="https://other.example/{x}/">braces</a>',
        "<p>{{ <em>mustaches</em> }} and {% tags %} &amp; “{{quotes”</p>",
    ],
)
def test_a_sound_page_raises_no_doubt(body: str) -> None:
    assert doubts(body) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<a href="/gone/">a</a>', "x/index.html:4: leads to '/gone/', where there is nothing"),
        (
            '\n<img src="/photos/b.webp">',
            "x/index.html:5: leads to '/photos/b.webp', where there is nothing",
        ),
        ('<a href="/shopping/">a</a>', "leads to '/shopping/', where there is nothing"),
        ('<a href="#bottom">a</a>', "leads to '#bottom', which is not on the page"),
        (
            '<a href="{filename}x.md">a</a>',
            "has the link '{filename}x.md', which was never resolved",
        ),
        *(
            (f"<p>{sign}</p>", f"holds a placeholder, {sign!r}, that was never filled")
            for sign in "\2\3\x0e\x0f\x10\x11\x12"
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(body: str, says: str) -> None:
    found = doubts(body)
    assert says in found[0]
    assert all(line.startswith("x/index.html:") for line in found)


@pytest.mark.parametrize(
    "part", ["<!doctype html>", "<html lang=", "<title>", "<main", "<h1", "</html>"]
)
def test_a_page_that_lacks_a_part_is_doubted(part: str) -> None:
    (doubt,) = reader()("x.html", PAGE.replace(part, "<p>").encode(), FILES.__contains__)
    assert part.rstrip("=") in doubt.says


def test_below_a_path_only_links_below_it_lead_somewhere() -> None:
    assert doubts('<a href="/mag/about/">a</a> <a href="/mag/shop/">b</a>', root="/mag") == []
    for outside in ("/about/", "/magabout/"):
        (found,) = doubts(f'<a href="{outside}">a</a>', root="/mag")
        assert f"'{outside}', where there is nothing" in found


def test_a_place_on_another_page_is_for_the_other_page_to_have() -> None:
    (doubt,) = reader()(
        "x.html", PAGE.format('<a href="/about/#caf%C3%A9">a</a>').encode(), FILES.__contains__
    )
    assert (doubt.file, doubt.unless.decode()) == ("about/index.html", ' id="café"')


def test_what_machines_read_is_parsed() -> None:
    assert doubts('<a><link href="https://news.example/gone/"/></a>', "feed.xml") == []
    assert "is not well-formed: " in doubts("<a>&nbsp;</a>", "feed.xml")[0]
    assert doubts('{"url": "https://news.example/gone/"}', "feed.json") == []
    assert "is not JSON" in doubts("{", "feed.json")[0]


def test_what_is_neither_page_nor_feed_is_let_through() -> None:
    assert reader()("theme/a.css", b'a[href="/gone/"] {{', FILES.__contains__) == []
