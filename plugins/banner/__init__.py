"""The banner: a notice above the head of every page, while its time in banner.yml lasts.

Value for templates: banner, only while there is one. It cannot be put away:
that would take a script and a place in the reader's browser that remembers it.
"""

from __future__ import annotations

from msgspec import Struct

from broadside.markdown.typography import curl
from broadside.plugin import Plugin, Site, add_stylesheet, give, running
from broadside.plugins.banner.content import BANNER, faults, moments


class Banner(Struct, frozen=True):
    """A notice: its words, and the address that they lead to, or ""."""

    text: str
    url: str


def add_banner(site: Site) -> None:
    """Show every template the banner of this moment."""
    if found := running(BANNER.among(site.content.lists), site.options.now):
        url = found.url
        if url.startswith("/"):
            url = f"{site.urls.root}/{site.content.target(url, '')[0]}"
        site.values["banner"] = Banner(curl(found.text, quotes=None), url)
        add_stylesheet(site, "css/components/banner.css")


def register() -> None:
    """Give the list, its checks and moments, and the notice to templates."""
    give(
        __name__, Plugin(lists=[BANNER], checks=[faults], moments=[moments], arranged=[add_banner])
    )
