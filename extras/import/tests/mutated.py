"""Exports that something has damaged: small ones of each kind, of which a seeded hand flips bytes,
swaps values and cuts parts off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from archives import attachment, attrs, ghost, item, node, wordpress, zipped
from broadside_import.command import KINDS
from sites import written

Files = dict[str, bytes]
PARTS = 300
"""Exports in the whole corpus."""
BODY = (
    '<h2 id="a">A heading</h2><p>Words with <b>bold</b>, <a'
    ' href="https://lantern.example/2019/03/story-2/#a">a link</a> and <a href="/files/a.pdf">a'
    ' file</a>.<a href="#n1" id="r1">1</a></p><figure><img src="/u/a-300x200.jpg"'
    ' alt="A"><figcaption>A. Photo:'
    " B</figcaption></figure><table><tr><th>a</th><th>b</th></tr><tr><td"
    ' colspan="2">c</td></tr></table><ol'
    ' start="3"><li>x<ul><li>y</li></ul></li></ol><blockquote>q</blockquote><pre><code'
    ' class="language-py">1</code></pre><iframe'
    ' src="https://www.youtube.com/embed/abcDEF12345"></iframe><p id="n1">The note. <a'
    ' href="#r1">back</a></p>'
)
MARKDOWN = (
    "# Words\n\nA [link](/2020/01/two/) and [another](two.md#words), a"
    ' note.[^1]\n\n![A](a.jpg)\n\n| a | b |\n| - | - |\n| c | d |\n\n{{< figure src="a.jpg"'
    ' caption="C" >}}\n{% include note.html text="x" %} {{ site.title }}\n\n- one\n    -'
    ' two\n\n```py\n1\n```\n\n<!--more-->\n\n<div markdown="1">*x*</div>\n{: .note}\n\n*[HTML]:'
    " words\n\n[^1]: The note.\n"
)
HEADER = (
    "---\ntitle: \"One: two\"\ndate: 2020-01-02T10:00:00+01:00\nlastmod: 2020-02-03\nauthor: Mara Lindqvist\nauthors: [Mara, Ivo]\n"
    "categories: [World]\ntags: [ice, {name: sea}]\nimage: {path: /a.jpg, alt: A}\ndescription: A dek.\ncanonical: https://x.example/a\n"
    "aliases: [/old/one/]\nredirect_from: /older/\nslug: one\nlang: fr\nweight: 3\n---\n"
)  # fmt: skip
ODD = [
    *("", " ", "null", "true", "-1", "²", "9" * 5_000, "1e999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
      "0000-00-00"),
    *("http://[x/a", "//[site_url]/a", "http://\u2100/", "%00", "%ff%fe", "../../x", "x" * 300, "ä" * 300, "/", "?", "#",
      "mailto:"),
    *("A <![x B", "<![CDATA[", "]]>", "<!--", "-->", "<script>", "</item>", "<item>", "&#xD800;", "&#0;", "&nope;", "&lt;",
      "<b><i>"),
    *("\0", "\ufeff", "\u202e", "\u2028", "\ue0005\ue000", "\ue0017\ue001", "\ue0020\ue002", "\ue00012345\ue000", "\x1b[31m",
      "\\ud800"),
    *("[caption ]", "[gallery ids='1,2,x']", "[code]", "[/code]", "{{", "}}", "{%", "{% raw %}", "{slug.__class__}", "{0}",
      "{", "%s"),
    *("[" * 300, "{" * 300, "- " * 300, "> " * 300, "<div>" * 300, "*" * 300, "&a", "*a", "!!python/object:x", "a: b: c", '"',
      "'", "`" * 9),
    *("rot13", "base64", "utf-16", "zz", "Nowhere/Zone", "../../etc/passwd", "%Y/%", "(a+)+$", "(?P<date", ":year/:title",
      "<a href=x>"),
]  # fmt: skip


def seeds() -> dict[str, Files]:
    """A small export of each kind."""
    footnotes = json.dumps([{"id": "f1", "content": "A note."}])
    export = wordpress(
        item(1, BODY, meta={"_thumbnail_id": "3", "_wp_old_slug": "older", "subtitle": "A dek", "footnotes": footnotes}, parent=2),
        item(2, '[caption id="x" caption="C"]<img src="a.jpg">[/caption]\n\n[gallery ids="3"][audio src="/a.mp3"] [x_y a="b"]'),
        attachment(3, "https://lantern.example/wp-content/uploads/2019/a.jpg", "A", "A picture", parent=1),
        item(4, '<!-- wp:paragraph {"a":1} --><p>x<sup data-fn="f1"><a href="#f1" id="f1-link">1</a></sup></p><!-- /wp:paragraph -->'
             '<!-- wp:block {"ref":5} /--><!-- wp:footnotes /-->', kind="page", categories=[("post_tag", "x", "X"), ("author", "cap-y", "Y")]),
        item(5, "<p>Again.</p>", kind="wp_block"),
    )  # fmt: skip
    link = node("link", node("text", text="x"), url="https://x.example/")
    text = node("paragraph", node("text", text="Words", format=1), link)
    cards = [
        node("image", src="/a.jpg", caption="C"),
        node("gallery", images=[{"src": "b.jpg"}]),
        node("list", start=3),
        node("x", a="b c"),
    ]
    mobiledoc = {
        "version": "0.3.1",
        "markups": [["a", ["href", "/x/"]]],
        "atoms": [["soft-return", ""]],
        "cards": [["markdown", {"markdown": "*x*"}]],
        "sections": [
            [1, "p", [[0, [0], 1, "x"], [1, [], 0, 0]]],
            [10, 0],
            [3, "ol", [[[0, [], 0, "y"]]]],
        ],
    }
    posts = [
        {"id": "1", "title": "One", "slug": "one", "html": f'{BODY}<div class="kg-card kg-bookmark-card"><a href="x">y</a></div>', "tags": ["News", "#in"]},
        {"id": "2", "title": "Two", "slug": "two", "lexical": json.dumps({"root": node("root", text, *cards)}), "feature_image": "__GHOST_URL__/a.jpg"},
        {"id": "3", "title": "Three", "slug": "three", "mobiledoc": json.dumps(mobiledoc), "visibility": "members", "canonical_url": "https://x.example/"},
    ]  # fmt: skip
    settings = [
        {"key": "url", "value": "https://glass.example/"},
        {"key": "navigation", "value": json.dumps([{"label": "Home", "url": "__GHOST_URL__/"}])},
        {"key": "permalinks", "value": "/:year/:slug/"},
    ]
    letters = (
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
        + "".join(
            f'{number}.letter{number},2022-03-0{number}T10:00:00.000Z,true,,newsletter,everyone,"Letter,'
            f' {number}",A dek,https://x.example/a.mp3\n'
            for number in (1, 2)
        )
    )
    kinds: dict[str, dict[str, object]] = {
        "youtube-wrap": {"videoId": "abcDEF12345"},
        "tweet": {
            "url": "https://x.com/a/status/20",
            "full_text": "a",
            "quoted_tweet": {"full_text": "b"},
        },
        "image-gallery-embed": {"gallery": {"images": [{"src": "a.jpg"}], "caption": "c"}},
        "embedded-post-wrap": {"url": "https://x.example/p/a", "title": "t"},
        "subscription-widget-wrap": {"url": "x"},
    }
    widgets = "".join(
        f'<div class="{name}" data-attrs="{attrs(**said)}"><a'
        ' href="https://lamp.example/p/letter1">x</a></div>'
        for name, said in kinds.items()
    )
    made: dict[str, dict[str, str]] = {
        "wordpress": {"export.xml": export},
        "ghost": {"export.json": ghost(posts, settings=settings), "routes.yaml": "collections:\n  /:\n    permalink: /{year}/{slug}/\n"},
        "substack": {"posts.csv": letters, "posts/1.letter1.html": BODY + widgets, "posts/2.letter2.html": widgets},
        "hugo": {
            "hugo.toml": 'baseURL = "https://lantern.example/"\ntitle = "Lantern"\n[permalinks]\nposts = "/:year/:month/:slug/"\n',
            "content/posts/one.md": HEADER + MARKDOWN,
            "content/posts/two/index.fr.md": "+++\ntitle = 'Two'\ndate = 2020-01-02\nweight = 0x10\n+++\n" + MARKDOWN,
            "content/world/_index.md": HEADER + "About.\n",
            "content/authors/mara/_index.md": HEADER,
            "content/about.md": '{"title": "About", "aliases": ["/us/"]}\n\nWords.\n',
            "data/authors/ivo.json": '{"name": "Ivo", "website": "https://ivo.example/", "image": "a.jpg"}',
        },
        "jekyll": {
            "_config.yml": "title: Lantern\nurl: https://lantern.example\npermalink: /:year/:title/\ntimezone: Europe/Oslo\ncollections:\n  people:\n    output: true\n",
            "_posts/2020-01-02-one.md": HEADER + MARKDOWN,
            "_posts/2020-01-03-two.markdown": "---\nlayout: post\n---\n=ZOOM=A quotation=\n\n" + MARKDOWN,
            "_data/navigation.yml": "main:\n  - title: A\n    url: /a/\n",
            "_data/authors.yml": "mara:\n  name: Mara Lindqvist\n  twitter: mara\n",
            "_includes/note.html": "<b>{{ include.text }}</b>",
            "about.md": HEADER + "Words.\n",
        },
        "eleventy": {
            "eleventy.config.js": "export default { dir: { input: 'src' } }",
            "src/_data/site.json": '{"title": "Lantern", "url": "https://lantern.example"}',
            "src/posts/posts.json": '{"tags": ["posts"], "permalink": "/{{ page.date | date: \\"%Y\\" }}/{{ title | slugify }}/"}',
            "src/posts/one.md": HEADER + MARKDOWN,
            "src/posts/2020-01-03-two.md": "---\ntitle: Two\n---\n" + MARKDOWN,
            "src/tags.njk": "---\npagination:\n  data: collections\n  alias: tag\npermalink: /tags/{{ tag }}/\n---\n",
            "src/authors/mara.md": HEADER,
        },
        "pelican": {
            "pelicanconf.py": "SITENAME = 'Lantern'\nSITEURL = 'https://lantern.example'\nPATH = 'content'\nARTICLE_URL = '{date:%Y}/{slug}/'\n"
            "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)'\nPLUGINS = ['liquid_tags']\n",
            "content/one.md": "Title: One\nDate: 2020-01-02 10:00\nCategory: World\nTags: a, b\nAuthor: Mara\nSlug: one\n\n" + MARKDOWN,
            "content/2020-01-03-two.rst": "Two\n###\n\n:date: 2020-01-03\n:tags: a\n\nWords `link <|filename|one.md>`_ [1]_.\n\n.. image:: a.jpg\n\n"
            ".. note:: x\n\n.. [1] A note.\n\n=== ===\na   b\n=== ===\nc   d\n=== ===\n",
            "content/three.html": f"<html><head><title>Three</title><meta name='date' content='2020-01-04'></head><body>{BODY}</body></html>",
            "content/world/four.md": "title: Four\ndate: 2020-01-05\n\n{% notebook a.ipynb cells[0:] %}\n",
            "content/notebooks/a.ipynb": '{"cells": [{"cell_type": "markdown", "source": ["*x*"]}, {"cell_type": "code", "source": "1", "outputs": [{"data": {"text/plain": "1"}}]}]}',
        },
    }  # fmt: skip
    return {kind: {name: text.encode() for name, text in made[kind].items()} for kind in KINDS}


VALUE = re.compile(rb'(?<=[>:="\[ ])[^<>"\n:=]{1,80}(?=[<",\n\]])')


def flip(data: bytes, chance: Random) -> bytes:
    """Some bytes are others."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def swap(data: bytes, chance: Random) -> bytes:
    """Some values stand in each other's place, or odd ones do."""
    for _ in range(chance.randint(1, 6)):
        places = [match.span() for match in VALUE.finditer(data)]
        if not places:
            break
        start, end = chance.choice(places)
        other = chance.choice(places)
        value = chance.choice([chance.choice(ODD).encode(), data[slice(*other)]])
        data = data[:start] + value + data[end:]
    return data


