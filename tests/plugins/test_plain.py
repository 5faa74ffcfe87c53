"""The three plugins in a plain Pelican site: the theme and the settings are Pelican's, the articles
reStructuredText and Markdown.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.repository import PROJECT
from tests.test_shape import loaded_by

SETTINGS = """
SITENAME, SITEURL, TIMEZONE = "Plain", "https://plain.example", "Europe/Madrid"
PATH, OUTPUT_PATH, THEME = "content", "output", "simple"
PLUGINS = ["broadside.plugins.related", "broadside.plugins.keep_reading", "broadside.plugins.indexes"]
THEME_TEMPLATES_OVERRIDES = ["templates"]
DEFAULT_PAGINATION, STREAM_LENGTH = 2, 2
"""
TEMPLATE = """
{% extends "!simple/article.html" %}
{% block content %}{{ super() }}
{% for story in article.related_stories %}
<article class="related"><h2><a href="{{ SITEURL }}/{{ story.url }}">{{ story.title }}</a></h2>{{ story.teaser_html }}
{% if story.rest_html %}<details><summary>Keep reading</summary>{{ story.rest_html }}</details>{% endif %}</article>
{% endfor %}
<ul class="sections">{% for section, articles in sections %}<li><a href="{{ SITEURL }}/{{ section.url }}">{{ section }}</a>{{
articles|length }}</li>{% endfor %}</ul>
<p class="filed">{% for section in article.sections %}{{ section.name }}{% endfor %}</p>
{% endblock %}
"""
DAWN = date(2026, 1, 1)
ABOUT = {
    "cable": (
        "A ship repairs the broken cable between Estonia and Finland. Divers found the anchor that"
        " cut the cable."
    ),
    "wire": (
        "Estonia asks who pays when an anchor cuts a cable. The ship is held in Finland, and its"
        " captain is silent."
    ),
    "bread": (
        "Bakers in Lisbon sell less bread. Flour is dear, the ovens are old, and young bakers"
        " leave."
    ),
    "oven": (
        "An oven of bricks bakes bread for a whole street of Lisbon. The bakers take turns, and"
        " flour is shared."
    ),
    "tram": "The tram returns to a hill where nobody wanted it. Rails are laid at night.",
}


class PlainSite:
    """A folder as pelican-quickstart leaves one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content").mkdir()
        (folder / "templates").mkdir()
        (folder / "pelicanconf.py").write_text(SETTINGS, "utf-8")
        (folder / "templates" / "article.html").write_text(TEMPLATE, "utf-8")
        self.day, self.said = 0, ""

    def article(self, name: str, text: str, kind: str = "md", **header: str) -> None:
        self.day += 1
        header = {
            "title": name.title(),
            "slug": name,
            "date": str(DAWN + timedelta(days=self.day)),
        } | header
        if kind == "md":
            head = "".join(f"{key}: {value}\n" for key, value in header.items())
        else:
            title = header.pop("title")
            head = f"{title}\n{'#' * len(title)}\n\n" + "".join(
                f":{key}: {value}\n" for key, value in header.items()
            )
        (self.folder / "content" / f"{name}.{kind}").write_text(f"{head}\n{text}\n", "utf-8")

    def articles(self) -> None:
        for slug, text in ABOUT.items():
            self.article(slug, text, section="Europe")

    def build(self, *words: str) -> str:
        command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", *words]
        env = {"PYTHONPATH": str(PROJECT), "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
        done = subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def page(self, path: str | Path) -> Any:
        return BeautifulSoup((self.folder / "output" / path).read_text("utf-8"), "html.parser")

    def related(self, slug: str) -> list[str]:
        return [
            link["href"].rpartition("/")[2].removesuffix(".html")
            for link in self.page(f"{slug}.html").select(".related h2 a")
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PlainSite:
    """A site that all tests which only look at it share."""
    site = PlainSite(tmp_path_factory.mktemp("plain"))
    site.articles()
    site.article("picker", ABOUT["cable"], kind="rst", related="tram, draft, nobody")
    site.article("draft", ABOUT["cable"], status="draft", related="oven", section="Secrets")
    site.article("hidden", ABOUT["cable"], status="hidden", section="Secrets")
    site.article("cable-de", ABOUT["cable"], lang="de", slug="cable")
    site.article("kabel", ABOUT["bread"], lang="de", related="cable; wire")
    for kind, section in (("md", "Markdown, The Economy"), ("rst", "Rest; The Economy")):
        for number in range(1, 8):
            site.article(
                f"{kind}-{number}",
                "Text.",
                kind,
                sections=section if number < 3 else section.partition("T")[0],
            )
    site.article("short", "One.\n\nTwo.")
    site.article("long", "One.[^1]\n\nHe said:\n\n> Quoted.\n\nThree.\n\n[^1]: A note.")
    site.article("more", "One.\n\n<!--more-->\n\n[Two](#note).\n\nThree.")
    site.article("full", "One.\n\nTwo.\n\nThree.", stream="full")
    site.article(
        "sections",
        "First\n=====\n\nOne.\n\n.. more\n\nTwo. [1]_\n\nNext\n====\n\nThree.\n\n.. [1] A note.",
        "rst",
    )
    site.article("broken", "<div>\n<p>One.\n</div>\n\nTwo.\n\nThree.")
    site.article("reader", "Read.", "rst", related="short, long, more, full, sections, broken")
    site.said = site.build()
    return site


def test_related_stories_are_picked_ones_first_and_then_the_nearest_by_text(
    site: PlainSite,
) -> None:
    assert site.related("picker") == ["tram", "cable"]
    assert site.related("drafts/draft") == ["oven"]
    assert {*site.related("wire")} == {"cable", "picker"}
    assert site.related("bread")[0] == "oven"


def test_a_picked_slug_that_no_published_article_has_is_told_with_its_file(site: PlainSite) -> None:
    said = " ".join(site.said.split())
    for slug in ("draft", "nobody"):
        assert f'picker.rst: related: no published article has the slug "{slug}"' in said


def test_a_pick_is_in_the_language_of_its_article_if_it_can_be(site: PlainSite) -> None:
    assert site.related("kabel-de") == ["cable-de", "wire"]
    assert not any(slug.endswith("-de") for slug in site.related("wire"))


def test_texts_are_cut_at_whole_blocks_and_where_the_writer_says(site: PlainSite) -> None:
    page = site.page("reader.html")
    stories = {story.h2.extract().get_text(): story for story in page.select(".related")}
    rests = {name: story.details and story.details.extract() for name, story in stories.items()}
    assert {name: " ".join(story.get_text(" ").split()) for name, story in stories.items()} == {
        "Short": "One. Two.",
        "Long": "One. 1 He said: Quoted.",
        "More": "One.",
        "Full": "One. Two. Three.",
        "Sections": "First One.",
        "Broken": "One. Two. Three.",
    }
    assert {name for name, rest in rests.items() if rest} == {"Long", "More", "Sections"}
    assert (
        rests["Sections"].get_text(" ", strip=True).startswith("Keep reading Two. [1] Next Three.")
    )


def test_several_openings_on_a_page_have_ids_of_their_own(site: PlainSite) -> None:
    page = site.page("reader.html")
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len({*ids})
    assert [
        link["href"] for link in page.select(".related a[href^='#']") if link["href"][1:] not in ids
    ] == ["#note"]


@pytest.mark.parametrize("kind", ["markdown", "rest"])
def test_each_section_has_pages_numbered_from_the_oldest_and_a_feed(
    site: PlainSite, kind: str
) -> None:
    place, short = (
        site.folder / "output" / "sections" / kind,
        {"markdown": "Md", "rest": "Rst"}[kind],
    )
    told = {
        str(path.relative_to(place)): [
            link.get_text() for link in site.page(path).select("article h2 a")
        ]
        for path in place.rglob("*.html")
    }
    assert told == {
        "index.html": [f"{short}-7", f"{short}-6", f"{short}-5"],
        "page/2/index.html": [f"{short}-4", f"{short}-3"],
        "page/1/index.html": [f"{short}-2", f"{short}-1"],
    }
    front = site.page(place / "index.html")
    links = [
        link["href"].removeprefix(f"https://plain.example/sections/{kind}/")
        for link in front.select("nav li a")
    ]
    assert links[-2:] == ["page/2/", "page/1/"]
    feed = BeautifulSoup((place / "feed.xml").read_text("utf-8"), "xml")
    assert len(feed.select("entry")) == 7
    assert front.select_one(f"link[rel=alternate][href$='sections/{kind}/feed.xml']")


def test_sections_have_what_is_published_alone(site: PlainSite) -> None:
    assert (
        site.page("reader.html").select_one(".sections").get_text()
        == "Europe5Markdown7Rest7The Economy4"
    )
    assert not (site.folder / "output" / "sections" / "secrets").exists()
    for path in ("hidden.html", "drafts/draft.html"):
        assert site.page(path).select_one(".filed").get_text() == "Secrets"


def test_links_in_openings_are_right_on_the_page_that_shows_them_and_settings_have_a_say(
    tmp_path: Path,
) -> None:
    site = PlainSite(tmp_path)
    site.articles()
    site.article(
        "told", "See [this]({filename}tram.md).\n\nTwo.\n\nThree.", save_as="deep/down/told.html"
    )
    site.article("reader", "Read.", related="told")
    (site.folder / "templates" / "section.html").write_text(
        "{{ section.name }}: {{ articles|length }}", "utf-8"
    )
    site.build(
        "-e", "RELATIVE_URLS=true", 'SECTION_URL="topics/{slug}.html"', "DEFAULT_PAGINATION=false"
    )
    assert site.page("reader.html").select_one(".related p a")["href"] == "./tram.html"
    assert site.page("topics/europe.html").get_text() == "Europe: 5"
    assert (site.folder / "output/topics/europe/feed.xml").is_file()


@pytest.mark.slow
def test_with_pelicans_cache_a_change_gives_what_a_whole_build_gives(tmp_path: Path) -> None:
    site = PlainSite(tmp_path)
    site.articles()
    cached = ("-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true")
    site.build(*cached)
    assert (site.folder / "cache" / "broadside-related").is_file()
    site.article("tram", ABOUT["bread"])
    site.build(*cached)
    found = [site.related(slug) for slug in ABOUT]
    site.build("-d")
    assert [site.related(slug) for slug in ABOUT] == found


def test_what_a_plain_site_loads_is_little_of_broadside() -> None:
    names = ("related", "keep_reading", "indexes")
    code = "".join(
        f"import broadside.plugins.{name} as {name}\n{name}.register()\n" for name in names
    )
    engine = {
        f"broadside.{name}"
        for name in ("site.story", "content.content", "front_matter.data", "store", "words")
    }
    assert loaded_by(code, engine | {"nh3", "sqlite3"}) == "[]\n"
