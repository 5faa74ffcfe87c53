"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from broadside.plugins.feeds.entries import REMEMBERED, Channel, Entry


class JsonFeed:
    """Makes JSON feeds; the JSON of an entry is made only once, however many feeds have it."""

    def __init__(self) -> None:
        self._entry = lru_cache(REMEMBERED)(_made)

    def __call__(self, entries: Iterable[Entry], channel: Channel) -> bytes:
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
        if channel.icon:
            feed["icon"] = channel.icon
        if channel.hub:
            feed["hubs"] = [{"type": "WebSub", "url": channel.hub}]
        items = b",\n".join(map(self._entry, entries))
        return b'%s, "items": [\n%s\n]}\n' % (_json(feed)[:-1], items)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _made(entry: Entry) -> bytes:
    return _json(_item(entry))


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
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
