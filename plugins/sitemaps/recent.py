"""Which stories stand in the news sitemap, and when they leave it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from plugins.due import Due
from plugins.faults import quoted
from plugins.newsroom.room import Newsroom

NEWS = timedelta(hours=48)
"""How long a story is news; https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap."""
MOST = 1000
"""Stories that a news sitemap may hold."""


def recent(oldest_first: Sequence[Any], now: datetime) -> list[Any]:
    """The stories of the last 48 hours, newest first."""
    return [story for story in reversed(oldest_first) if now < story.date + NEWS][:MOST]


def leavings(newsroom: Newsroom) -> Iterator[Due]:
    """When each story leaves, or has left, the news sitemap; one that newer stories push out leaves at their hours."""
    stories = sorted(
        ((record.date, record.slug, record) for record in newsroom.of_kind("story") if record.date),
        key=lambda story: story[:2],
    )
    out = [story for story in stories if (story[2].data or {})["status"] == "published"]
    dates = [date for date, _, _ in out]
    for i, (date, _, record) in enumerate(out):
        if bisect_left(dates, date + NEWS) - i <= MOST:
            what = f"{quoted((record.data or {})['title'])} leaves the news sitemap"
            yield Due(date + NEWS, "news", record.path, what)
