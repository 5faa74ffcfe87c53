"""Podcasts: a feed of the stories with recordings in a section or series, its page, and the
chapters of each recording.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.podcasts.content import check


def arranged(site: Site) -> None:
    """Ask for the artwork."""
    from broadside.plugins.podcasts.feed import ask_for_artwork

    ask_for_artwork(site)


def pages(site: Site) -> Iterator[Page]:
    """The feeds, pages and chapters."""
    from broadside.plugins.podcasts.feed import pages

    yield from pages(site)


def register() -> None:
    """Give the check of what directories refuse, and what it adds to a build."""
    give(__name__, Plugin(checks=[check], arranged=[arranged], pages=[pages]))
