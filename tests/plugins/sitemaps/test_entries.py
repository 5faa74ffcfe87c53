"""Which stories are named, in which file."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from broadside.plugins.sitemaps.maps import SitemapEntry, by_month, entry_of, in_files, news_of
from tests.stories import DAWN, URLS, story

NOW = DAWN + timedelta(days=60)


def test_a_month_has_its_own_stories_and_stays_as_it_is_when_a_newer_one_begins() -> None:
    stories = [story(number) for number in range(45)]
    assert list(by_month([story(100)])) == ["2027-02"]
    before = by_month(stories[:40])
    after = by_month(stories)
    assert {name: len(rows) for name, rows in after.items()} == {"2026-11": 30, "2026-12": 15}
    assert before["2026-11"] == after["2026-11"]
    assert before["2026-12"] == after["2026-12"][:10]


def test_a_copy_is_left_to_the_site_that_it_is_a_copy_of() -> None:
    stories = [story(0), story(1, canonical="https://elsewhere.example/a")]
    assert list(by_month(stories).values()) == [stories[:1]]
    assert news_of(stories, DAWN + timedelta(days=1), URLS) == [
        ("https://outlet.example/2026/11/story-0/", "Story 0", DAWN, "en")
    ]


def test_a_story_brings_its_pictures_each_once() -> None:
    lead, inner = SimpleNamespace(src="photos/a.jpg"), SimpleNamespace(src="photos/b.jpg")
    shows = story(0, photo=lead, inline_photos=[inner, lead])
    assert entry_of(shows, URLS).images == (
        "https://outlet.example/photos/a.jpg",
        "https://outlet.example/photos/b.jpg",
    )
    assert entry_of(story(0), URLS) == SitemapEntry("https://outlet.example/2026/11/story-0/", DAWN)


def test_news_are_exactly_those_of_the_last_48_hours() -> None:
    ages = [
        timedelta(hours=48, seconds=1),
        timedelta(hours=48),
        timedelta(hours=47, minutes=59),
        timedelta(),
    ]
    stories = [story(number, date=NOW - age) for number, age in enumerate(ages)]
    assert [row[1] for row in news_of(stories, NOW, URLS)] == ["Story 3", "Story 2"]


def test_news_are_no_more_than_may_be_and_then_the_newest() -> None:
    stories = [story(number, date=NOW - timedelta(minutes=2000 - number)) for number in range(1200)]
    rows = news_of(stories, NOW, URLS)
    assert len(rows) == 1000
    assert rows[0][1] == "Story 1199"


def test_a_list_too_long_for_one_file_goes_on_in_another() -> None:
    rows = [SitemapEntry(f"https://a.example/{number}/") for number in range(5)]
    files = in_files({"pages": rows, "2026-11": rows[:2]}, most=2)
    assert {name: len(entries) for name, entries in files.items()} == {
        "sitemaps/pages.xml": 2,
        "sitemaps/pages-2.xml": 2,
        "sitemaps/pages-3.xml": 1,
        "sitemaps/2026-11.xml": 2,
    }
    assert [row for name, entries in files.items() if "pages" in name for row in entries] == rows
