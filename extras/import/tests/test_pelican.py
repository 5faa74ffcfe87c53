"""Pelican sites."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import archives
from broadside_import.headers import literals
from sites import read, story, written
from tests.sample import Outlet

CONFIG = """
import os
AUTHOR = "Ana Pereira"
SITENAME = "The Old Site"
SITEURL = "https://old.example"
PATH = "content"
BASE = "blog/"
ARTICLE_URL = BASE + "{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
PLUGINS = ["liquid_tags.notebook"]
FOOTER = open("/etc/passwd").read()
os.system("touch ran")
"""
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": ["# left out"]},
            {"cell_type": "markdown", "source": ["shown *words*"]},
            {
                "cell_type": "code",
                "source": "x = 1 < 2",
                "outputs": [{"data": {"text/plain": ["True"]}}, {"data": {"image/png": "aaaa"}}],
            },
        ]
    }
)
RST = """Second
######

:date: 2016-02-03 10:00
:tags: nato, sea law
:author: Jo Smith
:slug: the-second

A claim [1]_ and `a link <{filename}../first.md>`_ and :unknown:`words`.

Part
====

.. code-block:: python
   :linenos: table

   x = 1 < 2

.. note:: Mind the gap.

.. image:: {static}/images/a.png
   :alt: A gauge

.. vimeo:: 37818131 :width: 800 :height: 500 :align: center

.. raw:: html

   <b>bold words</b>

.. raw:: html
   :file: /etc/passwd

.. include:: /etc/passwd

.. csv-table::
   :file: /etc/passwd

.. strange:: thing

   strange words

.. [1] Its source.
"""
FILES: dict[str, str | bytes] = {
    "pelicanconf.py": CONFIG,
    "content/first.md": (
        """\
Title: "First"
Date: 2015-03-17 14:00
Category: World
Tags: nato; sea law
Summary: A *dek*.
    More.
Status: published

