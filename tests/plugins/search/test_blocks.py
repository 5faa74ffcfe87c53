"""How stories are dealt into blocks, and what makes a block another one."""

from __future__ import annotations

from datetime import date, timedelta
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.search.blocks import SearchBlock, deal

NUMBERS = st.integers(0, 30)
SIZES = st.integers(1, 7)

whole = attrgetter("whole")


def stories(count: int) -> list[Any]:
    """Stories from the oldest to the newest, a week apart."""
    return [
        SimpleNamespace(whole=f"w{n}", date=date(2024, 1, 1) + timedelta(weeks=n))
        for n in range(count)
    ]


def dealt(oldest_first: list[Any], size: int, frame: str = "frame") -> list[SearchBlock]:
    return list(deal(oldest_first, size, frame, whole))


def marks(oldest_first: list[Any], size: int, frame: str = "frame") -> list[str]:
    return [block.digest for block in dealt(oldest_first, size, frame)]


@given(NUMBERS, SIZES)
def test_every_story_is_in_one_block_and_only_the_newest_is_not_full(count: int, size: int) -> None:
    blocks = dealt(stories(count), size)
    assert [whole(story) for block in blocks for story in block.stories] == [
        f"w{n}" for n in range(count)
    ]
    assert all(len(block.stories) == size for block in blocks[:-1])
    assert [block.folder for block in blocks] == [
        f"pagefind/{number}" for number in range(1, len(blocks) + 1)
    ]


@given(NUMBERS, st.integers(1, 9), SIZES)
def test_stories_that_are_added_leave_full_blocks_as_they_are(
    count: int, more: int, size: int
) -> None:
    full = count // size
    assert marks(stories(count), size)[:full] == marks(stories(count + more), size)[:full]


@given(st.integers(1, 30), st.data(), SIZES)
def test_a_changed_story_changes_its_own_block_alone(
    count: int, data: st.DataObject, size: int
) -> None:
    changed, at = stories(count), data.draw(st.integers(0, count - 1))
    changed[at].whole = "changed"
    before, after = marks(stories(count), size), marks(changed, size)
    assert [n for n in range(len(before)) if before[n] != after[n]] == [at // size]


def test_readers_learn_since_when_a_block_is() -> None:
    assert [block.since() for block in dealt(stories(9), 4)] == [
        "January 2024",
        "January 2024",
        "February 2024",
    ]
