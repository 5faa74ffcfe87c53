"""Chooses the stories that a sitemap names: published ones, except copies, which have their canonical address elsewhere.

The news sitemap names those of the last 48 hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from broadside.content.content import Content
from broadside.dates import Due
from broadside.faults import quoted
from broadside.plugins.sitemaps.xml import SitemapEntry
from broadside.site.story import Story, changed
from broadside.urls import Urls

T = TypeVar("T")

MOST, MOST_NEWS = 50_000, 1000
"""The most addresses that a sitemap may have, and the most stories of a news sitemap."""
NEWS = timedelta(hours=48)
"""How long a story is news; https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap."""


def by_month(published: Iterable[Story]) -> dict[str, list[Story]]:
    """The stories to name, by "YYYY-MM", in the order in which they come."""
    months: dict[tuple[int, int], list[Story]] = {}
    for story in published:
        if not story.canonical:
            months.setdefault((story.date.year, story.date.month), []).append(story)
    return {f"{year:04}-{month:02}": stories for (year, month), stories in months.items()}


def entry_of(story: Story, urls: Urls) -> SitemapEntry:
    """A story's entry in a sitemap."""
    photos = [story.photo, *story.inline_photos] if story.photo else story.inline_photos
    images = dict.fromkeys([urls.absolute(photo.src) for photo in photos if photo.src])
    return SitemapEntry(urls.absolute(story.url), changed(story), tuple(images))


def news(oldest_first: Sequence[Story], now: datetime, urls: Urls) -> list[tuple[str, str, datetime, str]]:
    """Address, headline, publication and language of the stories that are news, newest first."""
    rows: list[tuple[str, str, datetime, str]] = []
    for story in reversed(oldest_first):
        if now >= story.date + NEWS or len(rows) == MOST_NEWS:
            break
        if not story.canonical:
            rows.append((urls.absolute(story.url), story.title, story.date, story.lang))
    return rows


def news_ends(content: Content, after: datetime) -> Iterator[Due]:
    """When stories leave the news sitemap, after a moment."""
    for record in content.stories:
        is_listed = record.data.status == "published" and not record.data.canonical
        if is_listed and record.date and record.date + NEWS > after:
            what = f"{quoted(record.data.title)} leaves the news sitemap"
            yield Due(record.date + NEWS, "news", record.path, what)


def in_files(lists: Mapping[str, list[T]], most: int = MOST) -> dict[str, list[T]]:
    """The entries of each file, by path; a list that is too long for one sitemap continues in a second."""
    files = {}
    for name, entries in lists.items():
        for at in range(0, len(entries), most):
            files[f"sitemaps/{name}{f'-{at // most + 1}' if at else ''}.xml"] = entries[at : at + most]
    return files
