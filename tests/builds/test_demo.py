"""The demo site as a whole: every link leads somewhere, and every story can be found."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from PIL import Image

from broadside.media.files import KINDS
from broadside.plugins.assets.bundle import OF_CHARTS, OF_SITE, OF_STORIES
from tests.feed_rules import faults
from tests.plugins.sitemaps.validator import faults_of
from tests.plugins.structured_data.validators import ARTICLES, judged
from tests.repository import PROJECT
from tests.sample import Outlet

Tell = Any
SITE = "http://127.0.0.1:8000"
CSS = PROJECT / "theme" / "static" / "css"
FEEDS = ("feed.xml", "rss.xml", "feed.json")
POINTS = ("href", "src", "data-rails", "action")
NAMES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The demo content, but with pictures that are quick to make."""
    outlet = Outlet(tmp_path_factory.mktemp("demo"))
    shutil.rmtree(outlet.content)
    shutil.copytree(PROJECT / "content", outlet.content, ignore=shutil.ignore_patterns("photos"))
    photos = PROJECT / "content" / "photos"
    for picture in photos.rglob("*.*"):
        outlet.photo(picture.relative_to(photos).as_posix())
    # artwork, which directories want to be large
    outlet.photo("half-a-coffee.png", size=(1400, 1400))
    done = outlet.build("--now", "2027-01-01T00:00")
    assert done.returncode == 0, done.stderr
    return outlet


@pytest.fixture(scope="module")
def pages(demo: Outlet) -> dict[str, lxml.html.HtmlElement]:
    """Every page by its address."""
    files = {name: data for name, data in demo.files().items() if name.endswith(".html")}
    return {
        "/" + name.removesuffix("index.html"): lxml.html.fromstring(data)
        for name, data in files.items()
    }


@pytest.fixture(scope="module")
def ids(pages: dict[str, lxml.html.HtmlElement]) -> dict[str, list[str]]:
    return {url: [str(found) for found in page.xpath("//@id")] for url, page in pages.items()}


def found(
    page: lxml.html.HtmlElement, tag: str, name: str = "", more: str = ""
) -> list[lxml.html.HtmlElement]:
    """The elements of a page with a tag and a class."""
    of_class = f"[contains(concat(' ', @class, ' '), ' {name} ')]" if name else ""
    return list(page.xpath(f"//{tag}{of_class}{more}"))


def pointed(page: lxml.html.HtmlElement) -> Iterator[str]:
    """Every address on a page that belongs to the site, from the root of its host."""
    for element in page.iter("a", "link", "img", "source", "script", "form", "meta", "p"):
        addresses = [element.get(name, "") for name in POINTS]
        addresses += (
            [element.get("content", "")]
            if element.get("property") in ("og:url", "og:image")
            else []
        )
        addresses += [
            candidate.split()[0] for candidate in element.get("srcset", "").split(", ") if candidate
        ]
        addresses = [
            each.removeprefix(SITE) if each.startswith(SITE + "/") else each for each in addresses
        ]
        yield from (address for address in addresses if address.startswith(("/", "#")))


def test_every_address_leads_somewhere(
    demo: Outlet, pages: dict[str, lxml.html.HtmlElement], ids: dict[str, list[str]]
) -> None:
    files, checked, lost = demo.files(), 0, []
    for url, page in pages.items():
        for address in pointed(page):
            path, fragment = unquote(urlsplit(address).path) or url, urlsplit(address).fragment
            file = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
            checked += 1
            is_file = path.startswith("/files/")  # of which a fragment is a page, or a minute
            if file not in files or (
                fragment and not is_file and unquote(fragment) not in ids[path]
            ):
                lost.append(f"{url} -> {address}")
    assert lost == []
    assert checked > 20 * len(pages)


def test_an_id_stands_once_on_a_page_and_every_name_is_that_of_one(
    pages: dict[str, lxml.html.HtmlElement], ids: dict[str, list[str]]
) -> None:
    for url, page in pages.items():
        twice = [name for name, count in Counter(ids[url]).items() if count > 1]
        assert twice == [], url
        for name in NAMES:
            named = {word for value in page.xpath(f"//@{name}") for word in value.split()}
            assert named <= set(ids[url]), url


def test_no_two_files_differ_only_in_case(demo: Outlet) -> None:
    assert len({name.lower() for name in demo.files()}) == len(demo.files())


