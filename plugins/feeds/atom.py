"""Atom by feedgenerator, with every author of a story and no date but the stories' own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plugins.feeds.entries import Channel, Entry

EMPTY = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""When a feed without a story was last changed."""


class _Feed(Atom1Feed):
    """Atom with several authors and a language an entry; feedgenerator's own knows one author."""

    made: dict[str, str]
    """Address of a story -> its entry as XML."""

    def write_items(self, handler: Any) -> None:
        for item in self.items:
            if item["link"] not in self.made:
                self.made[item["link"]] = self._entry(item)
            handler.ignorableWhitespace(self.made[item["link"]])  # SAX's way to write text as it is

    def _entry(self, item: dict[str, Any]) -> str:
        out = StringIO()
        handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        handler.startElement("entry", self.item_attributes(item))
        self.add_item_elements(handler, item)
        handler.endElement("entry")
        return out.getvalue()

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


class Atom:
    """Makes Atom feeds; the XML of a story is made once, however many feeds hold it."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def __call__(self, entries: Iterable[Entry], channel: Channel) -> bytes:
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
        feed.made = self._made
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
