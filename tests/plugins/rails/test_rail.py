"""Which stories stand in which rail."""

from __future__ import annotations

from plugins.rails.rail import rails_of
from tests.plugins.stories import ASIA, BRIEFS, EUROPE, story

SECTIONS = [EUROPE, BRIEFS]


def test_latest_holds_the_newest_that_are_not_briefs() -> None:
    stories = [story(1), story(2, BRIEFS), story(3), story(4)]
    latest, briefs = rails_of(stories, SECTIONS, 2)
    assert (latest.name, latest.articles) == ("latest", [stories[3], stories[2]])
    assert (briefs.name, briefs.articles) == ("briefs", [stories[1]])


def test_a_story_that_is_a_brief_only_besides_stands_in_both() -> None:
    both = story(1, ASIA, BRIEFS)
    assert [rail.articles for rail in rails_of([both], SECTIONS, 6)] == [[both], [both]]


def test_a_rail_with_nothing_in_it_is_not_shown() -> None:
    assert rails_of([], SECTIONS, 6) == []
    assert [rail.name for rail in rails_of([story(1)], SECTIONS, 6)] == ["latest"]


def test_where_all_are_briefs_they_are_the_latest() -> None:
    stories = [story(1, BRIEFS), story(2, BRIEFS), story(3, BRIEFS)]
    latest, briefs = rails_of(stories, SECTIONS, 2)
    assert (latest.name, latest.articles) == ("latest", [stories[2], stories[1]])
    assert briefs.articles == latest.articles
