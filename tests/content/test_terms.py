"""In which of its languages a list shows a story."""

from __future__ import annotations

from broadside.content.terms import Translation, once_each, version_for
from tests.stories import story

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
