"""The formats of feeds: Atom (RFC 4287) and RSS 2.0 by feedgenerator, with every author, and only
the stories' own dates, and JSON Feed 1.1.

https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile,
https://www.jsonfeed.org/version/1.1/

A small XHTML page among the elements of Atom and RSS makes a feed readable in a browser: the feed's
style sheet shows this page and hides the rest. Browsers no longer run the XSLT that used to turn
feeds into pages, and without it they follow only XHTML's links. Feed readers ignore elements of
namespaces that they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SimplerXMLGenerator
from markupsafe import Markup

from broadside.plugins.feeds.entries import Channel, FeedEntry

ENTRIES = "\0"
"""The placeholder for the entries in a feed that is being written; XML cannot contain this
character.
"""
XHTML = {"xmlns:h": "http://www.w3.org/1999/xhtml"}
THREAD = {"xmlns:thr": "http://purl.org/syndication/thread/1.0"}
"""Of an entry that answers another (RFC 4685)."""
VIEWPORT = '<h:meta name="viewport" content="width=device-width, initial-scale=1"/>'


class DatedFeed:
    """A mixin for feedgenerator's feeds, which would take dates from the clock.

    `tag` is the element of an entry, and `prefix` precedes Atom's names; None for `most_enclosures`
    means no limit.
    """

    most_enclosures: int | None = None
    tag: str
    prefix: str
    channel: Channel
    updated: datetime

    def latest_post_date(self) -> datetime:
        """When the feed last changed."""
        return self.updated

    def add_stylesheets(self, handler: Any) -> None:
        """Name the style sheet."""
        if self.channel.stylesheet:
            handler.processingInstruction(
                "xml-stylesheet", f'href={quoteattr(self.channel.stylesheet)} type="text/css"'
            )

    def add_root_elements(self, handler: Any) -> None:
        """Write the feed's description."""
        super().add_root_elements(handler)  # type: ignore[misc]
        if self.channel.hub:
            handler.addQuickElement(
                f"{self.prefix}link", "", {"rel": "hub", "href": self.channel.hub}
            )
        handler.addQuickElement("generator", "Broadside")
        # SAX's way of writing text unchanged
        handler.ignorableWhitespace(_top_of_page(self.channel))

    def write_items(self, handler: Any) -> None:
        """Mark the place of the entries, which are already bytes."""
        handler.ignorableWhitespace(ENTRIES)


class Atom(DatedFeed, Atom1Feed):
    """Atom with several authors and a language for each entry, and a style sheet; feedgenerator's
    own has only one author.
    """

    tag, prefix = "entry", ""

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed; feedgenerator's own method writes no style sheet."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        self.add_stylesheets(handler)
        handler.startElement("feed", self.root_attributes() | XHTML)
        self.add_root_elements(handler)
        if self.channel.icon:
            handler.addQuickElement("icon", self.channel.icon)
        self.write_items(handler)
        handler.endElement("feed")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item)
        if answered := item["in_reply_to"]:
            handler.addQuickElement(
                "thr:in-reply-to", "", {**THREAD, "ref": answered, "href": answered}
            )
        for name, url in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")


class Rss(DatedFeed, Rss201rev2Feed):
    """RSS with whole texts if wanted, several authors, and the time of a story's last change, for
    which RSS has no element.
    """

    tag, prefix, most_enclosures = "item", "atom:", 1

    def rss_attributes(self) -> dict[str, str]:
        """The attributes of the root element."""
        namespaces = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return dict(super().rss_attributes()) | namespaces | XHTML

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item; its summary comes before its text, as the profile requires."""
        super().add_item_elements(handler, item)
        for name, _ in item["people"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])


def xml_feed(
    kind: type[Any], channel: Channel, entries: Iterable[bytes], updated: datetime
) -> bytes:
    """A feed of a kind, Atom or Rss, with these entries as XML in UTF-8."""
    writer = kind(
        title=channel.title,
        link=channel.page_url,
        description=channel.subtitle or channel.title,
        feed_url=channel.feed_url,
        feed_guid=channel.feed_url,
        language=channel.lang,
    )
    writer.channel, writer.updated = channel, updated
    out = StringIO()
    writer.write(out, "utf-8")
    before, after = out.getvalue().encode().split(ENTRIES.encode())
    return b"".join((before, *entries, after))


def xml_entry(kind: type[Any], item: FeedEntry) -> bytes:
    """An entry in a feed of a kind, Atom or Rss, as XML in UTF-8; it is the same in every feed."""
    writer = kind(title="", link="", description="")
    writer.add_item(
        title=item.title,
        link=item.url,
        unique_id=item.id,
        unique_id_is_permalink=item.id == item.url,
        description=escape(item.dek, quote=False) or None,  # feed readers take it for HTML
        content=item.html,
        categories=item.categories,
        pubdate=item.published,
        updateddate=item.updated,
        people=item.authors,
        in_reply_to=item.in_reply_to,
        enclosures=[
            Enclosure(file.url, str(file.size), file.type)
            for file in item.files[: kind.most_enclosures]
        ],
    )
    out = StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    handler.startElement(kind.tag, {"xml:lang": item.lang})
    writer.add_item_elements(handler, writer.items[0])
    handler.ignorableWhitespace(teaser_on_page(item))
    handler.endElement(kind.tag)
    return out.getvalue().encode()


def _top_of_page(channel: Channel) -> str:
    """The top of the XHTML page: whose feed it is, what a feed is, and where to read instead."""
    name, site = channel.outlet
    words = channel.words
    if channel.title != name:
        title = channel.title.removeprefix(words.label(name)).lstrip()
    else:
        title = words.gettext("Every story")
    elsewhere = words.gettext("To read here instead, open the page that it follows")
    address = Markup(f"<h:code>{escape(channel.feed_url)}</h:code>")
    if channel.whole:
        about = words.gettext(
            "This is an RSS feed: a list for apps. Give its address to a feed reader, and whatever"
            " is new comes to you there, in full and without an account: %(address)s",
            address=address,
        )
    else:
        about = words.gettext(
            "This is an RSS feed: a list for apps. Give its address to a feed reader, and whatever"
            " is new is announced to you there, without an account: %(address)s",
            address=address,
        )
    return (
        f"{VIEWPORT}<h:header><h:p><h:a href={quoteattr(site)}>{escape(name)}</h:a></h:p>"
        f"<h:h1>{escape(title)}</h:h1>"
        f"<h:p>{about}</h:p>"
        f"<h:p><h:a href={quoteattr(channel.page_url)}>{escape(elsewhere)}</h:a></h:p>"
        "</h:header>"
    )


def teaser_on_page(item: FeedEntry) -> str:
    """An entry on the XHTML page: its headline as a link, its dek, its authors and date."""
    names = item.words.comma().join([name for name, _ in item.authors])
    date = item.words.long_date(item.published)
    link = f"<h:a href={quoteattr(item.url)}>{escape(item.title)}</h:a>"
    return (
        f'<h:article dir="auto"><h:h2>{link}</h:h2><h:p>{escape(item.dek)}</h:p>'
        f"<h:p>{escape(names)} · {escape(date)}</h:p></h:article>"
    )


def json_feed(channel: Channel, entries: Iterable[bytes], _updated: datetime) -> bytes:
    """The JSON Feed with these entries, in UTF-8; its own description does not change with time."""
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


def json_entry(item: FeedEntry) -> bytes:
    """An entry of a JSON Feed, in UTF-8."""
    values: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        **({"content_html": item.html} if item.text else {"content_text": item.dek or item.title}),
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": name} | ({"url": url} if url else {}) for name, url in item.authors],
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
