"""Atom (RFC 4287) by feedgenerator, with every author of a story, and only the stories' own dates."""

from __future__ import annotations

from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from broadside.plugins.feeds import shown
from broadside.plugins.feeds.xml_feed import Shared


class Atom(Shared, Atom1Feed):
    """Atom with several authors and a language for each entry, and a style sheet; feedgenerator's own has only one author."""

    tag, prefix = "entry", ""

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed; feedgenerator's own method writes no style sheet."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        self.add_stylesheets(handler)
        handler.startElement("feed", self.root_attributes() | shown.NAMESPACE)
        self.add_root_elements(handler)
        if self.channel.icon:
            handler.addQuickElement("icon", self.channel.icon)
        self.write_items(handler)
        handler.endElement("feed")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item)
        for name, url in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", url)
            handler.endElement("author")
