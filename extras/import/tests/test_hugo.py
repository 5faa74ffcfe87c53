"""Hugo sites."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archives import imported
from broadside_import.model import Picture
from sites import read, story, written
from tests.sample import Outlet

CONFIG = """
baseURL = "https://www.old.example/mag/"
title = "The Old Site"
[params]
description = "Words and more"
[permalinks]
essays = "/essays/:year/:month/:slug/"
[taxonomies]
category = "categories"
tag = "tags"
author = "authors"
"""
FILES: dict[str, str | bytes] = {
    "hugo.toml": CONFIG,
    "content/post/2015-03-17-first.md": (
        """\
---
title: First
date: 2015-03-17T14:00:00-04:00
lastmod: 2015-03-18
authors: [ana]
categories: [World Affairs]
tags: [nato]
url: /2015/03/first-story/
aliases: [/old-first/, older]
image: images/a.jpg
description: "A *dek*."
---
See [the essay]({{< relref "essays/second.md#part" >}}) and [it](../essays/second.md).
"""
    ),
    "content/essays/_index.md": "---\ntitle: Essays & Letters\n---\nLong reads.\n",
    "content/essays/second.md": (
        """\
+++
title = "Second"
date = 2016-01-02
author = "Jo Smith"
slug = "the-second"
+++
## Part

{{< figure src="/images/b.jpg" caption="Dawn" >}}
"""
    ),
    "content/essays/bundle/index.md": (
        '{"title": "Bundle", "date": "2016-05-06"}\n\n![A gauge](gauge.jpg)\n'
    ),
    "content/essays/bundle/gauge.jpg": b"\xff\xd8",
    "content/post/draft.md": "---\ntitle: Draft\ndate: 2017-01-01\ndraft: true\n---\nWords.\n",
    "content/post/gone.md": (
        "---\ntitle: Gone\ndate: 2017-01-02\nexpiryDate: 2018-01-01\n---\nWords.\n"
    ),
    "content/post/broken.md": (
        '---\ntitle: Iran: a history\ndate: 2017-02-03\nunclosed: "x\n---\nWords.\n'
    ),
    "content/about.md": "---\ntitle: About\n---\nWho we are.\n",
    "content/authors/ana/_index.md": (
        """\
