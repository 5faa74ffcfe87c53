"""The pages that a newsletter's provider sends readers back to: one with thanks, and one for when it did not work.

The box itself is a component of the theme.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.site import Page, Site, signals
from broadside.urls import save_as


def pages(site: Site) -> Iterator[Page]:
    """The two pages; no list, feed or sitemap names them."""
    if site.settings["NEWSLETTER"]:
        for name in ("thanks", "sorry"):
            yield Page(save_as(site.urls.own[name]), name)


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
