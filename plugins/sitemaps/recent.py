"""Decides which stories are in the news sitemap, and when they leave it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from broadside.plugins.content.content import Content
from broadside.plugins.due import Due
from broadside.plugins.faults import quoted
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.site.story import Story

NEWS = timedelta(hours=48)
"""How long a story is news; https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap."""
MOST = 1000
"""The most stories that a news sitemap may have."""


def recent(oldest_first: Sequence[Story], now: datetime) -> list[Story]:
    """The stories of the last 48 hours, newest first, without copies, which belong to the site of the original."""
    found: list[Story] = []
    for story in reversed(oldest_first):
        if now >= story.date + NEWS or len(found) == MOST:
            break
        if not story.canonical:
            found.append(story)
    return found


def leavings(content: Content, after: datetime) -> Iterator[Due]:
    """When stories leave the news sitemap, after a moment; one that newer stories push out leaves when those are published."""
    dated = [(record.date, record.slug, record) for record in content.stories]
    stories = sorted(
        ((date, slug, record) for date, slug, record in dated if date and date + NEWS > after),
        key=lambda story: story[:2],
    )
    out = [story for story in stories if _is_listed(story[2].data)]
    dates = [date for date, _, _ in out]
    for i, (date, _, record) in enumerate(out):
        if bisect_left(dates, date + NEWS) - i <= MOST:
            what = f"{quoted(record.data.title)} leaves the news sitemap"
            yield Due(date + NEWS, "news", record.path, what)


def _is_listed(data: StoryData) -> bool:
    return data.status == "published" and not data.canonical