def test_a_walk_through_any_index_meets_every_story_once_newest_first(
    pages: dict[str, lxml.html.HtmlElement],
) -> None:
    fronts = [
        url
        for url, page in pages.items()
        if found(page, "h1", "index-title") and "/page/" not in url
    ]
    walks = {url: list(walked(pages, url)) for url in fronts}
    walks = {url: walk for url, walk in walks.items() if url != "/series/"}  # which lists series
    stories = [url for url, page in pages.items() if found(page, "main/article", "story")]
    latest = [slug for page in walks["/latest/"] for slug in slugs(page)]
    translation, paid = "montreux-a-quatre-vingt-dix-ans", "what-a-kilometre-of-cable-weighs"
    assert sorted([*latest, translation, paid]) == sorted(url.split("/")[-2] for url in stories)
    # which only its translator's page lists
    latest.insert(latest.index("montreux-at-ninety"), translation)
    assert max(map(len, walks.values())) > 1, "no index of the demo has a second page"
    for url, walk in walks.items():
        met = [slug for page in walk for slug in slugs(page) if slug != paid]
        in_order = met[1:] == [slug for slug in latest if slug in met[1:]] and (
            not met or met[0] in [*filter(met.__contains__, latest)][:5]
        )
        assert in_order or url == "/" or url.startswith(("/roundup/", "/series/")), url
        assert len(met) == len(set(met)), url


def walked(pages: dict[str, lxml.html.HtmlElement], url: str) -> Iterator[lxml.html.HtmlElement]:
    """The pages of an index by rel=next, each of which leads back."""
    while url:
        yield pages[url]
        older = found(pages[url], "nav", "pagination", "/a[@rel='next']")
        if older and "/page/" in url:
            (back,) = found(pages[older[0].get("href")], "nav", "pagination", "/a[@rel='prev']")
            assert back.get("href") == url
        url = older[0].get("href") if older else ""


def slugs(page: lxml.html.HtmlElement) -> list[str]:
    return [str(teaser.get("data-slug")) for teaser in found(page, "article", "teaser")]


