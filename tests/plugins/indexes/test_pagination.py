"""Index pages numbered from the oldest: every story once, and a closed page closed for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.indexes.numbering import IndexPage, paginated
from broadside.site.story import Story

COUNTS, SIZES = st.integers(0, 120), st.integers(1, 25)


def made(count: int, size: int) -> dict[str, IndexPage]:
    stories = cast(Sequence[Story], range(count))  # nothing is asked of them
    return {page.url: page for page in paginated(stories, "sections/asia/", size)}


@given(COUNTS, SIZES)
def test_a_walk_to_older_pages_meets_every_story_once_newest_first(count: int, size: int) -> None:
    found = made(count, size)
    url = "sections/asia/"
    walked: list[object] = []
    while url:
        walked += found[url].stories
        url = found[url].pagination.older_url
    assert walked == list(reversed(range(count)))


@given(COUNTS, SIZES, st.integers(1, 60))
def test_a_closed_page_never_changes_again(count: int, size: int, more: int) -> None:
    before, after = made(count, size), made(count + more, size)
    closed = {url: page for url, page in before.items() if page.pagination.newer_url}
    assert all(len(page.stories) == size for page in closed.values())
    assert {url: after[url] for url in closed} == closed


@given(COUNTS, SIZES)
def test_the_front_holds_up_to_two_pages_of_the_newest(count: int, size: int) -> None:
    front = made(count, size)["sections/asia/"]
    assert min(count, size) <= len(front.stories) < 2 * size
    assert front.pagination.number is None
    assert front.pagination.newer_url == ""


def test_one_page_has_no_numbered_twin() -> None:
    assert list(made(39, 20)) == ["sections/asia/"]
    found = made(40, 20)
    assert list(found) == ["sections/asia/", "sections/asia/page/2/", "sections/asia/page/1/"]
    assert [page.pagination.number for page in found.values()] == [None, 2, 1]
