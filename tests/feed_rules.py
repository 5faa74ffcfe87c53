"""What the specifications ask of feeds, as rules that a test can apply; each gives the sentences
that a feed breaks.

Atom: RFC 4287. RSS: https://www.rssboard.org/rss-specification and its best practices,
https://www.rssboard.org/rss-profile. JSON Feed: https://www.jsonfeed.org/version/1.1/. WebSub:
https://www.w3.org/TR/websub/#discovery.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree, html

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r" \d\d:\d\d:\d\d "
    r"([+-]\d{4}|GMT)"
)
LANG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
FEED = "author category contributor generator icon id link logo rights subtitle title updated entry".split()
ENTRY = "author category content contributor id link published rights source summary title updated".split()
CHANNEL = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate"
    " category generator docs cloud ttl image rating textInput skipHours skipDays item"
).split()
ITEM = "title link description author category comments enclosure guid pubDate source".split()
NO_HTML = ("script", "style", "iframe", "object", "embed", "form", "meta", "link")


def faults(name: str, data: bytes, hub: str = "") -> list[str]:
    """What is wrong with a feed of this name; `hub` is the WebSub hub that it should name."""
    if name.endswith(".json"):
        return [f"{name}: {said}" for said in _json(json.loads(data), hub)]
    root = etree.fromstring(data)
    rules = _atom if root.tag == f"{ATOM}feed" else _rss
    parsed = feedparser.parse(data)
    bozo = [f"feedparser says {parsed.bozo_exception}"] if parsed.bozo else []
    return [f"{name}: {said}" for said in (*bozo, *rules(root), *_websub(root, hub))]


def _atom(feed: Any) -> Iterator[str]:
    yield from _known(feed, ATOM, FEED)
    yield from _once(
        feed,
        ATOM,
        must=("id", "title", "updated"),
        may=("generator", "icon", "logo", "rights", "subtitle"),
    )
    yield from _atom_constructs(feed)
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and not all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    ):
        yield "neither the feed nor each entry has an author"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    yield from (
        f"two entries have the id {each}" for each, number in Counter(ids).items() if number > 1
    )
    for entry in entries:
        yield from _known(entry, ATOM, ENTRY)
        yield from _once(
            entry,
            ATOM,
            must=("id", "title", "updated"),
            may=("content", "published", "rights", "source", "summary"),
        )
        yield from _atom_constructs(entry)
        for file in entry.findall(f"{ATOM}link[@rel='enclosure']"):
            yield from _enclosed(file.get("href"), file.get("type"), file.get("length"))
        alternate = entry.findall(f"{ATOM}link[@rel='alternate']")
        if entry.find(f"{ATOM}content") is None and not alternate:
            yield "an entry has neither content nor an alternate link"
        if (text := entry.findtext(f"{ATOM}content")) is not None:
            yield from _html(text)
    times = [each.findtext(f"{ATOM}updated") or "" for each in (feed, *entries)]
    moments = [datetime.fromisoformat(each) for each in times if RFC3339.fullmatch(each)]
    if len(moments) == len(times) > 1 and moments[0] != max(moments[1:]):
        yield "the feed was not updated when its newest entry was"


def _enclosed(url: str | None, kind: str | None, size: str | None) -> Iterator[str]:
    """A file that goes with an entry: its address, its type, and its size in bytes."""
    yield from _absolute([url])
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind or "") or not re.fullmatch(
        "[1-9][0-9]*", size or ""
    ):
        yield f"a file is of the type {kind} and has {size} bytes"


def _atom_constructs(place: Any) -> Iterator[str]:
    """Dates, texts, links, people, categories and languages in a feed or entry."""
    for each in place.findall(f"{ATOM}updated") + place.findall(f"{ATOM}published"):
        if not RFC3339.fullmatch(each.text or ""):
            yield f"{each.text} is no date of RFC 3339"
    for name in ("title", "subtitle", "summary", "rights", "content"):
        for each in place.findall(f"{ATOM}{name}"):
            if each.get("type", "text") not in ("text", "html") or len(each):
                yield f"{name} is neither text nor HTML"
    links = [
        (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        for link in place.findall(f"{ATOM}link")
    ]
    if any(number > 1 for link, number in Counter(links).items() if link[0] == "alternate"):
        yield "two alternate links are of one type and language"
    addresses = [link.get("href") for link in place.findall(f"{ATOM}link")]
    addresses += [
        each.text
        for name in ("id", "icon", f"author/{ATOM}uri")
        for each in place.findall(f"{ATOM}{name}")
    ]
    yield from _absolute(addresses)
    for person in place.findall(f"{ATOM}author"):
        if len(person.findall(f"{ATOM}name")) != 1 or len(person.findall(f"{ATOM}uri")) > 1:
            yield "an author has not one name, or several addresses"
    if any(not each.get("term") for each in place.findall(f"{ATOM}category")):
        yield "a category has no term"
    yield from _language(place.get(XML_LANG))


def _rss(root: Any) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0" or len(root.findall("channel")) != 1:
        yield "it is not RSS 2.0 with one channel"
    channel = root.find("channel")
    yield from _known(channel, "", CHANNEL)
    yield from _once(
        channel,
        "",
        must=("title", "link", "description"),
        may=("language", "lastBuildDate", "generator"),
    )
    yield from _language(channel.findtext("language"))
    items = channel.findall("item")
    yield from _absolute([channel.findtext("link"), *(item.findtext("link") for item in items)])
    guids = [item.findtext("guid") for item in items]
    yield from (
        f"two items have the guid {each}" for each, number in Counter(guids).items() if number > 1
    )
    for each in [channel.find("lastBuildDate"), *channel.findall("item/pubDate")]:
        if (
            not RFC822.fullmatch(each.text)
            or f"{parsedate_to_datetime(each.text):%a}" != each.text[:3]
        ):
            yield f"{each.text} is no date of RFC 822 with four digits of the year"
    for item in items:
        yield from _known(item, "", ITEM)
        yield from _once(
            item,
            "",
            must=("title", "link", "guid", "pubDate"),
            may=("description", "author", "comments", "enclosure"),
        )
        if (file := item.find("enclosure")) is not None:
            yield from _enclosed(file.get("url"), file.get("type"), file.get("length"))
        guid = item.find("guid")
        if guid.get("isPermaLink") not in ("true", "false"):
            yield "a guid does not say whether it is an address"
        elif guid.get("isPermaLink") == "true" and guid.text != item.findtext("link"):
            yield "a guid that is an address is not the link's"
        if "@" not in item.findtext("author", "@"):
            yield "an author is no mail address"
        yield from _text_of_item(item)


def _text_of_item(item: Any) -> Iterator[str]:
    tags, encoded = [each.tag for each in item], "{http://purl.org/rss/1.0/modules/content/}encoded"
    if encoded not in tags:
        if not item.findtext("description"):
            yield "an item has neither a whole text nor a description"
        return
    if tags.count(encoded) != 1 or (
        "description" in tags and tags.index("description") > tags.index(encoded)
    ):
        yield "an item has not one whole text, after its description"
    yield from _html(item.findtext(encoded) or "")


def _json(feed: dict[str, Any], hub: str) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "it is not JSON Feed 1.1 with a title"
    known = {
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "language",
        "items",
        "hubs",
        "icon",
    }
    yield from (
        f"{key} is no key of a feed" for key in feed.keys() - known if not key.startswith("_")
    )
    yield from _absolute(
        [
            feed.get("home_page_url"),
            feed.get("feed_url"),
            *([feed["icon"]] if "icon" in feed else []),
        ]
    )
    if [each.get("url") for each in feed.get("hubs", []) if each.get("type")] != (
        [hub] if hub else []
    ):
        yield "it names other hubs"
    items = feed["items"]
    yield from (
        f"two items have the id {each}"
        for each, n in Counter(item["id"] for item in items).items()
        if n > 1
    )
    known = {
        *"id url title content_html content_text summary image date_published date_modified".split()
    }
    known_of_file = {"url", "mime_type", "title", "size_in_bytes", "duration_in_seconds"}
    for item in items:
        yield from (
            f"{key} is no key of an item"
            for key in item.keys() - known - {"authors", "tags", "language", "attachments"}
        )
        for file in item.get("attachments", []):
            yield from (f"{key} is no key of a file" for key in file.keys() - known_of_file)
            yield from _enclosed(file["url"], file["mime_type"], str(file["size_in_bytes"]))
        if not isinstance(item.get("id"), str) or not (
            item.get("content_html") or item.get("content_text")
        ):
            yield "an item has no id of letters, or no text"
        yield from _absolute([item["url"], *([item["image"]] if "image" in item else [])])
        for key in ("date_published", "date_modified"):
            if not RFC3339.fullmatch(item[key]):
                yield f"{item[key]} is no date of RFC 3339"
        if not item["authors"] or not all(each.get("name") for each in item["authors"]):
            yield "an item has an author without a name, or none"
        if not all(isinstance(tag, str) for tag in item["tags"]):
            yield "a tag is no text"
        yield from _language(item["language"])
        yield from _html(item["content_html"]) if "content_html" in item else ()


def _websub(root: Any, hub: str) -> Iterator[str]:
    """One link to the feed itself, which a subscription needs, and one to the hub where there is
    one.
    """
    place = root if root.tag == f"{ATOM}feed" else root.find("channel")
    found = {
        rel: [each.get("href") for each in place.findall(f"{ATOM}link[@rel='{rel}']")]
        for rel in ("self", "hub")
    }
    if len(found["self"]) != 1 or found["hub"] != ([hub] if hub else []):
        yield f"it links to itself and to its hub as {found}"


def _known(place: Any, namespace: str, known: list[str]) -> Iterator[str]:
    """No element of the format's own that it does not have there."""
    for tag in {each.tag for each in place}:
        own = tag.startswith(namespace) if namespace else not tag.startswith("{")
        if own and tag.removeprefix(namespace) not in known:
            yield f"{tag} has no place in {place.tag}"


