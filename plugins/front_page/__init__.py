"""The front page, and two pages of the site itself: search and 404."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.front_page.content import check, moments


def pages(site: Site) -> Iterator[Page]:
    """The three pages."""
    from broadside.plugins.front_page.page import pages

    yield from pages(site)


def register() -> None:
    """Give the pages, the check of its blocks, and when the front page changes by itself."""
    give(__name__, Plugin(checks=[check], moments=[moments], pages=[pages]))
