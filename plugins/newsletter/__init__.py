"""The page that offers the newsletter, and those that its provider sends readers back to: with
thanks, or when it did not work.

The box itself is a component of the theme.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.newsletter.settings import NewsletterSettings
from broadside.plugins.roundup import published
from broadside.urls import save_as


def pages(site: Site) -> Iterator[Page]:
    """The three pages; no list, feed or sitemap names the last two."""
    if setting := NewsletterSettings.of(site.settings).NEWSLETTER:
        shown = {"support": None, "roundup": next(iter(published(site)), None)}
        yield site.landing("newsletter", setting.title, setting.text, shown)
        for name in ("thanks", "sorry"):
            yield Page(save_as(site.urls.own[name]), f"newsletter/{name}")


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
