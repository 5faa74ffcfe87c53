"""In which of its languages a list shows a story, which story leads it, and which type its kicker
names.
"""

from __future__ import annotations

import pytest

from broadside.content.terms import StoryType, Translation, kicker_type, led, once_each, version_for
from tests.stories import BRIEFS, EUROPE, story

TONGUES = ("fr", "en-GB", "de", "en-US")
VERSIONS = [Translation(lang, "ltr", lang, f"{lang}/") for lang in TONGUES]
FR, GB, DE, US = (story(url=each.url, languages=VERSIONS) for each in VERSIONS)
ALONE = story()


def test_a_list_shows_the_outlets_language_or_a_variety_of_it_or_the_original() -> None:
    shown = {lang: version_for(DE, lang) for lang in ("en-us", "en", "DE", "es")}
    assert shown == {"en-us": "en-US/", "en": "en-GB/", "DE": "de/", "es": "fr/"}
    assert version_for(ALONE, "es") == ALONE.url


def test_only_what_is_in_the_list_counts() -> None:
    assert once_each([DE, ALONE, FR], "es") == [ALONE, FR]
    assert once_each([DE, ALONE, US], "en-GB") == [ALONE, US]
    assert once_each([DE, US], "es") == [DE], "the original is elsewhere"
    assert once_each([US], "fr") == [US]


def test_a_story_of_a_type_that_does_not_lead_is_first_only_where_all_are() -> None:
    letters = story(3, story_type=StoryType("Letters", "letters", "types/letters/", leads=False))
    argument, older = story(1, story_type=None), story(0)
    assert led([letters, argument, older]) == [argument, letters, older]
    assert led([argument, letters, older]) == [argument, letters, older]
    assert led([letters]) == [letters]
    assert led([]) == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [("Brief", None), ("BRIEFS", None), ("Analysis", "Analysis"), ("Rope", "Rope")],
)
def test_a_kicker_leaves_out_a_type_with_which_the_name_of_a_section_begins(
    kind: str, said: str | None
) -> None:
    found = kicker_type(StoryType(kind, "x", "types/x/"), [EUROPE, BRIEFS])
    assert (found and found.name) == said
    assert kicker_type(None, [EUROPE]) is None
