"""Sitemaps by month, and the news sitemap of the last 48 hours."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.sitemaps.content import moments


def pages(site: Site) -> Iterator[Page]:
    """The sitemaps."""
    from broadside.plugins.sitemaps.maps import pages

    yield from pages(site)


def register() -> None:
    """Give the sitemaps, and when the one of news changes by itself."""
    give(__name__, Plugin(moments=[moments], pages=[pages]))
