"""When the news sitemap changes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from broadside.content.content import Content
from broadside.dates import Due
from broadside.faults import quoted

NEWS = timedelta(hours=48)
"""How long a story is news;
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""


def moments(content: Content, after: datetime) -> Iterator[Due]:
    """The moments at which stories leave the news sitemap."""
    for record in content.stories:
        is_listed = record.data.status == "published" and not (
            record.data.canonical or record.data.paid_by
        )
        if is_listed and record.date and record.date + NEWS > after:
            what = f"{quoted(record.data.title)} leaves the news sitemap"
            yield Due(record.date + NEWS, "news", record.path, what)