def _once(place: Any, namespace: str, must: Iterable[str], may: Iterable[str]) -> Iterator[str]:
    number = Counter(each.tag for each in place)
    yield from (
        f"{place.tag} has not one {name}" for name in must if number[f"{namespace}{name}"] != 1
    )
    yield from (
        f"{place.tag} has several {name}" for name in may if number[f"{namespace}{name}"] > 1
    )


def _absolute(addresses: Iterable[str | None]) -> Iterator[str]:
    for address in addresses:
        parts = urlsplit(address or "")
        if (
            parts.scheme not in ("http", "https")
            or not parts.netloc
            or re.search(r"[\s<>\"]", address or "")
        ):
            yield f"{address} is no whole address"


def _language(tag: str | None) -> Iterator[str]:
    if not LANG.fullmatch(tag or ""):
        yield f"{tag} is no language"


def _html(text: str) -> Iterator[str]:
    """A text that a reader can show by itself: there is one, its addresses are whole, and nothing
    in it runs.
    """
    if not text.strip():
        yield "a text is empty"
        return
    for element in html.fragment_fromstring(text, create_parent="div").iter(etree.Element):
        if element.tag in NO_HTML or any(
            name.startswith("on") or name == "style" for name in element.attrib
        ):
            yield f"a text holds {element.tag} {dict(element.attrib)}"
        addresses = [element.get(name) for name in ("href", "src") if element.get(name) is not None]
        addresses += [each.split()[0] for each in (element.get("srcset") or "").split(", ") if each]
        yield from _absolute(
            each for each in addresses if not str(each).startswith(("mailto:", "tel:"))
        )
