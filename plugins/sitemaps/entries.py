"""Which stories a sitemap names: published ones that are at home here. A copy has its canonical address elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from plugins.newsroom.story import changed
from plugins.sitemaps.recent import recent
from plugins.sitemaps.xml import Entry
from plugins.urls import Urls

MOST = 50_000
"""Addresses that a sitemap may hold."""


def by_month(published: Iterable[Any], urls: Urls) -> dict[str, list[Entry]]:
    """The entries of stories, by "YYYY-MM" and in the order in which the stories come."""
    months: dict[str, list[Entry]] = {}
    for story in published:
        if not story.canonical:
            months.setdefault(f"{story.date.year:04}-{story.date.month:02}", []).append(_entry(story, urls))
    return months


def fresh(oldest_first: Sequence[Any], now: datetime, urls: Urls) -> list[tuple[str, str, datetime, str]]:
    """Address, headline, publication and language of the stories that are news, newest first."""
    return [(urls.absolute(story.url), story.title, story.date, story.lang) for story in recent(oldest_first, now)]


def in_files(lists: Mapping[str, list[Entry]], most: int = MOST) -> dict[str, list[Entry]]:
    """The entries of each file, by its path; a list longer than a sitemap may be goes on in a second."""
    files = {}
    for name, entries in lists.items():
        for at in range(0, len(entries), most):
            files[f"sitemaps/{name}{f'-{at // most + 1}' if at else ''}.xml"] = entries[at : at + most]
    return files


def _entry(story: Any, urls: Urls) -> Entry:
    photos = [story.photo, *story.inline_photos] if story.photo else story.inline_photos
    return Entry(
        urls.absolute(story.url), changed(story), tuple(dict.fromkeys([urls.absolute(photo.src) for photo in photos]))
    )
