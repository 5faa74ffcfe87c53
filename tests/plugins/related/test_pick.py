"""The stream: hand-picked first, then the ranked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.related.pick import stream
from plugins.related.score import Scored


def ranked(*keys: str) -> list[Scored]:
    return [Scored(key, key, 1) for key in keys]


def test_hand_picked_stories_come_first_in_their_order() -> None:
    assert stream("own", ["z", "a"], ranked("b", "a", "c"), 3) == ["z", "a", "b"]


def test_all_that_were_picked_are_shown() -> None:
    assert stream("own", ["a", "b", "c", "d"], ranked("e"), 3) == ["a", "b", "c", "d"]


def test_without_picks_the_most_related() -> None:
    assert stream("own", [], ranked("a", "b", "c", "d"), 3) == ["a", "b", "c"]


keys = st.lists(st.sampled_from("abcdefgh"))


@given(st.sampled_from("abcdefgh"), keys, keys, st.integers(0, 5))
def test_never_itself_and_never_twice(own: str, picked: list[str], found: list[str], want: int) -> None:
    chosen = stream(own, picked, ranked(*found), want)
    assert own not in chosen
    assert len(set(chosen)) == len(chosen)
    assert set(picked) - {own} <= set(chosen)
    assert len(chosen) <= max(want, len(set(picked) - {own}))
