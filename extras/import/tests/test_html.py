"""HTML of archives becomes Markdown that the engine accepts, and no word is lost."""

from __future__ import annotations

from html import escape
from time import process_time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archives import words
from broadside.content.imported import LENIENT
from broadside_import.cards import card_of
from broadside_import.credits import split_credit
from broadside_import.html import (
    LONG_LINE,
    Converter,
    Resolve,
    _Dialect,
    _not_too_long,
    clean_words,
)
from broadside_import.model import Picture

CONVERTER = Converter()
PLAIN = Resolve(
    lambda photo: Picture(
        f"photos/{photo.address.rpartition('/')[2]}", photo.alt, photo.caption, photo.credit
    ),
    lambda href: href,
)


def markdown(html: str) -> str:
    return CONVERTER.convert(html, PLAIN).markdown


def as_set(text: str) -> BeautifulSoup:
    """The HTML that the engine makes of a text, which it accepts."""
    body, faults = CONVERTER.typesetter.set(text, "story")
    assert [
        fault for fault in faults if fault.severity == "error" and fault.code not in LENIENT
    ] == []
    return BeautifulSoup(body.html, "html.parser")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="x" style="y">One <b>two </b>three</p>', "One **two** three"),
        ("<center><p>In the middle</p></center>", "In the middle"),
        ("<h3>Why <strong>now</strong></h3>", "### Why now"),
        (
            '<a href="//host.example/x" target="_blank" rel="nofollow">x</a>',
            "[x](https://host.example/x)",
        ),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("<p>1. Not a list</p>", "1\\. Not a list"),
        ("<p># Not a heading</p>", "\\# Not a heading"),
        ("<p>*stars* and _lines_ and in_words</p>", "\\*stars\\* and \\_lines\\_ and in_words"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n    - b"),
        (
            "<!--[if gte mso"
            " 9]><xml><w:View>Normal</w:View></xml><![endif]--><h2>a</h2><xml><w:Zoom>0</w:Zoom>"
            + '<w:Locked Name="x"/>' * 200
            + "</xml><p>b<o:p></o:p></p>",
            "## a\n\nb",
        ),
        ("before<li>a</li>\n<li>b</li><br>after", "before\n\n- a\n- b\n\nafter"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<blockquote><p>q</p><blockquote>in it</blockquote></blockquote>", "> q\n>\n> > in it"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n<!-- -->\n\n> b"),
        (
            '<blockquote class="wp-block-pullquote"><p>Large</p></blockquote>',
            "> [!pullquote]\n> Large",
        ),
        ("<pre><code class='language-py'>a = `b`\n\nc</code></pre>", "```py\na = `b`\n\nc\n```"),
        ("<pre>a<br>  b</pre>", "```\na\n  b\n```"),
        ("<pre>if <b>a</b>:\n    return <i>b</i></pre>", "```\nif a:\n    return b\n```"),
        ('<pre>see <a href="https://x.example/">b</a>:\n  c</pre>', "```\nsee b:\n  c\n```"),
        ('<pre class="wp-block-verse">a\nb\n\nc</pre>', "a\\\nb\n\nc"),
        (
            (
                '<pre class="wp-block-verse">  a <em>b</em> c\n    <a'
                ' href="https://x.example/">d</a><br>\te\n \n- f\n  </pre>'
            ),
            (
                "&nbsp;&nbsp;a *b*"
                " c\\\n&nbsp;&nbsp;&nbsp;&nbsp;[d](https://x.example/)\\\n&nbsp;&nbsp;&nbsp;&nbsp;e\n\n\\- f"
            ),
        ),
        ('<pre class="poem">a *b\n 1. c</pre>', "a \\*b\\\n&nbsp;1. c"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        ("<hr><p>a</p><hr>", "a"),
        ("<p>a</p><!--more--><p>b</p>", "a\n\n<!--more-->\n\nb"),
        ("<table><tr><td>only <p>laid out</p></td></tr></table>", "only\n\nlaid out"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n: D"),
        (
            "<video src='https://a.example/a.mp4'/><p>Kept</p>",
            "[!video] [a.example/a.mp4](https://a.example/a.mp4)\n\nKept",
        ),
        (
            "<p>https://youtu.be/abcDEF12345</p>",
            (
                "[!video]"
                " [youtube.com/watch?v=abcDEF12345](https://www.youtube.com/watch?v=abcDEF12345)"
            ),
        ),
        ("<aside><h4>Who</h4><p>She.</p></aside>", "> [!aside] Who\n> She."),
        (
            '<div class="infobox">A box that says something more.</div>',
            "> [!aside]\n> A box that says something more.",
        ),
        ("<details><summary>How</summary><p>So.</p></details>", "> [!details] How\n> So."),
        (
            "<ul><li><details><summary>How</summary><p>So.</p></details></li></ul>",
            "- **How**\n\n    So.",
        ),
        ("<o:p></o:p><p class=MsoNormal>Word<o:p>&nbsp;</o:p></p>", "Word"),
        (
            '<a href="https://www.flickr.com/photos/a/123/in/set-9/"><img src="/a.jpg"></a>',
            "![](photos/a.jpg)\n\n[flickr.com](https://www.flickr.com/photos/a/123/in/set-9/)",
        ),
        (
            (
                '<p>a</p><p>[caption id="a_1" align="left"]<a href="/u/a.jpg"><img src="/u/a.jpg"'
                ' alt="A"></a> The quay.[/caption]</p>'
            ),
            'a\n\n![A](photos/a.jpg){caption="The quay."}',
        ),
        ("<pre>[caption]&lt;img>[/caption]</pre>", "```\n[caption]<img>[/caption]\n```"),
        (
            (
                '<blockquote class="twitter-tweet"><p>Words</p>— A (@a) <a'
                ' href="https://twitter.com/a/status/20">May 1</a></blockquote>'
            ),
            (
                "> Words\n>\n> — A (@a) [May 1](https://twitter.com/a/status/20)\n\n[!post]"
                " [x.com/a/status/20](https://x.com/a/status/20)"
            ),
        ),
        (
            (
                '<p onclick="x()">a<script>alert(1)</script> <a href="javascript:alert(1)">b</a>'
                ' &lt;script&gt; <img src="data:image/png;base64,AA"></p><style>p{}</style><svg'
                " onload=x><title>t</title></svg>"
            ),
            "a b &lt;script>",
        ),
    ],
)
def test_each_form_has_its_own_in_our_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected
    as_set(expected)


@pytest.mark.parametrize(
    "html",
    [
        (
            '<p>A claim.<a href="#_ftn1" name="_ftnref1">[1]</a> More.</p>'
            '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Its source.</p></div>'
        ),
        (
            '<p>A claim.<sup id="fnref:1"><a href="#fn:1">1</a></sup> More.</p><div'
            ' class="footnotes"><ol><li id="fn:1"><p>Its source. <a'
            ' href="#fnref:1">↩</a></p></li></ol></div>'
        ),
        (
            '<p>A claim.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>'
            ' More.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1"'
            ' class="footnote-number">1</a><div class="footnote-content"><p>Its'
            " source.</p></div></div>"
        ),
        (
            '<p>A claim.<sup data-fn="u" class="fn"><a id="u-link" href="#u">1</a></sup>'
            ' More.</p><ol class="wp-block-footnotes"><li id="u">Its source. <a'
            ' href="#u-link">↩</a></li></ol>'
        ),
        '<p>A claim.<sup data-note="k"></sup> More.</p><div data-note-text="k">Its source.</div>',
    ],
    ids=["word", "markdown", "substack", "wordpress", "ours"],
)
def test_notes_of_every_dialect_become_ours(html: str) -> None:
    assert markdown(html) == "A claim.[^1] More.\n\n[^1]: Its source."


def test_a_link_to_a_place_in_the_text_is_no_note() -> None:
    text = CONVERTER.convert(
        '<p><a href="#two">Two</a></p><h2 id="two">The second</h2><p id="three">x</p>', PLAIN
    )
    assert "[^" not in text.markdown
    assert text.places == {"two": 1, "three": 1}
    assert text.headings == ["the-second"]


@pytest.mark.parametrize(
    "box",
    [
        '<figure class="wp-block-gallery has-nested-images">{}</figure>',
        '<div class="gallery gallery-columns-2">{}</div>',
        '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-row">{}</div></figure>',
        "<div data-gallery>{}</div>",
    ],
)
def test_the_pictures_of_a_gallery_are_one(box: str) -> None:
    one = '<figure><img src="/u/{0}.jpg" alt="{0}"><figcaption>Its words.</figcaption></figure>'
    made = markdown(
        f"<p>Before.</p>{box.format(one.format('a') + one.format('b'))}{box.format(one.format('c'))}"
    )
    assert made.split("\n\n") == [
        "Before.",
        (
            '> [!gallery]\n> ![a](photos/a.jpg){caption="Its words."}\n>'
            ' ![b](photos/b.jpg){caption="Its words."}'
        ),
        '![c](photos/c.jpg){caption="Its words."}',
    ]
    assert as_set(made).select("figure.gallery")


def test_pictures_stand_by_themselves_with_their_words() -> None:
    html = """<p>Before <a href="https://shop.example/"><img src="/u/a.jpg" alt="A quay"></a> after.</p>
        <figure><img src="/u/b.jpg" alt="B [x]"><figcaption>The "old" pier. Photo by A. Person/Agency</figcaption></figure>
        <ul><li>one <img src="/u/c.jpg"></li></ul>"""
    made = markdown(html)
    assert made.split("\n\n") == [
        "Before after.",
        "![A quay](photos/a.jpg)",
        "[A quay](https://shop.example/)",
        '![B [x]](photos/b.jpg){caption=\'The "old" pier.\' credit="Photo by A. Person/Agency"}',
        "- one",
        "![](photos/c.jpg)",
    ]
    as_set(made)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("The pier. Photo by A. Person/Agency", ("The pier.", "Photo by A. Person/Agency")),
        ("The pier (Photo: A. Person)", ("The pier", "Photo: A. Person")),
        ("Photo courtesy of the town", ("", "Photo courtesy of the town")),
        ("A man took this photo by the sea", ("A man took this photo by the sea", "")),
        ("Photo by Łukasz Żak / Unsplash", ("", "Photo by Łukasz Żak / Unsplash")),
        ("The pier. © Agency 2019", ("The pier.", "© Agency 2019")),
        ("The pier (c) A. Person", ("The pier", "(c) A. Person")),
        ("Credits: A. Person", ("", "Credits: A. Person")),
        ("Le port. Crédits photo : A. Personne", ("Le port.", "Crédits photo : A. Personne")),
        ("Le port (photo par Élodie Morin)", ("Le port", "photo par Élodie Morin")),
        ("Der Hafen. Foto: dpa", ("Der Hafen.", "Foto: dpa")),
        ("Der Hafen. Bildquelle: A. Person", ("Der Hafen.", "Bildquelle: A. Person")),
        ("Der Hafen – Foto von Anna Groß", ("Der Hafen", "Foto von Anna Groß")),
        ("Foto von Anna Groß auf Unsplash", ("", "Foto von Anna Groß auf Unsplash")),
        ("Foto von Berlin", ("Foto von Berlin", "")),
        ("El puerto. Fotografía: Ana Díaz", ("El puerto.", "Fotografía: Ana Díaz")),
        ("Mostró una foto de Juan", ("Mostró una foto de Juan", "")),
        ("O porto. Foto: Divulgação/Porto", ("O porto.", "Foto: Divulgação/Porto")),
        ("O porto. Imagem de Ana Dias", ("O porto.", "Imagem de Ana Dias")),
        ("Il porto. Foto di Anna Rossi", ("Il porto.", "Foto di Anna Rossi")),
        ("Crediti: Anna Rossi", ("", "Crediti: Anna Rossi")),
    ],
)
def test_a_credit_is_found_in_a_caption(caption: str, expected: tuple[str, str]) -> None:
    assert split_credit(caption) == expected


