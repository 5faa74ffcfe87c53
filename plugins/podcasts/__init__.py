"""Podcasts: a feed of the stories with recordings in a section or series, its page, and the
chapters of each recording.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, ServedAs, Site, give
from broadside.plugins.podcasts.content import CHAPTERS, FEED, addresses, check
from broadside.plugins.podcasts.keys import OF_SECTIONS, OF_SERIES


def arranged(site: Site) -> None:
    """Ask for the artwork."""
    from broadside.plugins.podcasts.feed import ask_for_artwork

    ask_for_artwork(site)


def pages(site: Site) -> Iterator[Page]:
    """The feeds, pages and chapters."""
    from broadside.plugins.podcasts.feed import pages

    yield from pages(site)


def register() -> None:
    """Give the key, the check of what directories refuse, and what it adds to a build."""
    served = [
        ServedAs(FEED, "application/rss+xml; charset=utf-8", is_feed=True),
        ServedAs(CHAPTERS, "application/json+chapters"),
    ]
    give(
        __name__,
        Plugin(
            keys=[OF_SECTIONS, OF_SERIES],
            checks=[check],
            addresses=[addresses],
            arranged=[arranged],
            pages=[pages],
            served=served,
        ),
    )
