"""RSS 2.0 by feedgenerator, as the RSS Advisory Board's profile advises: whole texts, every author, no mail address.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile
"""

from __future__ import annotations

from typing import Any

from feedgenerator import Rss201rev2Feed

from broadside.plugins.feeds import shown
from broadside.plugins.feeds.xml_feed import Shared

NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
} | shown.NAMESPACE


class Rss(Shared, Rss201rev2Feed):
    """RSS with whole texts, several authors, and the time of a story's last change, for which RSS has no element."""

    tag, prefix = "item", "atom:"

    def rss_attributes(self) -> dict[str, str]:
        """The attributes of the root element."""
        return dict(super().rss_attributes()) | NAMESPACES

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item; its summary comes before its text, as the profile asks."""
        super().add_item_elements(handler, item)
        for name, _ in item["people"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        handler.addQuickElement("content:encoded", item["content"])