---
name: Ana Pereira
title: Ana Pereira
image: face.jpg
twitter: ana
email: ana@old.example
---
She *writes*.
"""
    ),
    "content/authors/ana/face.jpg": b"\xff\xd8",
    "content/notes.org": "* not read",
    "layouts/index.html": "{{ range .Pages }}",
}


def test_a_site_is_read_whole(tmp_path: Path) -> None:
    archive = read("hugo", tmp_path, FILES)
    assert {known.title: known.is_page for known in archive.stories} == {
        "First": False,
        "Second": False,
        "Bundle": False,
        "Draft": False,
        "Gone": False,
        "Iran: a history": False,
        "About": True,
    }
    assert "www.old.example" in archive.hosts
    assert archive.base == "/mag"
    assert archive.settings["SITENAME"] == "The Old Site"
    assert [skipped.source for skipped in archive.skipped] == ["content/notes.org"]
    assert {
        known.title: known.status for known in archive.stories if known.status != "published"
    } == {
        "Draft": "draft",
        "Gone": "draft",
    }


def test_headers_say_what_they_mean(tmp_path: Path) -> None:
    archive = read("hugo", tmp_path, FILES)
    first = story(archive, "first.md")
    assert first.date == datetime.fromisoformat("2015-03-17T14:00:00-04:00")
    assert first.updated == datetime(2015, 3, 18)
    assert first.dek == "A dek."
    assert first.photo
    assert first.photo.address == "images/a.jpg"
    assert first.addresses == ["/2015/03/first-story/", "/old-first/", "/2015/03/older"]
    assert story(archive, "second.md").addresses == ["/essays/2016/01/the-second/"]
    assert story(archive, "bundle/index.md").folder == "content/essays/bundle"
    assert story(archive, "bundle/index.md").date == datetime(2016, 5, 6)
    assert any(
        left.file == "content/post/broken.md" and "YAML" in left.what for left in archive.left
    )


def test_sections_people_and_topics(tmp_path: Path) -> None:
    archive = read("hugo", tmp_path, FILES)
    terms = {term.key: term for term in archive.terms}
    (section,) = (term for term in archive.terms if term.kind == "section")
    assert (section.name, section.description, section.addresses) == (
        "Essays & Letters",
        "Long reads.",
        ("/essays/",),
    )
    assert [(terms[key].name, terms[key].kind) for key in story(archive, "first.md").terms] == [
        ("World Affairs", "either"),
        ("nato", "topic"),
    ]
    (ana,) = (person for person in archive.people if person.name == "Ana Pereira")
    assert "<em>writes</em>" in ana.bio
    assert ana.portrait
    assert ana.portrait.address == "content/authors/ana/face.jpg"
    assert ana.links == ("https://x.com/ana",)
    assert ana.addresses == ("/authors/ana/",)
    assert story(archive, "first.md").people == [ana.key]
    assert archive.counted == {"e-mail addresses": 1}


def test_links_between_texts_lead_to_their_addresses(tmp_path: Path) -> None:
    body = story(read("hugo", tmp_path, FILES), "first.md").body
    assert 'href="/essays/2016/01/the-second/#part"' in body
    assert 'href="/essays/2016/01/the-second/"' in body


def test_a_folder_of_texts_alone_is_enough(tmp_path: Path) -> None:
    archive = read(
        "hugo", tmp_path, {"post/a.md": "---\ntitle: A\ndate: 2015-01-01T00:00:00Z\n---\nWords."}
    )
    assert [(known.title, known.date) for known in archive.stories] == [
        ("A", datetime(2015, 1, 1, tzinfo=UTC))
    ]


def test_other_languages_have_their_own_addresses(tmp_path: Path) -> None:
    config = "defaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n  fr: {weight: 2}\n"
    archive = read(
        "hugo",
        tmp_path,
        {
            "hugo.yaml": config,
            "content/post/a.md": "---\ntitle: A\ndate: 2015-01-01\n---\nx",
            "content/post/a.fr.md": "---\ntitle: B\ndate: 2015-01-01\n---\nx",
        },
    )
    assert {known.title: (known.lang, known.addresses) for known in archive.stories} == {
        "A": ("", ["/post/a/"]),
        "B": ("fr", ["/fr/post/a/"]),
    }


def test_a_term_that_a_text_leads_to_elsewhere_keeps_its_usual_address_too(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A\ndate: 2015-01-01\ntags: [nato]\ncategories:"
        " [news]\n---\n[all](/category/news/) [it](/topics/nato/)\n"
    )
    archive = read("hugo", tmp_path, FILES | {"content/post/a.md": text})
    found = {term.name: term.addresses for term in archive.terms}
    assert found["nato"] == ("/tags/nato/", "/topics/nato/")
    assert found["News"] == ("/categories/news/", "/category/news/")


def test_a_slug_with_slashes_keeps_its_words_apart(tmp_path: Path) -> None:
    text = "---\ntitle: One\ndate: 2017-01-01\nslug: comparisons/gitbook\n---\nWords.\n"
    archive = read("hugo", tmp_path, {"hugo.toml": CONFIG, "content/post/one.md": text})
    assert [known.slug for known in archive.stories] == ["comparisons-gitbook"]


def test_parameters_are_the_texts_own_or_those_of_the_site_and_its_language(tmp_path: Path) -> None:
    text = """---
title: A
date: 2015-01-01
version: 3
params: {codename: Ice}
---
[a]({{< param handbook >}}/x) {{< param "social.mail" >}} {{< param version >}} {{< param codename >}} {{< param Lost >}}
"""
    files: dict[str, str | bytes] = {
        "config/_default/hugo.toml": (
            'defaultContentLanguage = "en"\n[languages.en]\n[languages.fr.params]\nhandbook ='
            ' "/fr/h"\n'
        ),
        "config/_default/params.toml": (
            'handbook = "https://h.example"\nversion = 2\n[social]\nMail = "desk@old.example"\n'
        ),
        "content/post/a.md": text,
        "content/post/a.fr.md": text,
    }
    archive = read("hugo", tmp_path, files)
    english, french = story(archive, "a.md").body, story(archive, "a.fr.md").body
    assert 'href="https://h.example/x"' in english
    assert 'href="/fr/h/x"' in french
    assert "desk@old.example 3 Ice {{&lt; param Lost &gt;}}" in english
    assert {(left.file, left.what) for left in archive.left} == {
        ("content/post/a.md", "{{< param Lost >}}"),
        ("content/post/a.fr.md", "{{< param Lost >}}"),
    }


def test_a_term_has_the_name_that_its_page_gives_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = FILES | {
        "content/tags/sea-law/_index.md": "---\ntitle: The law of the sea\n---\n",
        "content/post/law.md": "---\ntitle: Law\ndate: 2015-01-01\ntags: [sea-law]\n---\nWords.\n",
    }
    archive = read("hugo", tmp_path, files)
    names = {term.key: term.name for term in archive.terms}
    assert [names[key] for key in story(archive, "law.md").terms] == ["The law of the sea"]


def test_references_find_lists_and_people_too(tmp_path: Path) -> None:
    body = """[a]({{< ref "/essays/_index.md" >}}) [b]({{< ref "essays" >}}) [c]({{< relref "/authors/ana" >}})
