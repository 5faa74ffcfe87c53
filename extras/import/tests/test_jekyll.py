"""Jekyll sites."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from archives import imported
from sites import read, story, written
from tests.sample import Outlet

CONFIG = """
title: The Old Site
url: https://old.example
baseurl: ""
permalink: /:year/:month/:day/:title/
author: The Editors
excerpt_separator: "<!--cut-->"
collections:
  interviews:
    output: true
  hidden:
    output: false
defaults:
  - scope: {path: "magazine", type: pages}
    values: {section: opinions}
jekyll-archives:
  permalinks: {tag: "/tag/:name/", category: "/category/:name/"}
"""
FILES: dict[str, str | bytes] = {
    "_config.yml": CONFIG,
    "_data/authors.yml": (
        """\
ana:
  name: Ana Pereira
  bio: Writes.
  avatar: /ana.jpg
  email: ana@old.example
  github: ana
"""
    ),
    "_posts/2015-03-17-first-post.md": (
        """\
---
title: First
date: 2015-03-17 23:00:00 -4
author: ana
wordpress_id: 12
nid: 34
categories: world affairs
tags: [nato, sea law]
redirect_from:
- /old/first/
- older
---
A lead.
<!--cut-->
[next]({% post_url 2015-04-01-second %}) and ![x]({{ site.baseurl }}/a.png)
{: .lead}
"""
    ),
    "_posts/2015-04-01-second.markdown": (
        """\
---
title: "Second: a "quote""
published: 2005-10-21
---
{% include figure.html src="/b.jpg" caption="Dawn" %}
"""
    ),
    "_posts/sub/2015-05-01-hidden.md": "---\ntitle: Unpublished\npublished: false\n---\nWords.\n",
    "_posts/undated.md": "---\ntitle: Undated\n---\nWords.\n",
    "_posts/2015-06-01-no-header.md": "Words.\n",
    "_posts/2015-06-02-old.textile": "h1. Words\n",
    "_drafts/idea.md": "---\ntitle: Idea\n---\nWords.\n",
    "_interviews/jo.md": "---\ntitle: Jo\ndate: 2016-01-01\n---\nWords.\n",
    "_hidden/x.md": "---\ntitle: X\n---\nWords.\n",
    "magazine/story/index.md": (
        """\
---
title: In a folder
authors: 'Jo Smith, Ana Pereira'
published: '2006-12-11 16:39:32'
main_image: hide.jpg
---
Before.

<!--break-->

