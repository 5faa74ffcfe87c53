"""What Atom and RSS have in common: the XML of an entry is made once, however many feeds hold it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from io import StringIO
from typing import Any

from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plugins.feeds import shown
from plugins.feeds.entries import EMPTY, REMEMBERED, Channel, Entry

ENTRIES = "\0"
"""Stands for the entries in a feed that is being written; no XML can hold this sign."""


class Shared:
    """Goes before a feed of feedgenerator's, whose dates come from the clock and whose entries are made anew each time.

    `tag` is the element of an entry, and `prefix` what stands before Atom's names.
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
        """Write what the feed says of itself."""
        super().add_root_elements(handler)  # type: ignore[misc]
        if self.channel.hub:
            handler.addQuickElement(f"{self.prefix}link", "", {"rel": "hub", "href": self.channel.hub})
        handler.addQuickElement("generator", "Broadside")
        handler.ignorableWhitespace(shown.top(self.channel))  # SAX's way to write text as it is

    def write_items(self, handler: Any) -> None:
        """Mark where the entries go, which are bytes already; a text of many feeds would be copied for each."""
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
            feed.items.append({"updateddate": entry.updated})  # all that is still asked of it
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
    """An entry in feedgenerator's words, and in ours what it has no words for."""
    return {
        "title": entry.title,
        "link": entry.url,
        "unique_id": entry.id,
        "unique_id_is_permalink": entry.id == entry.url,
        "description": escape(entry.dek, quote=False) or None,  # readers take it for HTML
        "content": entry.html,
        "categories": entry.categories,
        "pubdate": entry.published,
        "updateddate": entry.updated,
        "people": entry.authors,
        "lang": entry.lang,
        "entry": entry,
    }
