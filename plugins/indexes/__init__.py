"""Index pages of terms, years and months; the archive; the lists of all terms of a kind.

An outlet's own plugin adds an index to site.indexes.

Pages are numbered from the oldest, so that a full page never changes again. A full page is closed once there is another page's worth
of newer stories: it gets a number and keeps it. The newest stories, between one and two pages' worth, are the open page, which is
also the index's front. The open page has the next number, so the address that a closed page gives for "newer" is right now and stays
right when the open page closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from broadside.content.terms import once_each
from broadside.site import Page, Site, signals
from broadside.site.indexes import Index, archive
from broadside.site.story import Story
from broadside.urls import KINDS, Urls, save_as

WITH_RAILS = ("latest", "section", "type")
"""The few kinds of index whose front shows the rails; with rails, an index changes with every new story."""


class Pagination(Struct, frozen=True):
    """A page's place: its number from the oldest (None on the front) and its neighbours' addresses.

    `url` is the canonical address: the front's for the open page, which has the same stories, and its own for a closed page.
    """

    url: str
    number: int | None
    older_url: str
    newer_url: str


class IndexPage(Struct, frozen=True):
    """One page of an index: its address, its stories, newest first, and its place."""

    url: str
    stories: list[Story]
    pagination: Pagination


def pages(site: Site) -> Iterator[Page]:
    """Every index page and list."""
    lists, own, listings = site.urls.lists, site.urls.own, site.indexes.values()
    yield from index_pages(
        site,
        Index("latest", site.words.of(marks=True).gettext("Latest"), own["latest"], feed_url="feed.xml"),
        site.stories,
    )
    for listing in listings:
        if listing.index.kind != "series":  # the plugin series makes these
            yield from index_pages(site, listing.index, listing.stories)
    yield Page(save_as(own["archive"]), "archive", {"years": archive(site.indexes, site.urls, site.words.of())})
    for kind, url in lists.items():
        numbers = sorted(
            (term, len(each.stories)) for each in listings if (term := each.index.term) and term.kind == kind
        )
        template = KINDS[kind].folder.rstrip("/")
        if kind == "author":
            yield Page(save_as(url), template, {"authors": [author for author, _ in numbers]})
        elif kind == "type":  # every page is handed the story types
            yield Page(save_as(url), template)
        elif kind != "series" and (numbers or not KINDS[kind].is_optional):  # the plugin series makes the list of them
            yield Page(save_as(url), template, {template: numbers})


def index_pages(site: Site, index: Index, stories: Sequence[Story]) -> Iterator[Page]:
    """The pages of an index of these stories, given oldest first: its front, and numbered ones below its address.

    A story is listed in one language. It stays on that page, so that a translation does not change a full page.
    """
    rails = [rail for rail in site.rails if index.kind in WITH_RAILS and rail.url != index.url]
    for page in paginated(stories, index.url, site.settings["INDEX_SIZE"], site.urls):
        values = {
            "index": index,
            "articles": once_each(page.stories, site.options.lang),
            "leads": 0 if page.pagination.number or index.kind not in KINDS else 3,
            "pagination": page.pagination,
            "rails": [] if page.pagination.number else rails,
        }
        yield Page(save_as(page.url), "listing", values)


def paginated(oldest_first: Sequence[Story], url: str, size: int, urls: Urls) -> Iterator[IndexPage]:
    """The front, the open page under its number, and the closed pages of an index at `url`."""
    # The last full page stays open, so that the front always has at least one page's worth.
    closed = max(0, len(oldest_first) // size - 1)
    newest = list(reversed(oldest_first[closed * size :]))
    older = urls.numbered(url, closed) if closed else ""
    yield IndexPage(url, newest, Pagination(url, None, older, ""))
    if closed:
        yield IndexPage(urls.numbered(url, closed + 1), newest, Pagination(url, closed + 1, older, ""))
    for number in range(closed, 0, -1):
        stories = list(reversed(oldest_first[(number - 1) * size : number * size]))
        older = urls.numbered(url, number - 1) if number > 1 else ""
        own, newer = urls.numbered(url, number), urls.numbered(url, number + 1)
        yield IndexPage(own, stories, Pagination(own, number, older, newer))


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
