"""The front page: the editor's choice first, and no story twice."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.content.lists import ListEntry
from broadside.plugins.content.terms import Section, Translation
from broadside.plugins.front_matter.data import SlotData
from broadside.plugins.front_page.arrange import Front, arrange, current
from tests.plugins.stories import ASIA, BRIEFS, EUROPE, story

AFRICA = Section("Africa", "africa", "sections/africa/")
SECTIONS = [EUROPE, ASIA, BRIEFS]
STORIES = [story(number, (EUROPE, ASIA, BRIEFS)[number % 3]) for number in range(24)]
NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


def entry(slot: str, slug: str, until: str = "") -> ListEntry[SlotData]:
    return ListEntry(SlotData(slot, slug, until), 1)


def shown(front: Front) -> list[str]:
    stories = [slot.article for slot in front.slots] + front.articles
    stories += [each for _, of_section in front.by_section for each in of_section]
    return [each.slug for each in stories]


def test_the_editors_story_takes_its_slot_and_the_newest_fill_the_rest() -> None:
    front = arrange({"second": "story-3"}, STORIES, SECTIONS)
    assert [(slot.name, slot.article.slug) for slot in front.slots] == [
        ("lead", "story-22"),
        ("second", "story-3"),
        ("third", "story-21"),
    ]


def test_a_slot_whose_story_is_not_published_falls_back_to_the_newest() -> None:
    front = arrange({"lead": "held-back", "feature": "gone"}, STORIES, SECTIONS)
    assert [slot.article.slug for slot in front.slots] == ["story-22", "story-21", "story-19", "story-18"]


def test_of_two_slots_with_one_story_the_second_falls_back_too() -> None:
    front = arrange({"lead": "story-3", "second": "story-3"}, STORIES, SECTIONS)
    assert [slot.article.slug for slot in front.slots] == ["story-3", "story-22", "story-21"]


def test_below_the_slots_come_the_newest_and_then_what_is_left_of_each_section() -> None:
    front = arrange({}, STORIES, [EUROPE, AFRICA, ASIA, BRIEFS], newest=2, per_section=1)
    assert [story.slug for story in front.articles] == ["story-18", "story-16"]
    by_section = [(section, [story.slug for story in stories]) for section, stories in front.by_section]
    assert by_section == [(EUROPE, ["story-15"]), (ASIA, ["story-13"])]


def test_briefs_are_not_on_the_front_unless_the_editor_says_so() -> None:
    assert "story-23" not in shown(arrange({}, STORIES, SECTIONS))
    assert shown(arrange({"lead": "story-23"}, STORIES, SECTIONS))[0] == "story-23"


def test_of_two_stories_with_one_slug_in_different_months_both_may_stand() -> None:
    old, new = story(0), story(60, slug="story-0")
    assert [slot.article for slot in arrange({"lead": "story-0"}, [old, new], SECTIONS).slots] == [new, old]


@given(
    st.dictionaries(st.sampled_from(["lead", "second", "third", "feature"]), st.integers(0, 30).map("story-{}".format)),
    st.integers(0, 24),
    st.integers(0, 9),
    st.integers(0, 5),
)
def test_no_story_stands_twice(wanted: dict[str, str], count: int, newest: int, each: int) -> None:
    slugs = shown(arrange(wanted, STORIES[:count], SECTIONS, newest, each))
    assert len(slugs) == len(set(slugs))


def test_an_entry_stands_until_its_time_is_over_and_then_the_next_one_does() -> None:
    entries = [entry("lead", "flash", "2026-11-25T12:00:00+00:00"), entry("lead", "steady"), entry("second", "other")]
    assert current(entries, NOON) == {"lead": "steady", "second": "other"}
    assert current(entries, NOON.replace(hour=11)) == {"lead": "flash", "second": "other"}


def test_of_a_story_and_its_translations_one_is_on_the_page() -> None:
    tongues = [Translation("en", "ltr", "Ferry", "ferry/"), Translation("fr", "ltr", "Bac", "bac/")]
    ferry, bac = (
        story(30 + day, ASIA, slug=each.title, url=each.url, languages=tongues) for day, each in enumerate(tongues)
    )
    stories = [*STORIES, ferry, bac]
    assert [slug for slug in shown(arrange({}, stories, SECTIONS, lang="en")) if slug in ("Ferry", "Bac")] == ["Ferry"]
    assert [slug for slug in shown(arrange({}, stories, SECTIONS, lang="fr")) if slug in ("Ferry", "Bac")] == ["Bac"]
    chosen = arrange({"lead": "Bac", "second": "Ferry"}, stories, SECTIONS, lang="en")
    assert [slug for slug in shown(chosen) if slug in ("Ferry", "Bac")] == ["Bac"], (
        "the one that the editor named first"
    )
