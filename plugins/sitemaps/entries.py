"""Chooses the stories that a sitemap names: published ones, except copies, which have their canonical address elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from broadside.plugins.site.story import Story, changed
from broadside.plugins.sitemaps.recent import recent
from broadside.plugins.sitemaps.xml import Entry
from broadside.plugins.urls import Urls

T = TypeVar("T")

MOST = 50_000
"""The most addresses that a sitemap may have."""


def by_month(published: Iterable[Story]) -> dict[str, list[Story]]:
    """The stories to name, by "YYYY-MM", in the order in which they come."""
    months: dict[tuple[int, int], list[Story]] = {}
    for story in published:
        if not story.canonical:
            months.setdefault((story.date.year, story.date.month), []).append(story)
    return {f"{year:04}-{month:02}": stories for (year, month), stories in months.items()}


def entry(story: Story, urls: Urls) -> Entry:
    """A story's entry in a sitemap."""
    photos = [story.photo, *story.inline_photos] if story.photo else story.inline_photos
    return Entry(
        urls.absolute(story.url), changed(story), tuple(dict.fromkeys([urls.absolute(photo.src) for photo in photos]))
    )


def fresh(oldest_first: Sequence[Story], now: datetime, urls: Urls) -> list[tuple[str, str, datetime, str]]:
    """Address, headline, publication and language of the stories that are news, newest first."""
    return [(urls.absolute(story.url), story.title, story.date, story.lang) for story in recent(oldest_first, now)]


def in_files(lists: Mapping[str, list[T]], most: int = MOST) -> dict[str, list[T]]:
    """The entries of each file, by path; a list that is too long for one sitemap continues in a second."""
    files = {}
    for name, listed in lists.items():
        for at in range(0, len(listed), most):
            files[f"sitemaps/{name}{f'-{at // most + 1}' if at else ''}.xml"] = listed[at : at + most]
    return files
