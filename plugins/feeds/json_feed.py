"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from plugins.feeds.entries import Channel, Entry


def json_feed(entries: Iterable[Entry], channel: Channel) -> bytes:
    """The feed as JSON in UTF-8."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page_url,
        "feed_url": channel.feed_url,
        "language": channel.lang,
    }
    if channel.subtitle:
        feed["description"] = channel.subtitle
    feed["items"] = [_item(entry) for entry in entries]
    return (json.dumps(feed, ensure_ascii=False) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name, "url": url} for name, url in entry.authors],
        "tags": entry.categories,
        "language": entry.lang,
    }
    if entry.dek:
        item["summary"] = entry.dek
    if entry.image:
        item["image"] = entry.image
    return item
