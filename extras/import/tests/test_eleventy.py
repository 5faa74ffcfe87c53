"""Eleventy sites."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sites import read, story

FILES: dict[str, str | bytes] = {
    ".eleventy.js": (
        """\
module.exports = (config) => { process.exit(1) }
const x = { dir: { input: 'src', data: 'data', includes: 'parts' }, pathPrefix: '/mag/' }
"""
    ),
    "src/data/site.json": '{"title": "The Old Site", "url": "https://old.example"}',
    "src/data/authors.json": '{"ana": {"name": "Ana Pereira", "bio": "Writes."}}',
    "src/posts/posts.json": '{"layout": "post.njk", "tags": "posts", "author": "ana"}',
    "src/posts/posts.11tydata.js": (
        "module.exports = { permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}/' }"
    ),
    "src/posts/2015-03-17-first.md": (
        """\
---
title: First
date: 2015-03-17 22:00:00 -4
tags: [sea law, posts]
excerpt: A dek.
image: /assets/a.jpg
image_alt: Two men
---
{% image "assets/b.jpg", "A gauge" %}

[next](./2015-04-01-second.md) {{ "/about/" | url }}
"""
    ),
    "src/posts/2015-04-01-second.md": (
        """\
---
title: Second
author: Jo Smith
permalink: /own/place/index.html
---
Words {% weather %}.
"""
    ),
    "src/posts/hidden.md": "---\ntitle: Hidden\ndate: 2016-01-01\npermalink: false\n---\nWords.\n",
    "src/about.md": "---\ntitle: About\n---\nWho we are.\n",
    "src/index.njk": "{% for post in collections.posts %}{% endfor %}",
    "src/tags.md": "---\ntitle: Tags\n---\n{% for tag in tags %}{% endfor %}",
    "src/assets/b.jpg": b"\xff\xd8",
    "src/parts/base.html": "<html>",
    "src/google123.html": "google",
    "node_modules/x/README.md": "# Not ours",
}

POST_ON_TAGS = "---\ntitle: Third\ndate: 2015-05-01\ntags: [vote.usa]\n---\nWords.\n"


def test_a_site_is_read_whole_and_its_configuration_is_not_run(tmp_path: Path) -> None:
    archive = read("eleventy", tmp_path, FILES)
    assert {known.title: (known.status, known.is_page) for known in archive.stories} == {
        "First": ("published", False),
        "Second": ("published", False),
        "Hidden": ("draft", False),
        "About": ("published", True),
    }
    assert {skipped.source for skipped in archive.skipped} == {"src/tags.md", "src/google123.html"}
    assert archive.base == "/mag"
    assert "www.old.example" in archive.hosts
    assert [left.what for left in archive.left] == ["{% weather %}"]


def test_headers_and_the_data_of_folders(tmp_path: Path) -> None:
    archive = read("eleventy", tmp_path, FILES)
    first = story(archive, "first.md")
    assert first.date
    assert first.date.astimezone(UTC) == datetime(2015, 3, 18, 2, tzinfo=UTC)
    assert first.addresses == ["/2015/03/18/first/", "/2015/03/17/first/"]
    assert story(archive, "second.md").addresses == ["/own/place/"]
    assert first.people == ["ana"]
    assert story(archive, "second.md").people == ["Jo Smith"]
    assert [(term.name, term.kind) for term in archive.terms] == [("sea law", "topic")]
    assert first.photo
    assert first.photo.alt == "Two men"


def test_bodies_are_html_with_old_addresses(tmp_path: Path) -> None:
    body = story(read("eleventy", tmp_path, FILES), "first.md").body
    assert '<img src="/assets/b.jpg" alt="A gauge">' in body
    assert 'href="/own/place/"' in body
    assert "/about/" in body


def test_pages_of_tags_have_the_addresses_that_a_template_gives_them(tmp_path: Path) -> None:
    archive = read("eleventy", tmp_path / "usual", FILES | {"src/posts/c.md": POST_ON_TAGS})
    assert {term.name: term.addresses for term in archive.terms} == {
        "sea law": ("/tags/sea-law/",),
        "vote.usa": ("/tags/voteusa/", "/tags/vote-usa/"),
    }
    page = (
        "---\npagination:\n  data: collections\n  alias: tag\npermalink: /topics/{{ tag | slugify"
        " }}/\n---\n"
    )
    archive = read("eleventy", tmp_path / "own", FILES | {"src/tags-list.njk": page})
    assert [term.addresses for term in archive.terms] == [("/topics/sea-law/",)]


def test_a_page_may_be_an_index_in_a_folder_of_its_own(tmp_path: Path) -> None:
    archive = read(
        "eleventy", tmp_path, FILES | {"src/rules/index.md": "---\ntitle: Rules\n---\nOne rule.\n"}
    )
    assert story(archive, "rules/index.md").addresses == ["/rules/"]


def test_only_a_whole_date_is_no_part_of_an_address(tmp_path: Path) -> None:
    late = {"src/posts/2024-12-5-late.md": "---\ntitle: Late\ndate: 2024-12-05\n---\nWords.\n"}
    assert (
        story(read("eleventy", tmp_path, FILES | late), "late.md").addresses[0]
        == "/2024/12/05/2024-12-5-late/"
    )
