"""The blogroll: a page of the sites that editors recommend, and their list for feed readers, once there is content/blogroll.opml."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.site import Page, Site, signals
from broadside.urls import below, save_as


def pages(site: Site) -> Iterator[Page]:
    """The page, and the editors' file below it, under a name by which every server knows that it is XML."""
    url, blogroll = site.urls.own["blogroll"], site.content.blogroll
    opml = below(url, "opml.xml")
    if blogroll.groups:
        yield Page(save_as(url), "blogroll", {"blogroll": blogroll.groups, "opml_url": opml})
        yield Page(opml, blogroll.data)


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
