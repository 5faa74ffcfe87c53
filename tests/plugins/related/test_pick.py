"""The stream: hand-picked first, then the ranked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadside.content.terms import Translation
from broadside.plugins.related.picking import picked_of, stream


def test_a_stream_has_a_story_in_one_language_the_one_that_was_picked() -> None:
    ferry = [Translation("en", "ltr", "Ferry", "ferry/"), Translation("fr", "ltr", "Bac", "bac/")]
    languages = {"ferry": ferry, "bac": ferry}
    assert stream("own", ["bac"], ["ferry", "a", "b"], 3, languages) == ["bac", "a", "b"]
    assert stream("own", ["bac", "ferry"], ["a"], 2, languages) == ["bac", "a"]


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
