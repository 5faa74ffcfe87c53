"""Podcasts: a feed of the stories with recordings in a section or series, its page, and the
chapters of each recording.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadside.plugin import Page, Plugin, ServedAs, Site, add_stylesheet, give
from broadside.plugins.podcasts.content import CHAPTERS, FEED, addresses, check
from broadside.plugins.podcasts.keys import OF_SECTIONS, OF_SERIES

STYLE = Path(__file__).parent / "static" / "podcast.css"


def arranged(site: Site) -> None:
    """Ask for the artwork, and for the style of the page."""
    from broadside.plugins.podcasts.feed import podcasts_out

    shown = [each.data.picture for each, _ in podcasts_out(site)]
    for picture in shown:
        site.photos.artwork(picture)
    if shown:
        add_stylesheet(site, STYLE)


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
