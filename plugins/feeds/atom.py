"""Atom by feedgenerator, with every author of a story and no date but the stories' own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed


from plugins.feeds.entries import Entry

EMPTY = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class _Feed(Atom1Feed):  # type: ignore[misc]
    """Atom with several authors an entry; feedgenerator's own knows one."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=EMPTY)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Broadside")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, url in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", url)
            handler.endElement("author")


def atom(entries: Iterable[Entry], title: str, subtitle: str, page_url: str, feed_url: str, lang: str) -> bytes:
    """The feed as XML in UTF-8."""
    feed = _Feed(title=title, link=page_url, description=subtitle, subtitle=subtitle or None, feed_url=feed_url, feed_guid=feed_url, language=lang)
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            unique_id=entry.url,
            description=entry.dek or None,
            content=entry.html,
            categories=entry.categories,
            pubdate=entry.published,
            updateddate=entry.updated,
            people=entry.authors,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()



