"""The stream: hand-picked first, then the ranked."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from broadside.content.names import keys_of
from broadside.content.terms import Translation
from broadside.plugins.related.picking import picked_of, stream


def test_hand_picked_stories_come_first_in_their_order() -> None:
    assert stream("own", ["z", "a"], ["b", "a", "c"], 3, {}) == ["z", "a", "b"]


def test_a_stream_has_a_story_in_one_language_the_one_that_was_picked() -> None:
    ferry = [Translation("en", "ltr", "Ferry", "ferry/"), Translation("fr", "ltr", "Bac", "bac/")]
    languages = {"ferry": ferry, "bac": ferry}
    assert stream("own", ["bac"], ["ferry", "a", "b"], 3, languages) == ["bac", "a", "b"]
    assert stream("own", ["bac", "ferry"], ["a"], 2, languages) == ["bac", "a"]


def test_a_slug_that_several_have_means_the_newest() -> None:
    dates = [datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 2024, 2025)]
    assert keys_of(zip(dates, "aab", "xyz", strict=True)) == {"a": "x", "b": "z"}


def test_only_published_stories_can_be_picked() -> None:
    assert picked_of(["two", "gone", "own"], {"one": "1", "two": "2", "own": "0"}) == ["2", "0"]


keys = st.lists(st.sampled_from("abcdefgh"))


@given(st.sampled_from("abcdefgh"), keys, keys, st.integers(0, 5))
def test_a_stream_has_never_itself_and_never_one_twice(
    own: str, picked: list[str], found: list[str], want: int
) -> None:
    chosen = stream(own, picked, found, want, {})
    assert own not in chosen
    assert len(set(chosen)) == len(chosen)
    assert set(picked) - {own} <= set(chosen)
    assert len(chosen) <= max(want, len(set(picked) - {own}))
