"""Reviews: a page that lists everything that stories have reviewed, by kind.

What is reviewed is no kind of term: its kinds are the engine's, not an editor's, and nobody follows
the feed of one. It is a page of the site's own, which comes with the first review. Value for
templates: reviews_url, if there is a review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from broadside.content.terms import once_each
from broadside.plugin import Page, Plugin, Site, add_stylesheet, give
from broadside.plugins.reviews.content import REVIEWED, REVIEWING, Reviewed, own_pages
from broadside.urls import save_as

if TYPE_CHECKING:  # it loads Pelican
    from broadside.site.story import Story

    Row = tuple[Reviewed, Story]


def add_addresses(site: Site) -> None:
    """Tell the templates where the page is, and the styles of the box on a story's page."""
    if any(story.reviews for story in site.every_story):
        add_stylesheet(site, "css/components/reviewed.css")
    if url := site.content.addresses.own.get("reviews"):
        site.values["reviews_url"] = url


def extras(story: Any) -> list[str]:
    """What the page of a story needs that reviews something."""
    if getattr(story, "reviews", ()):
        return ["reviewed"]
    return []


def pages(site: Site) -> Iterator[Page]:
    """The page of reviews."""
    if url := site.values.get("reviews_url"):
        listed = by_kind(once_each(site.stories, site.options.lang))
        yield Page(save_as(url), "reviews/reviews", {"reviews": listed})


def by_kind(oldest_first: Sequence[Story]) -> list[tuple[str, list[Row]]]:
    """What stories have reviewed: each kind, in the order of the vocabulary, with its rows, newest
    first.
    """
    rows: dict[str, list[Row]] = {kind: [] for kind in REVIEWED}
    for story in reversed(oldest_first):
        for each in story.reviews:
            rows[each.kind].append((each, story))
    return [(kind, found) for kind, found in rows.items() if found]


def register() -> None:
    """Give the key, and what it adds to a build."""
    give(
        __name__,
        Plugin(
            keys=[REVIEWING],
            extras=[extras],
            own_pages=[own_pages],
            arranged=[add_addresses],
            pages=[pages],
        ),
    )
