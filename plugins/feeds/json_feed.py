"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from broadside.plugins.feeds.entries import Channel, FeedEntry


def feed(channel: Channel, entries: Iterable[bytes], _updated: datetime) -> bytes:
    """The feed with these entries as JSON in UTF-8; it says of itself nothing that changes with time."""
    about: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page_url,
        "feed_url": channel.feed_url,
        "language": channel.lang,
    }
    if channel.subtitle:
        about["description"] = channel.subtitle
    if channel.icon:
        about["icon"] = channel.icon
    if channel.hub:
        about["hubs"] = [{"type": "WebSub", "url": channel.hub}]
    return b'%s, "items": [\n%s\n]}\n' % (_json(about)[:-1], b",\n".join(entries))


def entry(item: FeedEntry) -> bytes:
    """An entry as JSON in UTF-8."""
    values: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": name, "url": url} for name, url in item.authors],
        "tags": item.categories,
        "language": item.lang,
    }
    if item.dek:
        values["summary"] = item.dek
    if item.image:
        values["image"] = item.image
    if item.files:
        values["attachments"] = [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.size}
            | ({"duration_in_seconds": round(file.seconds)} if file.seconds else {})
            for file in item.files
        ]
    return _json(values)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