[d]({{< ref path="/essays/by-sea/_index.md" >}}) [e]({{< relref "second.md" >}})
"""
    files: dict[str, str | bytes] = FILES | {
        "content/essays/by-sea/_index.md": (
            "---\ntitle: By sea\ndate: 2015-01-01\n---\nHow to go by sea.\n"
        ),
        "content/essays/third.md": f"---\ntitle: Third\ndate: 2015-01-01\n---\n{body}",
    }
    archive = read("hugo", tmp_path, files)
    html = story(archive, "third.md").body
    for address in ("/essays/", "/authors/ana/", "/essays/by-sea/", "/essays/2016/01/the-second/"):
        assert f'href="{address}"' in html
    page = story(archive, "by-sea/_index.md")
    assert page.is_page
    assert page.addresses == ["/essays/by-sea/"]
    assert "How to go by sea." in page.body
    assert not [left for left in archive.left if "ref" in left.what]


WORDS = "---\ntitle: {}\ndate: 2020-01-02\ntags: [sea-law]\n{}\n---\nWords of it.\n"
PAST = "expiryDate: 2021-01-01"
MOVED = "redirectto: https://{}"


@pytest.mark.slow
def test_each_former_address_leads_to_what_readers_found_there(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "baseURL = 'https://old.example'\n",
        "content/guides/a/_index.md": WORDS.format("Guide", "weight: 1"),
        "content/tags/sea-law/_index.md": "---\ntitle: Law\naliases: [/tags/unclos/]\n---\n",
        "content/gone.md": "---\ntitle: Gone\naliases: [/2019/a/, /post/past/]\n---\n",
        "content/post/a.md": WORDS.format("A", f"{PAST}\naliases: [/shared/, /tags/unclos/]"),
        "content/post/past.md": WORDS.format("Past", PAST),
        "content/post/new.md": WORDS.format("New", "aliases: [/shared/]"),
        "content/post/moved.md": WORDS.format("Moved", MOVED.format("old.example/post/new/")),
        "content/post/left.md": WORDS.format("Left", MOVED.format("far.example/x")),
    }
    outlet = Outlet(tmp_path / "outlet")
    report = imported(outlet, "hugo", written(tmp_path / "old", files))
    outlet.rebuild()
    expected = {
        "tags/unclos": "/sections/law/",
        "2019/a": "/gone/",
        "post/past": "/gone/",
        "shared": "/2020/01/new/",
        "post/moved": "/2020/01/new/",
    }
    for old, new in expected.items():
        assert outlet.html(f"{old}/index.html").select(f"a[href='{new}']"), old
    assert outlet.html("2020/01/left/index.html").select(
        ".story-body a[href='https://far.example/x']"
    )
    assert "content/post/moved.md" in [skipped.source for skipped in report.skipped]


def test_a_picture_may_be_named_by_its_file_in_data(tmp_path: Path) -> None:
    text = "---\ntitle: A\nprimary_image: ice\n---\n{{< img src=ice >}}\n"
    files: dict[str, str | bytes] = {
        "hugo.toml": "[params]\ncdnurl = 'https://cdn.example/p'\n",
        "data/images/ice.yml": "uid: ice\nformat: jpg\nalt: Ice floes\ncredit: A. Person\n",
        "content/post/a.md": text,
    }
    found = story(read("hugo", tmp_path, files), "a.md")
    address = "https://cdn.example/p/ice.jpg"
    assert found.photo == Picture(address, "Ice floes", credit="A. Person")
    assert f'src="{address}"' in found.body