def test_the_sitemaps_name_every_page_for_readers_and_no_other(
    demo: Outlet, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    written = {name: data for name, data in demo.files().items() if "sitemap" in name}
    assert {
        name: faults
        for name, data in written.items()
        if name != "news-sitemap.xml" and (faults := faults_of(data))
    } == {}
    files = {name: ET.fromstring(data) for name, data in written.items()}
    location = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    index = [each.text for each in files.pop("sitemap.xml").iter(location)]
    files.pop("news-sitemap.xml")
    assert index == [f"{SITE}/{name}" for name in files]
    named = Counter(each.text or "" for tree in files.values() for each in tree.iter(location))
    assert set(named.values()) == {1}
    addresses = {address.removeprefix(SITE) for address in named}
    reports = {address for address in addresses if address.endswith(".pdf")}
    assert {report.lstrip("/") for report in reports} == {
        name for name in demo.files() if name.endswith(".pdf")
    }
    assert addresses - reports <= pages.keys()
    left = {
        url
        for url in pages.keys() - addresses
        if not pages[url].xpath("//meta[@content='noindex']")
    }
    empty = {url for url in left if found(pages[url], "p", "listing-empty")}
    assert {
        url for url in left - empty if not ("/page/" in url or url.startswith("/archive/2"))
    } == set()


def test_only_files_of_kinds_that_run_nothing_are_published_as_they_were_written(
    demo: Outlet,
) -> None:
    written = {path.read_bytes() for path in demo.content.rglob("*") if path.is_file()}
    raw = {
        PurePosixPath(name).suffix.lower() for name, data in demo.files().items() if data in written
    }
    assert raw
    assert raw <= KINDS.keys()


def test_no_page_needs_a_script_a_third_party_or_a_cookie(
    pages: dict[str, lxml.html.HtmlElement],
) -> None:
    for url, page in pages.items():
        if url == "/admin/":  # which is for writers, and has a policy of its own
            continue
        loaded = [
            *page.xpath(
                "//script/@src | //img/@src | //source/@src | //link[@rel='stylesheet']/@href"
            )
        ]
        assert [address for address in loaded if not str(address).startswith("/")] == [], url
        inline = "//script[not(@src) and not(@type='application/ld+json')]"
        assert not page.xpath(f"{inline} | //@onclick | //@style | //iframe | //style"), url


@pytest.fixture(scope="module")
def told(demo: Outlet, pages: dict[str, lxml.html.HtmlElement]) -> dict[str, list[dict[str, Any]]]:
    """Address -> what a page tells machines of itself."""
    scripts = "//script[@type='application/ld+json']"
    return {
        url: [json.loads(str(each.text)) for each in page.xpath(scripts)]
        for url, page in pages.items()
    }


def test_pages_tell_of_themselves_what_search_engines_ask_for(
    pages: dict[str, lxml.html.HtmlElement],
    told: dict[str, list[dict[str, Any]]],
    record_property: Tell,
) -> None:
    kinds = {url: [judged(thing) for thing in things] for url, things in told.items()}
    accepted = Counter(kind for found in kinds.values() for kind in found)
    record_property("things that the schemas accept", dict(accepted))
    assert kinds["/"] == ["WebSite", "NewsMediaOrganization"]
    for url, page in pages.items():
        if page.xpath("//meta[@name='robots']/@content") != ["max-image-preview:large"]:
            assert kinds[url] == [], url
        elif found(page, "main/article", "story"):
            assert ARTICLES & set(kinds[url]), url
            if kinds[url] == ["AdvertiserContentArticle"]:  # paid content is that alone
                continue
            others = kinds[url][1:]
            assert others[:1] == ["BreadcrumbList"], url
            assert {*others[1:]} <= {"PodcastEpisode", "Review"}, url
        elif url.startswith("/authors/"):
            assert kinds[url][0] == "ProfilePage" or "/page/" in url or url == "/authors/", url
        elif found(page, "main", "series"):
            assert kinds[url] == ["CreativeWorkSeries"], url
        elif found(page, "main", "listing"):
            assert kinds[url] == ["CollectionPage"], url


def test_what_a_story_tells_is_what_its_page_shows_and_nothing_of_the_stream(
    demo: Outlet, pages: dict[str, lxml.html.HtmlElement], told: dict[str, list[dict[str, Any]]]
) -> None:
    stories = {
        url: told[url][0]
        for url, page in pages.items()
        if found(page, "main/article", "story") and told[url]
    }
    assert len(stories) > 40
    for url, story in stories.items():
        page = pages[url]
        (own,) = found(page, "main/article", "story")
        assert story["headline"] == own.xpath(".//h1")[0].text_content(), url
        assert [story["url"]] == page.xpath("//link[@rel='canonical']/@href"), url
        makers = [
            *story["author"],
            *story.get("translator", []),
            *(r["contributor"] for r in story.get("contributor", [])),
        ]
        with_page = [who["name"] for who in makers if "url" in who]  # not who wrote a letter
        assert with_page == own.xpath(".//p[@class='byline']/a/text()"), url
        assert story["datePublished"] in own.xpath(".//time/@datetime"), url
        assert story["dateModified"] >= story["datePublished"], url
        for other in found(page, "section", "stream", "/article/h2"):
            assert other.text_content() not in json.dumps(told[url], ensure_ascii=False), url
        sizes = [
            Image.open(demo.output / image.removeprefix(SITE + "/")).size
            for image in story.get("image", [])
        ]
        assert [
            abs(w / h - ratio) < 0.05
            for (w, h), ratio in zip(sizes, (16 / 9, 4 / 3, 1), strict=False)
        ] in (
            [],
            [True] * 3,
        )


def test_translations_name_each_other(pages: dict[str, lxml.html.HtmlElement]) -> None:
    links = {
        SITE + url: page.xpath("//link[@hreflang and @rel='alternate']")
        for url, page in pages.items()
    }
    named = {
        url: [(link.get("hreflang"), link.get("href")) for link in each]
        for url, each in links.items()
        if each
    }
    assert len(named) == 2
    (one,) = {tuple(each) for each in named.values()}
    assert {href for _, href in one} == named.keys()
    assert [lang for lang, _ in one] == ["en", "x-default", "fr"]


def test_every_page_says_what_it_is(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for url, page in pages.items():
        assert page.get("lang"), url
        assert len(page.xpath("//title")) == 1, url
        assert len(found(page, "h1")) == 1, url
        assert len(found(page, "main")) == 1, url
        assert not [image for image in found(page, "img") if image.get("alt") is None], url


def test_every_feed_keeps_to_its_specification(
    demo: Outlet, record_property: Callable[[str, object], None]
) -> None:
    feeds = {name: data for name, data in demo.files().items() if PurePosixPath(name).name in FEEDS}
    record_property(
        "feeds of the demo", Counter(PurePosixPath(name).name for name in feeds).most_common()
    )
    assert [said for name, data in feeds.items() for said in faults(name, data)] == []
    assert len(feeds) > 50


TOPS = {"opener": "story--wide", "report": "story--report"}
"""Sheets for the top of a story's page, and the class that needs them."""


def test_no_page_has_a_component_whose_styles_its_style_sheet_leaves_out(
    pages: dict[str, lxml.html.HtmlElement],
) -> None:
    for sheet in (OF_SITE, OF_STORIES, OF_CHARTS):
        parts = [*CSS.glob("components/*.css"), *CSS.glob("pages/*.css")]
        left_out = {
            part.stem.replace("_", "-") for part in parts if not sheet.has(part.read_text("utf-8"))
        }
        address = re.compile(rf"/theme/{sheet.name}-[0-9a-f]+\.css")
        having = [
            page for page in pages.values() if any(map(address.search, page.xpath("//link/@href")))
        ]
        assert len(having) > 2, sheet.name
        for page in having:
            used = {name for names in page.xpath("//@class") for name in names.split()}
            used |= {sheet for sheet, name in TOPS.items() if name in used}
            links = " ".join(page.xpath("//link/@href"))
            # in a style sheet of their own
            own = {name for name in left_out if f"/theme/{name}-" in links}
            # it has the styles of the form
            own |= {"support-form"} & used if "landing" in own else set()
            assert used & left_out == own, page.findtext(".//title")