def test_a_credit_with_links_is_a_credit_and_a_caption_with_links_a_paragraph() -> None:
    figure = '<figure><img src="/a.jpg" alt="A quay"><figcaption>{}</figcaption></figure>'
    link = '<a href="https://x.example/">{}</a>'.format
    text = CONVERTER.convert(
        figure.format(f"Photo by {link('A. Person')} / {link('Unsplash')}"), PLAIN
    )
    assert text.markdown == '![A quay](photos/a.jpg){credit="Photo by A. Person / Unsplash"}'
    assert text.left == [("a link in the credit Photo by A. Person / Unsplash", "its words")]
    below = markdown(figure.format(f"See {link('the chart')}. Photo: A. Person"))
    assert (
        below == "![A quay](photos/a.jpg)\n\nSee [the chart](https://x.example/). Photo: A. Person"
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "//www.youtube.com/embed/abcDEF12345?rel=0",
            ("video", "https://www.youtube.com/watch?v=abcDEF12345"),
        ),
        ("https://player.vimeo.com/video/12345", ("video", "https://vimeo.com/12345")),
        ("https://twitter.com/a/status/20?s=1", ("post", "https://x.com/a/status/20")),
        ("https://maps.example/x", None),
        ("not an address", None),
        ("http://[", None),
    ],
)
def test_players_are_known_by_their_addresses(address: str, expected: Any) -> None:
    found = card_of(address)
    assert (found and (found.kind, found.address)) == expected


