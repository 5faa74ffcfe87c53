"""Which stories a round-up has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from broadside.content.terms import Translation
from broadside.plugins.roundup.edition import Chosen, chosen, week_begins
from broadside.site.story import Story
from tests.plugins.roundup.making import ASIA, BRIEFS, DATE, SECTIONS, SINCE, ZONE, roundup, story


def titles(stories: Iterable[Story]) -> list[str]:
    return [each.title for each in stories]


def lead(found: Chosen) -> str:
    assert found.lead
    return found.lead.title


def test_stories_of_the_week_stand_by_section_the_newest_first_and_each_once() -> None:
    stories = [
        story("Old", 12),
        story("First of the week", 13, date=SINCE),
        story("Asia one", 14, ASIA),
        story("Europe two", 16),
        story("Both", 17, sections=[ASIA, SECTIONS[0]]),
        story("A brief", 18, BRIEFS),
        story("Another brief", 15, BRIEFS),
        story("Newest", 19),
        story("At its hour", 20, date=DATE),
    ]
    found = chosen(stories, SECTIONS, SINCE, DATE)
    assert lead(found) == "Newest"
    assert [(section.name, titles(row)) for section, row in found.by_section] == [
        ("Europe", ["Europe two", "First of the week"]),
        ("Asia", ["Both", "Asia one"]),
    ]
    assert titles(found.briefs) == ["A brief", "Another brief"]
    assert len(found.stories) == len({each.url for each in found.stories}) == 7


def test_the_lead_may_be_picked_and_older_than_the_week_but_not_younger() -> None:
    stories = [story("Old", 2), story("New", 19), story("Later", 25)]
    assert lead(chosen(stories, SECTIONS, SINCE, DATE, "old")) == "Old"
    assert titles(chosen(stories, SECTIONS, SINCE, DATE, "old").stories) == ["Old", "New"]
    assert lead(chosen(stories, SECTIONS, SINCE, DATE, "later")) == "New"


def test_a_brief_leads_only_where_an_editor_says_so() -> None:
    stories = [story("In short", 18, BRIEFS), story("At length", 15)]
    assert lead(chosen(stories, SECTIONS, SINCE, DATE)) == "At length"
    assert chosen(stories[:1], SECTIONS, SINCE, DATE).lead is None
    assert lead(chosen(stories, SECTIONS, SINCE, DATE, "in-short")) == "In short"


def test_a_translation_is_left_to_its_original_where_that_is_there() -> None:
    tongues = [
        Translation("en", "ltr", "Ferry", "2026/11/ferry/"),
        Translation("fr", "ltr", "Bac", "2026/11/bac/"),
    ]
    ferry, bac = story("Ferry", 15, languages=tongues), story("Bac", 16, languages=tongues)
    assert titles(chosen([ferry, bac], SECTIONS, SINCE, DATE).stories) == ["Ferry"]
    assert titles(chosen([bac], SECTIONS, SINCE, DATE).stories) == ["Bac"]


def test_a_week_begins_as_it_says_or_with_the_round_up_before_or_seven_days_before() -> None:
    earlier = [DATE - timedelta(days=21), DATE - timedelta(days=14), DATE, DATE + timedelta(days=7)]
    assert week_begins(DATE, "2026-11-01T00:00:00+01:00", earlier, ZONE).day == 1
    assert week_begins(DATE, "", earlier, ZONE) == DATE - timedelta(days=14)
    assert week_begins(DATE, "", [], ZONE) == SINCE


def test_seven_days_are_seven_by_the_clock_on_the_wall() -> None:
    after_summer = datetime.fromisoformat("2026-10-30T08:00:00+01:00")
    assert week_begins(after_summer, "", [], ZONE).isoformat() == "2026-10-23T08:00:00+02:00"


def test_its_page_and_the_list_depend_on_all_that_it_shows() -> None:
    one = roundup(story("One"), story("Two", 14), note="A note.")
    other = roundup(story("One", teaser="another dek"), story("Two", 14), note="A note.")
    assert one.teaser != other.teaser
    for name in {*one.__struct_fields__} - {"record"}:
        assert replace(one, **{name: "other"}).teaser != one.teaser, name
