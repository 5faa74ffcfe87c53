"""Every story is filed once under each of its headings."""

from __future__ import annotations

from broadside.content.terms import Term
from broadside.site.indexes import archive, collect
from tests.stories import ANA, ANALYSIS, ASIA, EUROPE, URLS, story

NATO = Term("NATO", "nato", "topics/nato/", kind="topic")


def test_a_story_stands_under_all_its_headings_and_its_time() -> None:
    listings = collect([one := story(1, EUROPE, ASIA, topics=[NATO])], URLS, [])
    wanted = {
        EUROPE.url,
        ASIA.url,
        ANALYSIS.url,
        NATO.url,
        ANA.url,
        "archive/2026/",
        "archive/2026/11/",
    }
    assert {url: listing.stories for url, listing in listings.items()} == {
        url: [one] for url in wanted
    }
    kinds = {"section", "type", "topic", "author", "year", "month"}
    assert {listing.index.kind for listing in listings.values()} == kinds


def test_a_story_that_names_a_heading_twice_stands_there_once() -> None:
    listings = collect([one := story(1, EUROPE, EUROPE, authors=[ANA, ANA])], URLS, [])
    assert listings[EUROPE.url].stories == listings[ANA.url].stories == [one]


def test_a_heading_without_a_story_has_an_empty_index() -> None:
    listings = collect([], URLS, [ASIA])
    assert list(listings) == [ASIA.url]
    assert listings[ASIA.url].stories == []
    assert listings[ASIA.url].index.term is ASIA


def test_a_story_without_a_type_is_filed_under_its_other_headings() -> None:
    listings = collect([story(1, EUROPE, story_type=None)], URLS, [])
    assert set(listings) == {EUROPE.url, ANA.url, "archive/2026/", "archive/2026/11/"}


def test_the_archive_lists_only_months_with_stories_newest_first() -> None:
    stories = [story(-400), story(0), story(1), story(40)]
    rows = archive(collect(stories, URLS, []), URLS)
    shown = [(year.name, [(month.name, count) for month, count in months]) for year, months in rows]
    assert shown == [
        ("2026", [("December 2026", 1), ("November 2026", 2)]),
        ("2025", [("September 2025", 1)]),
    ]