INLINE = st.sampled_from("b i em strong a span code sup sub u small font del".split())
BLOCKS = st.sampled_from(
    "p div h2 h4 blockquote ul ol li table tr td th pre center dl dt dd aside section".split()
)
TEXT = st.text(
    st.sampled_from(list("abz 01\n*_`[](){}<>&#|!-+=~:.\\\"'é“”^$%/")), min_size=1, max_size=14
).map(lambda text: escape(text, quote=False))
TREES = st.recursive(
    TEXT,
    lambda inner: st.tuples(st.one_of(INLINE, BLOCKS), st.lists(inner, min_size=1, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=14,
)


@given(st.lists(TREES, min_size=1, max_size=4).map("".join))
@example("<ul><b><ul>0</ul>0</b>0<ol>0</ol></ul>")
@settings(max_examples=50, deadline=None)
def test_no_word_is_lost_and_the_engine_accepts_all(html: str) -> None:
    page = as_set(markdown(html))
    source = BeautifulSoup(html, "html.parser")
    assert "".join(words(page)) == "".join(words(source)) or sorted("".join(words(page))) == sorted(
        "".join(words(source))
    )


def test_words_are_plain() -> None:
    assert clean_words("A <em>new</em>&nbsp;day &amp; a\u200b half") == "A new day & a half"


def test_very_deep_and_very_long_texts_keep_their_words() -> None:
    deep = CONVERTER.convert("<div>" * 5_000 + "<p>inside</p>" + "</div>" * 5_000, PLAIN)
    assert deep.markdown == "inside"
    assert deep.left != []
    long = CONVERTER.convert("<p>" + "word " * 60_000 + "</p>", PLAIN)
    assert long.markdown.split() == ["word"] * 60_000


@pytest.mark.parametrize(
    ("html", "of"),
    [
        (
            "<blockquote><p>x</p><ul><li>a</li></ul><ul><li>b</li></ul></blockquote>",
            "blockquote > ul",
        ),
        ("<ul><li>x<ul><li>a</li></ul><ul><li>b</li></ul></li></ul>", "li > ul"),
        ("<aside><ol><li>a</li></ol><ol><li>b</li></ol></aside>", "aside > ol"),
        (
            "<ul><li><blockquote>a</blockquote><blockquote>b</blockquote></li></ul>",
            "li > blockquote",
        ),
    ],
)
def test_lists_and_quotations_side_by_side_within_another_block_stay_two(
    html: str, of: str
) -> None:
    body = as_set(markdown(html))
    assert [each.get_text() for each in body.select(of)] == ["a", "b"]
    assert all(paragraph.get_text() for paragraph in body.select("p"))


def test_facts_beside_a_photo_stay_a_table_and_a_gallery_does_not() -> None:
    facts = "".join(
        f"<tr><td>Fact {number}</td><td>Value {number}</td></tr>" for number in range(4)
    )
    made = markdown(
        f"<table><tr><td rowspan=5><img src='/a.jpg' alt='Her'></td></tr>{facts}</table>"
    )
    body = as_set(made)
    assert made.startswith("![Her](photos/a.jpg)")
    assert [len(row.select("td, th")) for row in body.select("table tr")] == [2] * 4
    gallery = (
        "<tr><td><img src='/a.jpg'></td><td><img"
        " src='/b.jpg'></td></tr><tr><td>One</td><td>Two</td></tr>"
    )
    assert not as_set(markdown(f"<table>{gallery * 3}</table>")).select("table")


FACTS = (
    "<table>{}<tr><td>서울</td><td>Nine"
    " million</td></tr><tr><td>부산</td><td>Three</td></tr></table>"
)


@pytest.mark.parametrize("head", ["", "<tr><th>City</th><th>People</th></tr>"])
def test_a_table_of_facts_within_one_that_lays_out_stays_a_table(head: str) -> None:
    facts = FACTS.format(head)
    layout = f"<table><tr><td>Menu</td><td><table><tr><td><p>Before.</p>{facts}<p>After.</p></td></tr></table></td></tr></table>"
    body = as_set(markdown(layout))
    assert len(body.select("table")) == 1
    assert [cell.get_text() for cell in body.select("table td")][-2:] == ["부산", "Three"]
    assert words(body) == words(BeautifulSoup(layout, "html.parser"))


def test_links_that_code_cannot_have_are_told() -> None:
    left = CONVERTER.convert('<pre>see <a href="https://x.example/">b</a></pre>', PLAIN).left
    assert left == [("a link in a block of code", "its words")]


def test_words_that_are_lost_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<p>{'Enough words stand here. ' * 60}</p><p>바다의 법</p>"
    assert CONVERTER.convert(html, PLAIN).left == []
    assert (
        CONVERTER.convert(
            f"<figure><img src='/a.jpg'><figcaption>Its words.</figcaption></figure>{html}", PLAIN
        ).left
        == []
    )
    monkeypatch.setattr(_Dialect, "convert_p", lambda *_, **__: "")
    told = CONVERTER.convert(f"<h2>Kept</h2>{html}", PLAIN).left
    assert told == [
        ("244 of 245 words, such as enough, words, stand, here, 바, 다, 의, 법", "nothing")
    ]


@pytest.mark.parametrize("unit", ["\\*a \\*\\*b ", "word ", "a b c "])
def test_a_very_long_line_is_broken_between_words_and_quickly(unit: str) -> None:
    text, began = unit * 50_000, process_time()
    broken = _not_too_long(text)
    assert process_time() - began < 3
    assert broken.replace("\n", " ") == text
    if unit == "word ":
        assert max(map(len, broken.split("\n"))) <= LONG_LINE


def test_a_list_of_very_many_items_is_looked_through_once() -> None:
    began = process_time()
    made = markdown(f"<ul>{'<li>An item.</li>' * 600}</ul>")
    assert process_time() - began < 10
    assert made.split("\n").count("- An item.") == 600
    assert markdown("<ol><li><p>One.</p><p>Two.</p></li><li>Three.</li></ol>").count("\n\n") == 2


@pytest.mark.parametrize(
    "raw",
    [
        "$$E = mc^2$$",
        "$\\alpha + x$",
        "\\(x\\)",
        "\\begin{align}",
        "{{ page.x }}",
        "{% include x %}",
    ],
)
def test_formulas_and_templates_that_stay_raw_are_told(raw: str) -> None:
    text = CONVERTER.convert(f"<p>So {raw} is.</p>", PLAIN)
    assert [(what.rpartition(", such as ")[2], kept_as) for what, kept_as in text.left] == [
        (raw, "their text")
    ]
    assert CONVERTER.convert(f"<pre>{raw}</pre><p>It costs $5 or $6, {{ }}.</p>", PLAIN).left == []
