"""Atom by feedgenerator, with every author of a story and no date but the stories' own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed

from plugins.feeds.entries import Channel, Entry

EMPTY = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""When a feed without a story was last changed."""


class _Feed(Atom1Feed):
    """Atom with several authors and a language an entry; feedgenerator's own knows one author."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=EMPTY)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Broadside")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, url in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", url)
            handler.endElement("author")


def atom(entries: Iterable[Entry], channel: Channel) -> bytes:
    """The feed as XML in UTF-8."""
    feed = _Feed(
        title=channel.title,
        link=channel.page_url,
        description=channel.subtitle,
        subtitle=channel.subtitle or None,
        feed_url=channel.feed_url,
        feed_guid=channel.feed_url,
        language=channel.lang,
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            unique_id=entry.url,
            description=escape(entry.dek, quote=False) or None,  # feedgenerator declares summaries to be HTML
            content=entry.html,
            categories=entry.categories,
            pubdate=entry.published,
            updateddate=entry.updated,
            people=entry.authors,
            lang=entry.lang,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()
