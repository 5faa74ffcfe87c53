"""Sitemaps by month, and the news sitemap of the last 48 hours.

Makes sitemap.xml (the index), sitemaps/YYYY-MM.xml, sitemaps/pages.xml and news-sitemap.xml; a list
that is too long for one file continues in sitemaps/…-2.xml. A month's file names that month's
stories, so an old one never changes.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from broadside.content.files import used
from broadside.plugins.podcasts.content import FRONT
from broadside.plugins.podcasts.feed import podcasts_out
from broadside.plugins.sitemaps.content import NEWS
from broadside.site import Page, Site
from broadside.site.story import Story, changed
from broadside.site.syndication import xml_file
from broadside.urls import KINDS, UNLISTED, Urls

T = TypeVar("T")
MOST, MOST_NEWS = 50_000, 1000
"""The maximum number of addresses in a sitemap, and of stories in a news sitemap."""
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE_NAMESPACE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
"""Chinese in traditional characters: only for Chinese does the news sitemap require more than two
or three letters.
"""


class SitemapEntry(NamedTuple):
    """An address, the time of its last change if known, and the addresses of pictures on it."""

    url: str
    changed: datetime | None = None
    images: tuple[str, ...] = ()


def pages(site: Site) -> Iterator[Page]:
    """The sitemaps."""
    absolute = site.urls.absolute
    maps: dict[str, datetime | None] = {}
    for path, stories in in_files(by_month(site.published)).items():
        maps[path] = max(map(changed, stories))
        yield Page(path, url_set, {"entries": [entry_of(story, site.urls) for story in stories]})
    others = [SitemapEntry(absolute(url)) for url in sorted(_other_addresses(site))]
    for path, entries in in_files({"pages": others}).items():
        maps[path] = None
        yield Page(path, url_set(entries))
    yield Page(
        "sitemap.xml",
        index_of_sitemaps([SitemapEntry(absolute(path), maps[path]) for path in sorted(maps)]),
    )
    fresh = news_of(site.stories, site.options.now, site.urls)
    yield Page("news-sitemap.xml", news_sitemap(fresh, site.settings.SITENAME))


def _other_addresses(site: Site) -> set[str]:
    """The addresses of all pages except stories and the archive's years and months."""
    periods = ("year", "month")
    indexes = [
        listing.index.url
        for listing in site.indexes.values()
        if listing.listed and listing.index.kind not in periods
    ]
    pages = [page.url for page in site.plain_pages if page.desk_status == "published"]
    content = site.content
    texts = [
        content.addresses.urls_of[each.path]
        for each in content.in_folders
        if content.states[each.path] == "published"
    ]
    own = [url for name, url in site.urls.own_with(site.settings).items() if name not in UNLISTED]
    own += content.addresses.own.values()
    there = {listing.index.kind for listing in site.indexes.values()}
    lists = [
        url for kind, url in site.urls.lists.items() if kind in there or not KINDS[kind].is_optional
    ]
    podcasts = [term.below(FRONT) for _, term in podcasts_out(site)]
    return {"", *own, *_reports(site), *lists, *indexes, *pages, *texts, *podcasts}


def _reports(site: Site) -> set[str]:
    """The addresses of the PDF files that stories and pages in a sitemap link to."""
    content = site.content
    if not content.addresses.files_out:
        return set()
    shown = [
        *site.published,
        *(page for page in site.plain_pages if page.desk_status == "published"),
    ]
    linked = {path for each in shown for path, _ in used(each.record)}
    # A text may name a file that is not there.
    found = {path: url for path, url in content.addresses.files.items() if path in linked}
    return {url for path, url in found.items() if path.lower().endswith(".pdf")}


def by_month(published: Iterable[Story]) -> dict[str, list[Story]]:
    """The stories by "YYYY-MM", in the given order, without copies of stories published
    elsewhere.
    """
    months: dict[tuple[int, int], list[Story]] = {}
    for story in published:
        if not story.canonical:
            months.setdefault((story.date.year, story.date.month), []).append(story)
    return {f"{year:04}-{month:02}": stories for (year, month), stories in months.items()}


def entry_of(story: Story, urls: Urls) -> SitemapEntry:
    """A story's entry in a sitemap."""
    photos = story.inline_photos
    if story.photo:
        photos = [story.photo, *story.inline_photos]
    images = dict.fromkeys([urls.absolute(photo.src) for photo in photos if photo.src])
    return SitemapEntry(urls.absolute(story.url), changed(story), tuple(images))


def news_of(
    oldest_first: Sequence[Story], now: datetime, urls: Urls
) -> list[tuple[str, str, datetime, str]]:
    """Address, headline, publication and language of the stories that are news, newest first."""
    rows: list[tuple[str, str, datetime, str]] = []
    for story in reversed(oldest_first):
        if now >= story.date + NEWS or len(rows) == MOST_NEWS:
            break
        if not story.canonical:
            rows.append((urls.absolute(story.url), story.title, story.date, story.lang))
    return rows


def in_files(lists: Mapping[str, list[T]], most: int = MOST) -> dict[str, list[T]]:
    """The entries of each file, by path; a list that is too long for one sitemap continues in a
    second.
    """
    files = {}
    for name, entries in lists.items():
        for at in range(0, len(entries), most):
            files[f"sitemaps/{name}{f'-{at // most + 1}' if at else ''}.xml"] = entries[
                at : at + most
            ]
    return files


def url_set(entries: Iterable[SitemapEntry]) -> bytes:
    """A sitemap of addresses."""
    root = etree.Element("urlset", {"xmlns": SITEMAP_NAMESPACE, "xmlns:image": IMAGE_NAMESPACE})
    for entry in entries:
        url = _add_address(root, "url", entry)
        for image in entry.images:
            etree.SubElement(etree.SubElement(url, "image:image"), "image:loc").text = image
    return xml_file(root)


def index_of_sitemaps(entries: Iterable[SitemapEntry]) -> bytes:
    """A sitemap of sitemaps."""
    root = etree.Element("sitemapindex", {"xmlns": SITEMAP_NAMESPACE})
    for entry in entries:
        _add_address(root, "sitemap", entry)
    return xml_file(root)


def news_sitemap(stories: Iterable[tuple[str, str, datetime, str]], name: str) -> bytes:
    """The news sitemap of stories given as (address, headline, publication, language)."""
    root = etree.Element("urlset", {"xmlns": SITEMAP_NAMESPACE, "xmlns:news": NEWS_NAMESPACE})
    for address, headline, published, lang in stories:
        url = etree.SubElement(root, "url")
        etree.SubElement(url, "loc").text = address
        item = etree.SubElement(url, "news:news")
        publication = etree.SubElement(item, "news:publication")
        etree.SubElement(publication, "news:name").text = name
        etree.SubElement(publication, "news:language").text = _news_language(lang)
        etree.SubElement(item, "news:publication_date").text = published.isoformat()
        etree.SubElement(item, "news:title").text = headline
    return xml_file(root)


def _news_language(tag: str) -> str:
    """A language as the news sitemap writes it: ISO 639, and for Chinese also the script."""
    short = tag.lower().split("-")[0]
    region = "-".join(tag.lower().split("-")[:2])
    if short != "zh":
        return short
    if region in TRADITIONAL:
        return "zh-tw"
    return "zh-cn"


def _add_address(root: etree.Element, name: str, entry: SitemapEntry) -> etree.Element:
    element = etree.SubElement(root, name)
    etree.SubElement(element, "loc").text = entry.url
    if entry.changed:
        etree.SubElement(element, "lastmod").text = entry.changed.isoformat()
    return element
