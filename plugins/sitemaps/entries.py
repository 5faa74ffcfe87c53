"""Which stories a sitemap names: published ones that are at home here. A copy has its canonical address elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from plugins.feeds.entries import changed
from plugins.sitemaps.xml import Entry
from plugins.urls import Urls

NEWS_HOURS = 48
NEWS_MOST = 1000
"""What a news sitemap may hold: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"""
MOST = 50_000
"""Addresses that a sitemap may hold."""


def by_month(published: Iterable[Any], urls: Urls) -> dict[str, list[Entry]]:
    """The entries of stories, by "YYYY-MM" and in the order in which the stories come."""
    months: dict[str, list[Entry]] = {}
    for story in published:
        if not story.canonical:
            months.setdefault(f"{story.date:%Y-%m}", []).append(_entry(story, urls))
    return months


def fresh(
    oldest_first: list[Any], now: datetime, urls: Urls, most: int = NEWS_MOST
) -> list[tuple[str, str, datetime, str]]:
    """Address, headline, publication and language of the last 48 hours' stories, newest first."""
    since = now - timedelta(hours=NEWS_HOURS)
    rows: list[tuple[str, str, datetime, str]] = []
    for story in reversed(oldest_first):
        if story.date < since or len(rows) == most:
            break
        if not story.canonical:
            rows.append((urls.absolute(story.url), story.title, story.date, story.lang))
    return rows


def in_files(lists: Mapping[str, list[Entry]], most: int = MOST) -> dict[str, list[Entry]]:
    """The entries of each file, by its path; a list longer than a sitemap may be goes on in a second."""
    files = {}
    for name, entries in lists.items():
        for at in range(0, len(entries), most):
            files[f"sitemaps/{name}{f'-{at // most + 1}' if at else ''}.xml"] = entries[at : at + most]
    return files


def _entry(story: Any, urls: Urls) -> Entry:
    photos = [*([story.photo] if story.photo else []), *story.inline_photos]
    return Entry(
        urls.absolute(story.url), changed(story), tuple(dict.fromkeys(urls.absolute(photo.src) for photo in photos))
    )
