"""What Atom and RSS have in common: the XML of an entry is made once, however many feeds hold it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plugins.feeds import shown
from plugins.feeds.entries import EMPTY, Channel, Entry


class Shared:
    """Goes before a feed of feedgenerator's, whose dates come from the clock and whose entries are made anew each time.

    `tag` is the element of an entry, and `prefix` what stands before Atom's names.
    """

    tag: str
    prefix: str
    made: dict[str, str]
    """Id of an entry -> its XML."""
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
        """Write the entries."""
        for item in self.items:
            if item["unique_id"] not in self.made:
                self.made[item["unique_id"]] = self._entry(item)
            handler.ignorableWhitespace(self.made[item["unique_id"]])

    def _entry(self, item: dict[str, Any]) -> str:
        out = StringIO()
        handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        handler.startElement(self.tag, {"xml:lang": item["lang"]})
        self.add_item_elements(handler, item)  # type: ignore[attr-defined]
        handler.ignorableWhitespace(shown.teaser(item["entry"]))
        handler.endElement(self.tag)
        return out.getvalue()


class XmlFeed:
    """Makes feeds of one kind."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self._made: dict[str, str] = {}

    def __call__(self, entries: Iterable[Entry], channel: Channel) -> bytes:
        """The feed as XML in UTF-8."""
        feed = self.kind(
            title=channel.title,
            link=channel.page_url,
            description=channel.subtitle or channel.title,
            subtitle=channel.subtitle or None,
            feed_url=channel.feed_url,
            feed_guid=channel.feed_url,
            language=channel.lang,
        )
        feed.made, feed.channel = self._made, channel
        for entry in entries:
            if entry.id in self._made:
                feed.items.append(
                    {"unique_id": entry.id, "updateddate": entry.updated}
                )  # all that is still asked of it
            else:
                feed.add_item(**_item(entry))
        out = StringIO()
        feed.write(out, "utf-8")
        return out.getvalue().encode()


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