A claim.[^1] [second]({filename}/world/second.rst#part) ![x](|static|images/a.png)

[^1]: Its source.

{% notebook n.ipynb cells[1:] %}
"""
    ),
    "content/world/second.rst": RST,
    "content/world/2017-01-02-third.html": (
        '<html><head><title>Third</title><meta name="date" content="2017-01-02"/>'
        '<meta name="keywords" content="a, b"/></head><body><p>Words &amp; more.</p></body></html>'
    ),
    "content/fr.md": "title: Premier\ndate: 2015-03-17\nlang: fr\nslug: first\n\nMots.\n",
    "content/draft.md": "Title: Draft\nDate: 2018-01-01\nStatus: draft\n\nWords.\n",
    "content/skip.md": "Title: Skip\nDate: 2018-01-01\nStatus: skip\n\nWords.\n",
    "content/bare.md": "Words without a header.\n",
    "content/pages/about.md": "Title: About\n\nWho we are.\n",
    "content/notebooks/n.ipynb": NOTEBOOK,
    "content/images/a.png": b"\x89PNG",
}


def test_a_site_is_read_whole_and_its_settings_are_not_run(tmp_path: Path) -> None:
    archive = read("pelican", tmp_path, FILES)
    assert {known.title: (known.status, known.is_page) for known in archive.stories} == {
        "First": ("published", False),
        "Second": ("published", False),
        "Third": ("published", False),
        "Premier": ("published", False),
        "Draft": ("draft", False),
        "About": ("published", True),
    }
    assert {skipped.source for skipped in archive.skipped} == {"content/skip.md", "content/bare.md"}
    assert not (tmp_path / "ran").exists()


def test_headers_folders_and_defaults(tmp_path: Path) -> None:
    archive = read("pelican", tmp_path, FILES)
    terms = {term.key: term for term in archive.terms}
    first, second, third = (
        story(archive, name) for name in ("first.md", "second.rst", "third.html")
    )
    assert (first.date, first.dek) == (datetime(2015, 3, 17, 14), "A dek. More.")
    assert [terms[key].name for key in first.terms] == ["World", "nato", "sea law"]
    assert [terms[key].name for key in second.terms] == ["World", "nato", "sea law"]
    assert terms[first.terms[0]].addresses == ("/category/world.html",)
    assert (first.people, second.people) == (["Ana Pereira"], ["Jo Smith"])
    assert second.date == datetime(2016, 2, 3, 10)
    assert second.addresses == ["/blog/2016/the-second/"]
    assert third.date == datetime(2017, 1, 2)
    assert story(archive, "fr.md").addresses == ["/blog/2015/first/", "/first-fr.html"]
    assert story(archive, "about.md").addresses == ["/pages/about.html"]


def test_markdown_with_notes_links_and_notebooks(tmp_path: Path) -> None:
    archive = read("pelican", tmp_path, FILES)
    body = story(archive, "first.md").body
    assert 'href="/blog/2016/the-second/#part"' in body
    assert 'src="/images/a.png"' in body
    assert "data-note=" in body
    assert "<em>words</em>" in body
    assert "left out" not in body
    assert "x = 1 &lt; 2" in body
    assert any("pictures in the notebook" in left.what for left in archive.left)


def test_a_notebook_may_be_named_with_its_folder(tmp_path: Path) -> None:
    first = str(FILES["content/first.md"]).replace("notebook n.ipynb", "notebook notebooks/n.ipynb")
    archive = read("pelican", tmp_path, FILES | {"content/first.md": first})
    assert "x = 1 &lt; 2" in story(archive, "first.md").body


def test_restructuredtext_opens_nothing_and_loses_nothing(tmp_path: Path) -> None:
    archive = read("pelican", tmp_path, FILES)
    body = story(archive, "second.rst").body
    assert "root:" not in body
    assert 'href="/blog/2015/first/"' in body
    assert '<h2 id="part">Part</h2>' in body
    assert '<pre><code class="language-python">x = 1 &lt; 2' in body
    assert "<aside" in body
    assert 'src="/images/a.png"' in body
    assert 'href="https://vimeo.com/37818131"' in body
    assert "<b>bold words</b>" in body
    assert "strange words" in body
    assert 'data-note="' in body
    assert "Its source." in body
    assert "words" in body
    assert {left.file for left in archive.left if "pictures" not in left.what} == {
        "content/world/second.rst"
    }


def test_settings_are_read_as_values() -> None:
    assert literals(
        "A = 'x'\nB = A + 'y'\nC = open('x')\nD: str = 'z'\nE = [1, 2] + [3]\nF = __import__('os')",
        {},
    ) == {"A": "x", "B": "xy", "D": "z", "E": [1, 2, 3]}
    assert literals("A = 'x' * 10**10\nB = (", {}) == {}
    assert literals("(" * 50_000, {}) == {}


def test_pages_that_pelican_made_beside_those_that_links_name(tmp_path: Path) -> None:
    two = "Title: Two\nDate: 2018-01-01\nAuthor: Ana Pereira, Jo Smith\nUrl: elsewhere/\n\nWords.\n"
    archive = read("pelican", tmp_path, FILES | {"content/two.md": two})
    assert story(archive, "two.md").addresses == ["/elsewhere/", "/blog/2018/two/"]
    assert {person.name: person.addresses for person in archive.people} == {
        "Ana Pereira": ("/author/ana-pereira.html", "/author/ana-pereira-jo-smith.html"),
        "Jo Smith": ("/author/jo-smith.html",),
    }


def test_what_is_ignored_feeds_and_pictures_without_words(tmp_path: Path) -> None:
    """A repository may hold the finished site; docutils gives a picture without words its address
    for them.
    """
    site = "https://old.example"
    files: dict[str, str | bytes] = {
        "pelicanconf.py": f"SITEURL = '{site}'\nIGNORE_FILES = ['*.html']\n",
        "content/a.rst": (
            f"A\n=\n\n:date: 2018-01-01\n\n`All <{site}/feeds/all.atom.xml>`_\n\n.. image::"
            f" {site}/img/a.jpg\n"
        ),
        "content/pages/about.rst": "About\n=====\n\nWords.\n",
        "content/pages/about.html": (
            "<html><head><title>About</title></head><body>Words.</body></html>"
        ),
    }
    outlet = Outlet(tmp_path)
    report = archives.imported(outlet, "pelican", written(tmp_path / "source", files))
    assert report.pages == 1
    text = archives.text_of(archives.story(outlet, "a"))
    assert "[All](/feed.xml)" in text
    assert "![](photos/img/a.jpg)" in text


def test_a_text_without_an_address_is_read_all_the_same(tmp_path: Path) -> None:
    """Its address has a year, and it has no date."""
    files = {
        "pelicanconf.py": "ARTICLE_URL = '{date:%Y}/{slug}.html'\n",
        "content/a.rst": "A\n=\n\nWords.\n",
    }
    text = story(read("pelican", tmp_path, files), "a.rst")
    assert (text.addresses, text.body.strip()) == ([], "<p>Words.</p>")
