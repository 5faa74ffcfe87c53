"""Code that Atom and RSS share: the XML of an entry is made only once, however many feeds have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from io import StringIO
from typing import Any

from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from broadside.plugins.feeds import shown
from broadside.plugins.feeds.entries import EMPTY, REMEMBERED, Channel, Entry

ENTRIES = "\0"
"""The placeholder for the entries in a feed that is being written; XML cannot contain this character."""


class Shared:
    """A mixin for feedgenerator's feeds, which would take dates from the clock and make entries anew each time.

    `tag` is the element of an entry, and `prefix` precedes Atom's names.
    """

    tag: str
    prefix: str
    channel: Channel
    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        """When the feed last changed."""
        return max((item["updateddate"] for item in self.items), default=EMPTY)

    def add_stylesheets(self, handler: Any) -> None:
        """Name the style sheet."""
        if self.channel.stylesheet:
            handler.processingInstruction("xml-stylesheet", shown.instruction(self.channel))

    def add_root_elements(self, handler: Any) -> None:
        """Write the feed's description."""
        super().add_root_elements(handler)  # type: ignore[misc]
        if self.channel.hub:
            handler.addQuickElement(f"{self.prefix}link", "", {"rel": "hub", "href": self.channel.hub})
        handler.addQuickElement("generator", "Broadside")
        handler.ignorableWhitespace(shown.top(self.channel))  # SAX's way of writing text unchanged

    def write_items(self, handler: Any) -> None:
        """Mark the place of the entries, which are bytes already; as text they would be copied for each feed."""
        handler.ignorableWhitespace(ENTRIES)

    def entry(self, item: dict[str, Any]) -> bytes:
        """The XML of an entry."""
        out = StringIO()
        handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        handler.startElement(self.tag, {"xml:lang": item["lang"]})
        self.add_item_elements(handler, item)  # type: ignore[attr-defined]
        handler.ignorableWhitespace(shown.teaser(item["entry"]))
        handler.endElement(self.tag)
        return out.getvalue().encode()


class XmlFeed:
    """Makes feeds of one kind."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self._entry = lru_cache(REMEMBERED)(self._made)

    def __call__(self, entries: Iterable[Entry], channel: Channel) -> bytes:
        """The feed as XML in UTF-8."""
        feed = self.kind(
            title=channel.title,
            link=channel.page_url,
            description=channel.subtitle or channel.title,
            feed_url=channel.feed_url,
            feed_guid=channel.feed_url,
            language=channel.lang,
        )
        feed.channel, parts = channel, []
        for entry in entries:
            feed.items.append({"updateddate": entry.updated})  # the only value that is still needed
            parts.append(self._entry(entry))
        out = StringIO()
        feed.write(out, "utf-8")
        before, after = out.getvalue().encode().split(ENTRIES.encode())
        return b"".join((before, *parts, after))

    def _made(self, entry: Entry) -> bytes:
        """The XML of an entry, which is the same in every feed."""
        feed = self.kind(title="", link="", description="")
        feed.add_item(**_item(entry))
        return bytes(feed.entry(feed.items[0]))


def _item(entry: Entry) -> dict[str, Any]:
    """An entry under feedgenerator's keys, and under our own for anything that has none there."""
    return {
        "title": entry.title,
        "link": entry.url,
        "unique_id": entry.id,
        "unique_id_is_permalink": entry.id == entry.url,
        "description": escape(entry.dek, quote=False) or None,  # feed readers take it for HTML
        "content": entry.html,
        "categories": entry.categories,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "people": entry.authors,
        "lang": entry.lang,
        "entry": entry,
    }