def swap_json(data: bytes, chance: Random) -> bytes:
    """Some values in JSON are others, of any type, also in JSON that stands in a value of JSON."""
    try:
        whole = json.loads(data)
    except ValueError:
        return swap(data, chance)
    places: list[tuple[Any, Any]] = []

    def note(value: Any) -> None:
        pairs = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        for key, inner in list(pairs):
            places.append((value, key))
            if isinstance(inner, str) and inner[:1] in ("{", "["):
                value[key] = (
                    swap_json(inner.encode(), chance).decode("utf-8", "replace")
                    if chance.random() < 0.5
                    else inner
                )
            note(inner)

    note(whole)
    for _ in range(chance.randint(1, 4) if places else 0):
        holder, key = chance.choice(places)
        odd = chance.choice(ODD), chance.choice(ODD)
        others: list[Any] = [*odd, None, True, -1, 10**400, 1e308, [], ["x"], {}, {"x": []}, [[1]]]
        holder[key] = chance.choice(others)
    return json.dumps(whole).encode()


def cut(data: bytes, chance: Random) -> bytes:
    """The end is missing, or something in the middle is missing or there twice."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in "ab")
    return chance.choice([data[:end], data[:start] + data[end:], data[:end] + data[start:]])


HANDS: tuple[Callable[[bytes, Random], bytes], ...] = (flip, swap, swap, swap, cut)


def damaged(number: int, folder: Path) -> tuple[str, Path]:
    """The kind and the place of one export of the corpus, written below a folder."""
    chance = Random(f"an export that is damaged {number}")
    kind = list(KINDS)[number % len(KINDS)]
    files = dict(seeds()[kind])
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(list(files))
        hand = chance.choice(HANDS)
        files[name] = (swap_json if hand is swap and "json" in name else hand)(files[name], chance)
    if chance.random() < 0.2:
        name, odd = chance.choice(list(files)), re.sub(r"[/\0]", "", chance.choice(ODD))[:60]
        files[f"{name.rpartition('.')[0]}{odd}.{name.rpartition('.')[2]}"] = files.pop(name)
    if chance.random() < 0.3:
        path = zipped(folder / "export.zip", files)
        if chance.random() < 0.3:
            path.write_bytes(flip(path.read_bytes(), chance))
        return kind, path
    return kind, written(folder / "export", files)
