"""Sitemaps by month, and the news sitemap of the last 48 hours.

Settings: SITENAME, SITEURL.
Makes sitemap.xml (the index), sitemaps/YYYY-MM.xml, sitemaps/pages.xml and news-sitemap.xml; a list that is too long
for one file continues in sitemaps/…-2.xml. A month's file names that month's stories, so an old one never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from broadside.content.files import used
from broadside.plugins.sitemaps import xml
from broadside.plugins.sitemaps.entries import by_month, entry_of, in_files, news
from broadside.plugins.sitemaps.xml import SitemapEntry
from broadside.site import Site, signals
from broadside.site.page import Page
from broadside.site.story import changed

ALWAYS = ("latest", "archive", "corrections")
"""Pages that every site has besides the front page."""


def pages(site: Site) -> Iterator[Page]:
    """The sitemaps."""
    absolute = site.urls.absolute
    maps: dict[str, datetime | None] = {}
    for path, stories in in_files(by_month(site.stories)).items():
        maps[path] = max(map(changed, stories))
        yield Page(path, xml.url_set, {"entries": [entry_of(story, site.urls) for story in stories]})
    others = [SitemapEntry(absolute(url)) for url in sorted(_other_addresses(site))]
    for path, entries in in_files({"pages": others}).items():
        maps[path] = None
        yield Page(path, xml.url_set(entries))
    yield Page("sitemap.xml", xml.index([SitemapEntry(absolute(path), maps[path]) for path in sorted(maps)]))
    fresh = news(site.stories, site.options.now, site.urls)
    yield Page("news-sitemap.xml", xml.news(fresh, site.settings["SITENAME"]))


def _other_addresses(site: Site) -> set[str]:
    """The addresses of all pages that are not stories, but those of the archive by year and month."""
    periods = ("year", "month")
    indexes = [
        listing.index.url for listing in site.indexes.values() if listing.stories and listing.index.kind not in periods
    ]
    pages = [page.url for page in site.plain_pages if page.desk_status == "published"]
    roundups = [roundup.url for roundup in site.roundups]
    roundups += [site.urls.roundup()] if roundups else []
    always = [site.urls.own[name] for name in (*ALWAYS, *(["support"] if site.settings.get("SUPPORT") else []))]
    lists = [url for kind, url in site.urls.lists.items() if kind != "series" or site.series]
    return {"", *always, *_reports(site), *lists, *indexes, *pages, *roundups}


def _reports(site: Site) -> set[str]:
    """The addresses of the PDF files to which stories and pages link that are in a sitemap themselves."""
    content = site.content
    if not content.addresses.files_out:
        return set()
    shown = [*site.stories, *(page for page in site.plain_pages if page.desk_status == "published")]
    linked = {path for each in shown for path, _ in used(each.record) if path.lower().endswith(".pdf")}
    return {content.addresses.files[path] for path in linked}


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
