"""How the pages of an index are numbered.

Pages are numbered from the oldest, so that a full page never changes again. A full page is closed
once there is another page's worth of newer stories: it gets a number and keeps it. The newest
stories, between one and two pages' worth, are the open page, which is also the index's front. The
open page has the next number, so the address that a closed page gives for "newer" is right now and
stays right when the open page closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from broadside.urls import numbered

if TYPE_CHECKING:
    from broadside.site.story import Story


class Pagination(Struct, frozen=True):
    """A page's place: its number from the oldest (None on the front) and its neighbours' addresses.

    `url` is the canonical address: the front's for the open page, which has the same stories, and
    its own for a closed page.
    """

    url: str
    number: int | None
    older_url: str
    newer_url: str


class IndexPage(Struct, frozen=True):
    """One page of an index or a series: its address, its stories in their order, and its place."""

    url: str
    stories: list[Story]
    pagination: Pagination


def paginated(oldest_first: Sequence[Story], url: str, size: int) -> Iterator[IndexPage]:
    """The front, the open page under its number, and the closed pages of an index at `url`."""
    # The last full page stays open, so that the front always has at least one page's worth.
    closed = max(0, len(oldest_first) // size - 1)
    newest = list(reversed(oldest_first[closed * size :]))
    older = ""
    if closed:
        older = numbered(url, closed)
    yield IndexPage(url, newest, Pagination(url, None, older, ""))
    if closed:
        yield IndexPage(numbered(url, closed + 1), newest, Pagination(url, closed + 1, older, ""))
    for number in range(closed, 0, -1):
        stories = list(reversed(oldest_first[(number - 1) * size : number * size]))
        older = ""
        if number > 1:
            older = numbered(url, number - 1)
        own, newer = numbered(url, number), numbered(url, number + 1)
        yield IndexPage(own, stories, Pagination(own, number, older, newer))