After.
"""
    ),
    "about.md": "---\ntitle: About\npermalink: /about-us/\n---\nWho we are.\n",
    "index.html": (
        "---\nlayout: home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n"
    ),
    "README.md": "# Read me\n",
    "_includes/head.html": "<script>",
}


def test_a_site_is_read_whole(tmp_path: Path) -> None:
    archive = read("jekyll", tmp_path, FILES)
    assert {known.title: (known.status, known.is_page) for known in archive.stories} == {
        "First": ("published", False),
        'Second: a "quote"': ("published", False),
        "Unpublished": ("draft", False),
        "Idea": ("draft", False),
        "Jo": ("published", False),
        "In a folder": ("published", False),
        "About": ("published", True),
    }
    assert {skipped.source for skipped in archive.skipped} == {
        "_posts/undated.md",
        "_posts/2015-06-01-no-header.md",
        "_posts/2015-06-02-old.textile",
        "index.html",
    }


def test_both_days_of_a_post_are_addresses(tmp_path: Path) -> None:
    archive = read("jekyll", tmp_path, FILES)
    assert story(archive, "first-post.md").addresses == [
        "/2015/03/18/first-post/",
        "/2015/03/17/first-post/",
        "/old/first/",
        "/older",
        "/?p=12",
        "/node/34",
    ]
    second = story(archive, "second.markdown")
    assert second.date == datetime(2005, 10, 21)
    assert second.addresses == ["/2005/10/21/second/", "/2015/04/01/second/"]


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("date", "/world/affairs/2015/03/17/first.html"),
        ("pretty", "/world/affairs/2015/03/17/first/"),
        ("none", "/world/affairs/first.html"),
        ("ordinal", "/world/affairs/2015/076/first.html"),
        ("/:categories/:title", "/world/affairs/first"),
        ("/blog/:short_year-:i_month/:slug:output_ext", "/blog/15-3/first.html"),
    ],
)
def test_every_style_of_permalink_is_known(tmp_path: Path, permalink: str, address: str) -> None:
    post = "---\ntitle: First\ncategories: world affairs\n---\nWords."
    archive = read(
        "jekyll",
        tmp_path,
        {"_config.yml": f"permalink: {permalink}\n", "_posts/2015-03-17-first.md": post},
    )
    assert story(archive, "first.md").addresses == [address]


def test_people_sections_and_pictures(tmp_path: Path) -> None:
    archive = read("jekyll", tmp_path, FILES)
    (ana,) = (person for person in archive.people if person.name == "Ana Pereira")
    assert (ana.slug, ana.links) == ("ana", ("https://github.com/ana",))
    assert story(archive, "first-post.md").people == [ana.key]
    assert story(archive, "story/index.md").people == ["Jo Smith", ana.key]
    assert story(archive, "second.markdown").people == ["The Editors"]
    kinds = {term.name: (term.kind, term.addresses) for term in archive.terms}
    assert kinds["World"] == ("either", ("/category/world/",))
    assert kinds["sea law"] == ("topic", ("/tag/sea-law/",))
    assert kinds["Opinions"][0] == "section"
    photo = story(archive, "story/index.md").photo
    assert photo
    assert photo.address == "hide.jpg"


def test_bodies_are_html_with_old_addresses(tmp_path: Path) -> None:
    archive = read("jekyll", tmp_path, FILES)
    body = story(archive, "first-post.md").body
    assert 'href="/2005/10/21/second/"' in body
    assert 'src="/a.png"' in body
    assert "<!--more-->" in body
    assert "lead}" not in body
    assert "<figure>" in story(archive, "second.markdown").body
    assert "<!--more-->" in story(archive, "story/index.md").body
    assert archive.left == [
        left for left in archive.left if left.file == "_posts/2015-04-01-second.markdown"
    ]


def test_pages_of_tags_have_the_addresses_that_jekyll_made(tmp_path: Path) -> None:
    text = "---\ntitle: T\ntags: ['HTTP/3', 'Qemu 4.0', 'Žluť']\n---\nSee [all](/tags/HTTP-3/).\n"
    archive = read("jekyll", tmp_path, {"_config.yml": CONFIG, "_posts/2019-05-05-t.md": text})
    assert {term.name: term.addresses for term in archive.terms} == {
        "HTTP/3": ("/tag/http-3/",),
        "Qemu 4.0": ("/tag/qemu-4-0/",),
        "Žluť": ("/tag/žluť/",),
    }


def test_a_page_may_be_an_index_in_a_folder_of_its_own(tmp_path: Path) -> None:
    page = {"pages/about/index.md": "---\ntitle: About\n---\nWho we are.\n"}
    lists = {
        "index.md": "---\ntitle: Home\n---\nx\n",
        "tags/index.md": "---\ntitle: Tags\n---\nx\n",
    }
    archive = read("jekyll", tmp_path, {"_config.yml": CONFIG, **page, **lists})
    assert [(known.title, known.is_page) for known in archive.stories] == [("About", True)]
    assert archive.stories[0].addresses[0] == "/pages/about/"
    assert {skipped.source for skipped in archive.skipped} == {"index.md", "tags/index.md"}


def test_words_in_the_line_of_a_cut_are_markdown(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\nA lead.\n\n<!-- more -->The [next](https://x.example/) *one*.\n"
    archive = read("jekyll", tmp_path, {"_config.yml": CONFIG, "_posts/2019-05-05-t.md": text})
    body = "".join(archive.stories[0].body.split("\n"))
    assert (
        body
        == '<p>A lead.</p><!--more--><p>The <a href="https://x.example/">next</a> <em>one</em>.</p>'
    )


def test_marks_from_before_markdown_are_boxes_quotations_pictures_and_code(tmp_path: Path) -> None:
    body = (
        "Text.\n\n=TEXTBOX_START=Aside=\n\nIn *it*.\n\n=TEXTBOX_END=\n\n=ZOOM=Said"
        " so=\n\n=IMAGE=a.jpg=A caption\non two lines=\n=IMG_BIG=b.jpg==\n\n=CODE_START=\nif a:\n  "
        "  `b`\n=CODE_END=\n\nA = b.\n"
    )
    files = {"_config.yml": "title: x\n", "_posts/2015-03-17-a.md": f"---\ntitle: A\n---\n{body}"}
    made = BeautifulSoup(story(read("jekyll", tmp_path, files), "a.md").body, "html.parser")
    assert [
        each.get_text(" ", strip=True)
        for each in made.select("aside h2, aside em, blockquote.pullquote, figcaption")
    ] == [
        "Aside",
        "it",
        "Said so",
        "A caption\non two lines",
    ]
    assert [each["src"] for each in made.select("img")] == [
        "/2015/03/17/a.jpg",
        "/2015/03/17/b.jpg",
    ]
    assert made.select_one("pre").get_text() == "if a:\n    `b`\n"  # type: ignore[union-attr]
    assert "A = b." in made.get_text()


@pytest.mark.slow
def test_bare_addresses_and_linked_pictures_stay_links(tmp_path: Path) -> None:
    text = """---
title: A
---
See https://x.example/a_(b), or `https://code.example/`.

[![Small](/assets/small.png)](/assets/full.png)

[![Far](/assets/far.png)](https://cdn.example/far-full.png)
"""
    old = written(tmp_path / "old", {"_config.yml": CONFIG, "_posts/2019-05-05-a.md": text})
    (old / "assets").mkdir()
    for name, colour in {"small": "teal", "full": "red", "far": "blue"}.items():
        Image.new("RGB", (60, 40), colour).save(old / f"assets/{name}.png")
    outlet = Outlet(tmp_path / "outlet")
    imported(outlet, "jekyll", old)
    outlet.rebuild()
    body = outlet.html("2019/05/a/index.html").select_one(".story-body")
    assert body is not None
    links = [str(link["href"]) for link in body.select("a[href^=https]")]
    assert links == ["https://x.example/a_%28b%29", "https://cdn.example/far-full.png"]
    shown = [str(image["src"]) for image in body.select("img")]
    assert [name in src for name, src in zip(("full", "far"), shown, strict=True)] == [True] * 2
