"""Which stories stand in which rail."""

from __future__ import annotations

from typing import Any

from broadside.content.terms import Translation
from broadside.plugins.rails import rails_of, without
from broadside.site.indexes import collect
from broadside.site.story import Rail
from broadside.words import Catalogs
from tests.stories import ASIA, BRIEFS, EUROPE, URLS, story

SECTIONS = [EUROPE, BRIEFS]


def rails(stories: list[Any], length: int = 6) -> list[Rail]:
    return rails_of(stories, SECTIONS, collect(stories, URLS, SECTIONS), length, Catalogs())


def test_latest_holds_the_newest_that_are_not_briefs() -> None:
    stories = [story(1), story(2, BRIEFS), story(3), story(4), story(5, BRIEFS)]
    latest, briefs = rails(stories, 2)
    assert (latest.name, latest.articles) == ("latest", [stories[3], stories[2]])
    assert (briefs.name, briefs.articles) == ("briefs", [stories[4], stories[1]])


def test_a_story_that_is_a_brief_only_besides_stands_in_both() -> None:
    both = story(1, ASIA, BRIEFS)
    assert [rail.articles for rail in rails([both])] == [[both], [both]]


def test_where_all_are_briefs_they_are_the_latest() -> None:
    stories = [story(1, BRIEFS), story(2, BRIEFS), story(3, BRIEFS)]
    latest, briefs = rails(stories, 2)
    assert (latest.name, latest.articles) == ("latest", [stories[2], stories[1]])
    assert briefs.articles == latest.articles


def test_of_a_story_and_its_translations_only_the_one_in_the_outlets_language_is_listed() -> None:
    shown = [Translation("fr", "ltr", "Bac", "bac/"), Translation("en", "ltr", "Ferry", "ferry/")]
    bac, ferry = (
        story(day, url=each.url, lang=each.lang, languages=shown) for day, each in enumerate(shown)
    )
    other = story(2)
    assert [rail.articles for rail in rails([bac, ferry, other])] == [[other, ferry]]
    assert [rail.articles for rail in rails([ferry, other, bac])] == [[other, ferry]]


def test_a_story_is_not_beside_itself_and_another_takes_its_place() -> None:
    stories = [story(day) for day in range(4)]
    longer = rails(stories, 3)
    assert [rail.articles for rail in without(longer, {stories[3].url}, 2)] == [
        [stories[2], stories[1]]
    ]
    assert [rail.articles for rail in without(longer, (), 2)] == [[stories[3], stories[2]]]
    assert without(rails(stories[:1]), {stories[0].url}, 2) == []
