"""Series, dossiers and issues in real builds: places of stories, pages, and what a new part
changes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.sample import HARBOUR, Outlet, differing

SECRET = "the-secret-flood"


def series(outlet: Outlet, stem: str, text: str = "About *it*.", **given: Any) -> Path:
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in given.items())
    return outlet.write(f"series/{stem}.md", f"---\n{lines}---\n{text}\n")


def words(part: Tag | None) -> str:
    return " ".join(part.get_text(" ").split()) if part else ""


def way(outlet: Outlet, url: str, rel: str) -> list[str]:
    """Where the boxes lead, the box of the series that the story names itself first."""
    return [str(link["href"]) for link in outlet.html(url).select(f".series-box a[rel={rel}]")]


def numbers(outlet: Outlet, slugs: Sequence[str], month: str = "2026/11") -> list[str]:
    found = []
    for slug in slugs:
        line = words(outlet.html(f"{month}/{slug}/").select_one(".series-line"))
        found.append(line.partition("Part ")[2].partition(" Prev")[0].partition(" Next")[0])
    return found


def things(outlet: Outlet, url: str) -> list[dict[str, Any]]:
    return [
        json.loads(script.text)
        for script in outlet.html(url).select('script[type="application/ld+json"]')
    ]


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """Three parts of a series, one of them in two languages, one held, one a draft, one hidden; a
    dossier and an issue.
    """
    outlet = Outlet(tmp_path_factory.mktemp("magazine"))
    outlet.photo()
    series(outlet, "the-water", name="The water", description="Who owns it.", **HARBOUR)
    series(
        outlet,
        "narrow",
        name="Narrow waters",
        form="dossier",
        stories=["two", "alone", "one", SECRET],
    )
    series(
        outlet,
        "issue-12",
        name="Salt",
        form="issue",
        number="12",
        cover_date="Autumn 2026",
        stories=["three", "one"],
    )
    series(
        outlet, "floods-to-come", name="Floods to come", **HARBOUR | {"alt": "Nobody knows yet."}
    )
    for day, slug in enumerate(("one", "two", "three"), 1):
        outlet.story(slug, date=f"2026-11-0{day}", series="The water")
    outlet.story("deux", lang="fr", translation_of="two", date="2026-11-09")
    outlet.story("alone", date="2026-11-08")
    for day in (10, 11, 12):  # which fill the top of the front page
        outlet.story(f"new-{day}", date=f"2026-11-{day}")
    outlet.story(SECRET, date="2026-12-01", series="the-water")
    outlet.story("unfinished-flood", status="draft", series="The water")
    outlet.story("aside", status="hidden", series="The water")
    outlet.story(
        "later",
        date="2026-12-02",
        series="Floods to come",
        body="Of what is [to come](/series/floods-to-come/).",
    )
    outlet.write(
        "front_page.yml",
        "blocks:\n- {block: lead}\n- {block: series, series: narrow}\n- {block: series, series:"
        " Floods to come}\n",
    )
    assert "published," in outlet.rebuild()
    return outlet


def test_a_part_says_which_it_is_of_how_many_and_leads_to_its_neighbours(magazine: Outlet) -> None:
    assert numbers(magazine, ["one", "two", "three", "alone"]) == [
        "1 of 3",
        "2 of 3",
        "3 of 3",
        "2 of 3",
    ]
    assert way(magazine, "2026/11/two/", "prev") == ["/2026/11/one/"], (
        "it is the first of the dossier"
    )
    assert way(magazine, "2026/11/two/", "next") == ["/2026/11/three/", "/2026/11/alone/"]
    for where in (".series-line", ".series-box"):
        first = magazine.html("2026/11/two/").select_one(where)
        assert first
        assert [str(link["href"]) for link in first.select("a")].count("/2026/11/three/") == 1
        assert "/series/the-water/" in [str(link["href"]) for link in first.select("a")]


def test_a_translation_has_its_originals_place_and_a_reader_stays_in_the_language_where_that_is_possible(
    magazine: Outlet,
) -> None:
    page = magazine.html("2026/11/deux/")
    assert "2 sur 3" in words(page.select_one(".series-line"))
    assert [link["href"] for link in page.select(".series-box")[0].select("a[rel]")] == [
        "/2026/11/one/",
        "/2026/11/three/",
    ]
    assert way(magazine, "2026/11/one/", "next")[0] == "/2026/11/two/", (
        "not the translation, which is newer"
    )


def test_a_hidden_story_says_where_it_belongs_and_does_not_count(magazine: Outlet) -> None:
    page = magazine.html("2026/11/aside/")
    assert words(page.select_one(".series-line")) == "Series The water"
    assert not page.select(".series-box")


def test_a_page_of_a_series_has_its_introduction_picture_and_parts(magazine: Outlet) -> None:
    page = magazine.html("series/the-water/")
    assert words(page.select_one("h1.index-title")) == "The water"
    assert words(page.select_one(".story-body")) == "About it ."
    assert page.select(".photo--lead img[alt='A harbour.']")
    assert "Photo by A. Person/Agency" in words(page.select_one(".photo--lead"))
    assert [teaser["data-slug"] for teaser in page.select("ol article.teaser")] == [
        "one",
        "two",
        "three",
    ]
    assert [words(each) for each in page.select(".series-number")] == ["1", "2", "3"]
    dossier = magazine.html("series/narrow/")
    assert [teaser["data-slug"] for teaser in dossier.select("ol article.teaser")] == [
        "two",
        "alone",
        "one",
    ]


def test_an_issue_has_number_and_date_and_stories_rather_than_parts(magazine: Outlet) -> None:
    page = magazine.html("series/issue-12/")
    assert words(page.select_one(".index-kind")) == "Issue 12, Autumn 2026"
    assert words(page.select_one("#series-parts")) == "2 stories"
    assert not page.select(".series-number")
    lines = [words(line) for line in magazine.html("2026/11/three/").select(".series-line")]
    assert lines == ["Series The water Part 3 of 3 Previous part", "Issue 12, Autumn 2026 Salt"]
    (issue,) = things(magazine, "series/issue-12/")
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "12")


def test_machines_are_told_of_series_and_of_places_in_them(magazine: Outlet) -> None:
    (told,) = things(magazine, "series/the-water/")
    assert (told["@type"], told["name"], told["description"]) == (
        "CreativeWorkSeries",
        "The water",
        "Who owns it.",
    )
    assert [(part["position"], part["url"].rpartition("/2026")[2]) for part in told["hasPart"]] == [
        (1, "/11/one/"), (2, "/11/two/"), (3, "/11/three/"),
    ]  # fmt: skip
    story = things(magazine, "2026/11/two/")[0]
    assert [part["name"] for part in story["isPartOf"]] == ["The water", "Narrow waters"]
    assert story["position"] == 2
    sitemap = magazine.files()["sitemaps/pages.xml"].decode()
    assert all(f"/series/{url}<" in sitemap for url in ("", "the-water/", "narrow/", "issue-12/"))
    assert "three" in magazine.files()["series/the-water/feed.xml"].decode()
    assert "series/the-water/feed.json" in magazine.files()


def test_all_series_are_listed_that_with_the_newest_part_first(magazine: Outlet) -> None:
    listed = [str(link["href"]) for link in magazine.html("series/").select(".teaser .headline a")]
    assert listed == ["/series/narrow/", "/series/the-water/", "/series/issue-12/"]


def test_the_front_page_shows_a_series_with_numbers_and_leaves_out_one_that_is_not_out(
    magazine: Outlet,
) -> None:
    (block,) = magazine.html("").select(".section-block")
    assert [words(block.select_one(title)) for title in ("h2", "h3")] == [
        "Dossier",
        "Narrow waters",
    ]
    stories = block.select("article.teaser")
    shown = {teaser["data-slug"]: words(teaser.select_one(".dateline span")) for teaser in stories}
    assert shown
    assert shown.items() <= {"two": "Part 1", "alone": "Part 2", "one": "Part 3"}.items()


def test_a_preview_shows_what_is_not_out_without_counting_it(
    tmp_path: Path, magazine: Outlet
) -> None:
    preview = magazine.copy(tmp_path)
    assert "published," in preview.rebuild(drafts=True)
    assert words(preview.html(f"drafts/{SECRET}/").select_one(".series-line")) == "Series The water"
    assert numbers(preview, ["one"]) == ["1 of 3"]
    assert words(preview.html("series/floods-to-come/").select_one(".listing-empty"))


def test_the_first_part_of_a_series_does_not_look_like_its_last(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    series(outlet, "the-water", name="The water")
    outlet.story("one", series="The water", date="2026-11-01")
    outlet.rebuild()
    assert numbers(outlet, ["one"]) == ["1"]


def test_outlets_without_series_have_no_list_of_them(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    outlet.page("series", "Our favourite series.")
    assert "published," in outlet.rebuild()
    assert "Our favourite series." in words(outlet.html("series/"))


def test_addresses_are_where_a_setting_says_and_former_ones_lead_there(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    series(outlet, "the-water", name="The water", redirect_from=["/specials/water/"])
    outlet.story(
        "one",
        series="The water",
        body="More [here](/serien/the-water/), or {series}the-water is [there]({series}the-water).",
    )
    settings = {"SERIES_URL": "serien/{slug}/", "FORMER_URLS": {"series/": "serien/"}}
    assert "published," in outlet.rebuild(settings=settings)
    files = outlet.files()
    assert {
        "serien/index.html",
        "serien/the-water/index.html",
        "serien/the-water/feed.xml",
    } <= files.keys()
    lines = files["_redirects"].decode().splitlines()
    assert {
        "/series/the-water/ /serien/the-water/ 301",
        "/specials/water/ /serien/the-water/ 301",
    } <= {*lines}
    links = [str(link["href"]) for link in outlet.html("2026/11/one/").select(".story-body a")]
    assert links == ["/serien/the-water/"] * 2


def test_a_new_part_of_a_long_series_changes_its_neighbour_and_its_last_page_only(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    settings = {"RAIL_PAGES": 0, "STREAM_LENGTH": 0, "INDEX_SIZE": 5, "SEARCH": False}
    series(outlet, "long", name="The long count")
    for number in range(1, 122):
        day = f"2026-{(number - 1) // 20 + 1:02}-{(number - 1) % 20 + 1:02}"
        outlet.story(f"part-{number}", series="The long count", date=day)
    assert "published," in outlet.rebuild(settings=settings)
    before = outlet.files()
    assert outlet.html("series/long/").select("ol[start='1'] > li:nth-of-type(100)")
    second = outlet.html("series/long/page/2/")
    assert words(second.select_one(".series-number")) == "101"
    assert (
        words(outlet.html("2026/03/part-45/").select_one(".series-line span + a + span"))
        == "Part 45"
    )
    outlet.story("part-122", series="The long count", date="2026-11-01")
    assert "published," in outlet.rebuild(settings=settings)
    stories = [
        name
        for name in differing(before, outlet.files())
        if name.startswith("2026/") and "part" in name
    ]
    assert [name for name in stories if "republish" not in name] == [
        "2026/07/part-121/index.html", "2026/11/part-122/index.html", "2026/11/part-122/index.md"
    ]  # fmt: skip
    pages = [
        name
        for name in differing(before, outlet.files())
        if name.startswith("series/") and name.endswith("html")
    ]
    assert pages == ["series/index.html", "series/long/index.html", "series/long/page/2/index.html"]


def test_a_column_has_a_face_and_a_rhythm_and_its_newest_part_first_and_no_numbers(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.photo("ana.jpg")
    outlet.author("Ana Pereira", portrait="photos/ana.jpg", alt="Ana, drawn.")
    series(
        outlet,
        "low",
        name="Low water",
        form="column",
        author="Ana Pereira",
        rhythm="Fridays",
        stories=["week-2"],
    )
    settings = {"RAIL_PAGES": 0, "STREAM_LENGTH": 0, "INDEX_SIZE": 2, "SEARCH": False}
    for week in range(1, 6):
        given = {} if week == 2 else {"series": "low"}
        outlet.story(f"week-{week}", date=f"2026-11-0{week}", type="Opinion", **given)
    outlet.write("front_page.yml", "blocks:\n- {block: series, series: low}\n")
    assert "published," in outlet.rebuild(settings=settings)
    story = outlet.html("2026/11/week-2/")
    for kicker in (
        story.select_one(".story-header .kicker"),
        outlet.html("latest/page/1/").select_one(".kicker"),
    ):
        assert words(kicker) == "Low water | Europe"
    assert not story.select(".series-line")
    assert (
        words(story.select_one(".series-box"))
        == "Previous column Headline of week-1 Column, Fridays Low water Next column Headline of"
        " week-3"
    )
    front = outlet.html("series/low/")
    assert words(front.select_one(".index-kind")) == "Column, Fridays"
    assert front.select(".index-header img[alt='Ana, drawn.']")
    assert [str(link["href"]) for link in front.select(".index-header a[rel=author]")] == [
        "/authors/ana-pereira/"
    ]
    assert [words(each) for each in front.select("ol .kicker")] == ["Europe"] * 3
    found = {
        url: [each["data-slug"] for each in outlet.html(url).select("ol article")]
        for url in ("series/low/", "series/low/page/1/")
    }
    assert [*found.values()] == [["week-5", "week-4", "week-3"], ["week-2", "week-1"]]
    (told,) = things(outlet, "series/low/")
    assert told["author"]["name"] == "Ana Pereira"
    assert all(
        "position" not in thing
        for thing in (*told["hasPart"], *things(outlet, "2026/11/week-2/")[:1])
    )
    before = outlet.files()
    assert not [
        name for name, data in before.items() if name.endswith(".html") and b">Part " in data
    ]
    outlet.story("week-6", date="2026-11-06", type="Opinion", series="low")
    assert "published," in outlet.rebuild(settings=settings)
    changed = [name for name in differing(before, outlet.files()) if name.endswith("index.html")]
    assert [name for name in changed if name.startswith("2026/") and "republish" not in name] == [
        "2026/11/week-5/index.html", "2026/11/week-6/index.html"
    ]  # fmt: skip
    assert "series/low/page/1/index.html" not in changed


def test_a_debate_has_its_motion_and_its_parts_by_side_and_replies_last(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    sides = [{"name": "For", "stories": ["yes", "soon"]}, {"name": "Against", "stories": ["no"]}]
    series(
        outlet,
        "cash",
        name="Cash",
        form="debate",
        motion='Shops should "take" it.',
        sides=sides,
        stories=["asks"],
    )
    outlet.write("front_page.yml", "blocks:\n- {block: series, series: cash, stories: 3}\n")
    for day, slug in enumerate(("yes", "no", "asks", "other"), 1):
        outlet.story(slug, date=f"2026-11-0{day}", **({"answers": "yes"} if slug == "no" else {}))
    outlet.story("later", date="2026-11-08", series="cash")
    outlet.story("soon", date="2026-12-08")  # which is held
    for day in (10, 11, 12):  # which fill the top of the front page
        outlet.story(f"new-{day}", date=f"2026-11-{day}")
    outlet.story("non", lang="fr", translation_of="no", date="2026-11-09")
    assert "published," in outlet.rebuild()
    page = outlet.html("series/cash/")
    assert words(page.select_one(".debate-motion")) == "Shops should “take” it."
    found = {
        words(each.select_one("h3")): [str(story["data-slug"]) for story in each.select("article")]
        for each in page.select(".debate > section")
    }
    assert found == {"For": ["yes"], "Against": ["no"], "Replies": ["asks", "later"]}
    assert page.select("link[href*=debate]")
    said = {
        slug: [words(line) for line in outlet.html(f"2026/11/{slug}/").select(".series-line")]
        for slug in ("non", "asks")
    }
    assert said == {
        "non": ["Débat Cash", "Against: Shops should “take” it."],
        "asks": ["Debate Cash"],
    }
    assert (
        words(outlet.html("2026/11/no/").select_one(".series-box"))
        == "Debate Cash Next in this debate Headline of asks"
    )
    assert not outlet.html("2026/11/yes/").select(".series-box")  # "Answered by" leads there
    translated = outlet.html("2026/11/non/")  # does not say itself what it answers
    assert not translated.select(".answers")
    assert "2026/11/yes/" in str(translated.select(".series-box a[rel=prev]"))
    assert [words(each) for each in outlet.html("").select(".series-block .dateline span")] == [
        "For",
        "Against",
    ]
    others = [
        name
        for name in outlet.files()
        if name.endswith(".html") and name != "series/cash/index.html"
    ]
    assert not [
        name for name in others if b"debate-" in outlet.files()[name] and "admin" not in name
    ]
