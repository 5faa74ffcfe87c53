"""The banner: a notice above the head of every page, while its time in banner.yml lasts.

Values for templates: banner and banner_css_url, only while there is one. It cannot be put away: that would take a script and a
place in the reader's browser that remembers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from broadside.content.lists import ListEntry, running, turns
from broadside.dates import Due
from broadside.front_matter.data import BannerData
from broadside.markdown.typography import curl
from broadside.plugins.assets import add_stylesheet
from broadside.site import Site, signals


class Banner(Struct, frozen=True):
    """A notice: its words, and the address that they lead to, or ""."""

    text: str
    url: str


def add_banner(site: Site) -> None:
    """Show every template the banner of this moment."""
    if found := running(site.content.lists.banner, site.options.now):
        url = found.url
        if url.startswith("/"):
            url = f"{site.urls.root}/{site.content.target(url, '')[0]}"
        site.values["banner"] = Banner(curl(found.text, quotes=None), url)
        add_stylesheet(site, "banner")


def banner_turns(entries: Iterable[ListEntry[BannerData]], after: datetime) -> Iterator[Due]:
    """The moments after `after` at which banners begin and end."""
    return turns(entries, after, "banner", "text")


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_banner)
