"""The order of parts and their places, whatever the languages."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from broadside.content.terms import Translation
from broadside.plugins.series.fronts import COUNTED, in_order, places, version
from broadside.plugins.series.terms import FormedSeries
from tests.stories import story

WATER = FormedSeries("The water", "the-water", "series/the-water/")


def both(number: int, lang: str = "fr") -> list[Any]:
    """A story and its translation, which comes out long after it."""
    one = story(number)
    other = story(number + 500, lang=lang)
    one.languages = other.languages = [
        Translation(each.lang, each.dir, each.title, each.url) for each in (one, other)
    ]
    return [one, other]


def dated(*stories: Any) -> list[Any]:
    return sorted(stories, key=lambda each: each.date)


def test_parts_are_ordered_by_date_and_those_that_are_listed_go_first_in_their_order() -> None:
    stories = [story(number) for number in range(1, 6)]
    assert [[*work] for work in in_order(stories, [])] == [[each.url] for each in stories]
    wanted = ["story-4", "not-out-yet", "story-2"]
    order = [next(iter(work.values())).slug for work in in_order(stories, wanted)]
    assert order == ["story-4", "story-2", "story-1", "story-3", "story-5"]


def test_a_part_in_two_languages_is_one_part_where_its_original_is() -> None:
    two, deux = both(2)
    works = in_order(dated(story(1), two, deux, story(3)), [])
    assert [len(work) for work in works] == [1, 2, 1]
    assert [version(works[1], lang) for lang in ("en", "fr", "de")] == [two, deux, two]
    assert [len(work) for work in in_order(dated(story(1), two, deux), [deux.slug])] == [
        2,
        1,
    ], "by either slug"


@given(
    st.lists(st.integers(1, 60), unique=True),
    st.lists(st.integers(1, 60), unique=True),
    st.sets(st.integers(1, 60)),
)
def test_parts_are_numbered_without_gaps_and_each_leads_to_the_next(
    days: list[int], listed: list[int], twice: set[int]
) -> None:
    stories = dated(
        *(each for day in days for each in (both(day) if day in twice else [story(day)]))
    )
    found = list(places(in_order(stories, [f"story-{day}" for day in listed]), WATER, {}))
    assert {one.url for one, _ in found} == {one.url for one in stories}
    assert len(found) == len(stories)
    assert {part.number for _, part in found} == set(range(1, len(days) + 1))
    assert {part.total for _, part in found} <= {len(days) if 1 < len(days) <= COUNTED else 0}
    by_url = {one.url: part for one, part in found}
    for _, part in found:
        assert (part.previous is None) == (part.number == 1)
        assert (part.next is None) == (part.number == len(days))
        assert not part.next or by_url[part.next.url].number == part.number + 1
        assert not part.previous or by_url[part.previous.url].number == part.number - 1
