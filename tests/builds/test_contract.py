"""The hooks and files that outside checks rely on, on the pages of a real build."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from broadside.config.options import settings_in
from broadside.urls import file_of
from tests.sample import Outlet

SMALLEST = """---
title: A headline
dek: One sentence.
date: 2026-11-20T09:00
author: Ana Pereira
section: Europe
type: Analysis
---
Body.
"""


@pytest.fixture(scope="module")
def page(built: Outlet) -> BeautifulSoup:
    """The story page that has everything."""
    return built.html("2026/11/cables/")


@pytest.fixture(scope="module")
def story(page: BeautifulSoup) -> Tag:
    (found,) = page.select("main > article.story[data-slug]")
    return found


def texts(tag: Tag, selector: str) -> list[str]:
    return [found.get_text(" ", strip=True) for found in tag.select(selector)]


def links(tag: Tag, selector: str) -> list[tuple[str, str]]:
    return [(found.get_text(" ", strip=True), str(found["href"])) for found in tag.select(selector)]


def test_the_story_says_its_slug_headline_and_dek(page: BeautifulSoup, story: Tag) -> None:
    assert story["data-slug"] == "cables"
    assert texts(story, "h1.headline") == ["Who guards the “cables”?"]
    assert len(page.select("h1")) == 1
    assert texts(story, "p.dek") == ["Dek of cables."]


def test_the_kicker_is_type_and_sections_each_a_link(story: Tag) -> None:
    wanted = [
        ("Analysis", "/types/analysis/"),
        ("North America", "/sections/north-america/"),
        ("Europe", "/sections/europe/"),
    ]
    kickers = story.select(".kicker")
    assert len(kickers) == 2, "once above and once below the text"
    assert [links(kicker, "a") for kicker in kickers] == [wanted, wanted]
    assert kickers[0].get_text(strip=True).startswith("Analysis|")


def test_the_byline_leads_to_every_author(story: Tag) -> None:
    assert links(story, ".byline a[rel=author]") == [
        ("Ana Pereira", "/authors/ana-pereira/"),
        ("Ben Okafor", "/authors/ben-okafor/"),
    ]
    assert texts(story, ".byline") == ["By Ana Pereira · translated by Ben Okafor"]


def test_times_are_machine_readable_in_the_outlets_zone(story: Tag) -> None:
    times = [time["datetime"] for time in story.select("time[datetime]")]
    assert times[:2] == ["2026-11-20T09:00:00+01:00", "2026-11-22T10:00:00+01:00"]


def test_the_lead_photo_has_alt_caption_and_credit(story: Tag) -> None:
    (picture,) = story.select("figure.photo--lead img[alt]")
    assert picture["alt"] == "Cranes over water."
    assert texts(story, ".photo--lead .caption") == ["The harbour in March"]
    assert texts(story, ".photo--lead .credit") == ["(Photo by A. Person/Agency)"]
    assert texts(story, ".photo--lead figcaption")[0].startswith(
        "Top photo credit: The harbour in March (Photo by"
    )


def test_a_photo_in_the_text_has_its_own_credit(story: Tag) -> None:
    (figure,) = story.select(".story-body figure.photo")
    assert figure.select_one("img[alt='A grey ship at a quay.']")
    assert texts(figure, ".caption") == ["The quay at dawn"]
    assert texts(figure, ".credit") == ["(Photo by Q. Lens/Agency)"]


def test_the_body_is_set_as_written(story: Tag) -> None:
    (body,) = story.select(".story-body")
    words = body.get_text(" ", strip=True)
    assert "“Nobody asked us,” the minister said, and the room" in words
    assert "costs €5" in words
    assert links(body, "a[href^='/']") == [
        ("and the reefs", "/2026/11/reefs/"),
        ("page", "/about/"),
    ]


def test_topics_bios_and_corrections_stand_below(story: Tag) -> None:
    assert links(story, ".topics a") == [
        ("NATO", "/topics/nato/"),
        ("Sea floor", "/topics/sea-floor/"),
    ]
    bios = story.select(".author-bio")
    assert [links(bio, ".author-name a") for bio in bios] == [
        [("Ana Pereira", "/authors/ana-pereira/")],
        [("Ben Okafor", "/authors/ben-okafor/")],
    ]
    assert bios[0].select_one("strong") is not None
    (entry,) = story.select(".corrections li")
    assert [str(time["datetime"])[:10] for time in entry.select("time")] == ["2026-11-21"]
    assert "It was five." in entry.get_text()


def test_the_stream_shows_whole_stories_hand_picked_ones_first(page: BeautifulSoup) -> None:
    stories = page.select("section.stream > article.story[data-slug]")
    slugs = [str(each["data-slug"]) for each in stories]
    assert slugs[:2] == ["short", "whole"]
    assert len(slugs) == len(set(slugs)) == 3
    for each in stories:
        ((headline, url),) = links(each, "h2.headline a[href]")
        assert headline == f"Headline of {each['data-slug']}"
        assert url.endswith(f"/{each['data-slug']}/")
        assert each.select_one(".kicker a")
        assert each.select_one(".story-body")


def test_a_photo_in_the_stream_keeps_its_credit(built: Outlet) -> None:
    page = built.html("2026/11/short/")
    shown = [
        each
        for each in page.select("section.stream > article.story")
        if each.select_one("figure.photo img[alt]")
    ]
    assert shown
    for each in shown:
        credit = texts(each, "figure.photo .credit")[0].strip("()")
        assert credit in ("Photo by A. Person/Agency", "Photo by Q. Lens/Agency")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "sections/europe/",
        "topics/sea-floor/",
        "types/analysis/",
        "authors/ana-pereira/",
        "latest/",
    ],
)
def test_each_picture_in_a_list_has_its_credit(built: Outlet, path: str) -> None:
    shown = built.html(path).select("article.teaser:has(img)")
    assert shown
    for each in shown:
        assert texts(each, ".credit") == ["Photo by A. Person/Agency"]


def test_long_stories_are_cut_behind_one_control_and_short_or_whole_ones_are_not(
    built: Outlet,
) -> None:
    for url in ("2026/11/cables/", "2026/11/reefs/", "2026/11/short/"):
        for each in built.html(url).select("section.stream > article.story"):
            controls = each.select("details.keep-reading > summary")
            assert len(controls) == (
                0 if each["data-slug"] in ("short", "whole", "a-brief") else 1
            ), each["data-slug"]
            for control in controls:
                assert "Keep reading" in control.get_text()
                assert "Show less" in control.get_text()


def test_what_a_stream_hides_and_shows_is_the_whole_text(built: Outlet) -> None:
    (shown,) = built.html("2026/11/cables/").select("section.stream [data-slug=whole] .story-body")
    wanted = built.html("2026/11/whole/").select(".story-body")[0]
    # a note beside the text, which is also at its end
    for copied in wanted.select(".note, .note-call"):
        copied.decompose()
    assert shown.get_text(" ", strip=True) == wanted.get_text(" ", strip=True)


def test_rails_newsletter_follow_bar_and_navigation(page: BeautifulSoup) -> None:
    latest = links(page, "aside.rail[data-rail=latest] li a")
    assert latest[0] == (
        "Headline of reefs",
        "/2026/11/reefs/",
    ), "the newest but the one that is read"
    assert ("Headline of a-brief", "/2026/11/a-brief/") not in latest
    assert links(page, "aside.rail[data-rail=briefs] li a") == [
        ("Headline of a-brief", "/2026/11/a-brief/")
    ]
    assert page.select_one("form.newsletter[action] input[type=email]")
    assert len(page.select("nav.follow a[href]")) == 4
    names = ["Europe", "North America", "Asia", "Briefs"]
    assert [name for name, _ in links(page, "nav.sections a")][:4] == names


@pytest.mark.parametrize(
    ("url", "rails"),
    [
        ("", ["briefs"]),
        ("latest/", ["briefs"]),
        ("sections/briefs/", ["latest"]),
        ("sections/europe/", ["latest", "briefs"]),
    ],
)
def test_no_rail_stands_where_its_stories_stand_already(
    built: Outlet, url: str, rails: list[str]
) -> None:
    assert [rail["data-rail"] for rail in built.html(url).select("aside.rail")] == rails


@pytest.mark.parametrize(
    ("url", "title", "slugs"),
    [
        ("sections/europe/", "Europe", ["cables", "reefs", "whole"]),
        ("sections/briefs/", "Briefs", ["a-brief"]),
        ("types/opinion/", "Opinion", ["old"]),
        ("topics/sea-floor/", "Sea floor", ["cables", "reefs"]),
        ("authors/ben-okafor/", "Ben Okafor", ["cables", "old"]),
        ("archive/2026/", "2026", ["a-brief", "cables", "reefs", "short", "whole", "old"]),
        ("archive/2026/10/", "October 2026", ["old"]),
        ("latest/", "Latest", ["a-brief", "cables", "reefs", "short", "whole", "old"]),
    ],
)
def test_an_index_lists_its_stories_newest_first(
    built: Outlet, url: str, title: str, slugs: list[str]
) -> None:
    page = built.html(url)
    assert texts(page, "h1.index-title") == [title]
    teasers = page.select("article.teaser[data-slug]")
    assert [teaser["data-slug"] for teaser in teasers] == slugs
    assert all(teaser.select_one("h2.headline a[href], h3.headline a[href]") for teaser in teasers)


def test_the_front_page_has_the_editors_slots_and_no_story_twice(built: Outlet) -> None:
    page = built.html("")
    slots = page.select("section.front [data-slot]")
    shown = [(slot["data-slot"], slot.select("article.teaser")[0]["data-slug"]) for slot in slots]
    assert shown == [
        ("lead", "reefs"),
        ("second", "cables"),
        ("third", "short"),
    ], "the second slot's time is over"
    slugs = [teaser["data-slug"] for teaser in page.select("article.teaser[data-slug]")]
    assert len(slugs) == len(set(slugs)) == 5, "all but the brief"


def test_every_file_of_the_contract_is_there(built: Outlet) -> None:
    files = (
        "index.html feed.xml feed.json sitemap.xml news-sitemap.xml robots.txt 404.html"
        " search/index.html"
    )
    wanted = [*files.split(), "latest/index.html", "corrections/index.html"]
    assert [name for name in wanted if name not in built.files()] == []


def test_the_ledger_lists_the_correction_with_its_story(built: Outlet) -> None:
    assert links(built.html("corrections/"), ".ledger a") == [
        ("Who guards the “cables”?", "/2026/11/cables/")
    ]


def test_the_foot_links_to_pages_that_are_there(page: BeautifulSoup) -> None:
    links = page.select("footer.colophon nav a")
    assert [
        link.text for link in links if link["href"] in ("/about/", "/ethics/", "/privacy/")
    ] == ["About"]


def test_the_output_holds_only_the_site(built: Outlet) -> None:
    assert not [
        name
        for name in built.files()
        if name.startswith(".")
        or "manifest" in name
        or (name.endswith(".md") and not name.endswith("/index.md"))
    ]
    assert {path.name for path in built.path.iterdir()} == {"content", "output", ".output.cache"}


def test_the_smallest_valid_story_is_published(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("articles/anything.md", SMALLEST)
    assert outlet.rebuild().startswith("1 story published, 0 held, 0 drafted;")
    assert texts(outlet.html("2026/11/a-headline/"), "h1.headline") == ["A headline"]


@pytest.mark.parametrize("stories", [0, 1])
def test_an_outlet_that_begins_has_each_page_of_its_own_and_no_list_without_entries(
    tmp_path: Path, stories: int
) -> None:
    outlet = Outlet(tmp_path)
    for number in range(stories):
        outlet.story(f"story-{number}")
    assert outlet.rebuild().startswith(f"{stories} stor")
    files, settings = outlet.files(), settings_in("pelicanconf.py")
    assert [url for url in settings.SITE_PATHS if file_of(url) not in files] == []
    assert [url for url in settings.SITE_FOLDERS if file_of(url) in files] == []
    pages = {path: outlet.html(path) for path in files if path.endswith(".html")}
    lists = {
        path: page.select("ul:not(:has(li)):not(.search-results, .search-names)")
        for path, page in pages.items()
    }
    assert {path: found for path, found in lists.items() if found} == {}
    for url in (
        ["topics/", "sections/asia/"]
        if stories
        else ["archive/", "latest/", "topics/", "sections/europe/"]
    ):
        assert texts(pages[file_of(url)], "p.listing-empty") == ["Nothing here yet."]
    assert len(pages["index.html"].select("section.front [data-slot]")) == stories
    for url in ("latest/", "sections/europe/", "authors/ana-pereira/"):
        assert len(pages[file_of(url)].select("article.teaser")) == stories
    for url in ("404.html", "search/", "corrections/", "archive/", "topics/"):
        assert pages[file_of(url)].select_one("main h1"), url
