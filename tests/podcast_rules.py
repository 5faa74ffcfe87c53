"""The rules for podcasts, as their directories publish them, for the feeds of a built site.

PSP-1: https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification Apple:
https://podcasters.apple.com/support/823-podcast-requirements and "A Podcaster's Guide to RSS" RSS
2.0: https://www.rssboard.org/rss-specification The podcast namespace:
https://podcasting2.org/docs/podcast-namespace (guid, transcript, chapters)
"""

from __future__ import annotations

import io
import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from PIL import Image

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
NAMESPACES = (
    b'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    b'xmlns:podcast="https://podcastindex.org/namespace/1.0"',
    b'xmlns:atom="http://www.w3.org/2005/Atom"',
)
TYPES = {".mp3": {"audio/mpeg"}, ".m4a": {"audio/x-m4a", "audio/m4a"}}
"""Apple names audio/x-m4a, PSP-1 audio/m4a."""
MARKUP = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}
"""Tags that a description may have."""
TOP = (
    "Arts Business Comedy Education Fiction Government|Health & Fitness|History|Kids &"
    " Family|Leisure Music News|Religion & Spirituality|Science|Society & Culture|Sports"
    " Technology|True Crime|TV & Film"
)
CATEGORIES = {
    name
    for part in TOP.split("|")
    for name in ([part] if "&" in part or part == "True Crime" else part.split())
}


class Tags(HTMLParser):
    """The tags of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.found.add(tag)


def broken(path: str, files: Mapping[str, bytes], site: str, guid: str = "") -> list[str]:
    """The rules that the podcast at a path of a site breaks; `guid` is the identifier that it had
    elsewhere.
    """
    data = files[path]
    root = ET.fromstring(data.decode("utf-8", "strict"))
    (channel,) = root.findall("channel")
    items = channel.findall("item")
    return [
        *_of_document(data, root),
        *_of_channel(channel, f"{site}/{path}", guid),
        *_of_artwork(channel, files, site),
        *_of_items(items, channel),
        *(
            f"{item.findtext('title')}: {said}"
            for item in items
            for said in _of_item(item, files, site)
        ),
    ]


def _of_document(data: bytes, root: ET.Element) -> Iterator[str]:
    if not data.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
        yield "PSP-1: the feed is not declared as UTF-8"
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "RSS: the feed is not RSS 2.0"
    yield from (
        f"PSP-1: {name!r} is not declared at the root"
        for name in NAMESPACES
        if name not in data.split(b"<channel>")[0]
    )
    for each in root.iter():
        if each.tag.startswith(("{http://www.itunes", "{https://podcast")) or "{" not in each.tag:
            text = each.text or ""
            if text != text.strip():
                yield f"Apple: {each.tag} begins or ends with a space"
            if len(text) > 255 and each.tag != "description":
                yield f"Apple: {each.tag} has more than 255 characters"


def _of_channel(channel: ET.Element, address: str, guid: str) -> Iterator[str]:  # noqa: C901 -- a list of rules
    must = (
        "title",
        "description",
        "link",
        "language",
        f"{ITUNES}explicit",
        f"{ITUNES}image",
        f"{ITUNES}author",
        f"{PODCAST}guid",
    )
    yield from (
        f"PSP-1: the channel has {len(channel.findall(name))} {name}"
        for name in must
        if len(channel.findall(name)) != 1
    )
    selves = [each.get("href") for each in channel.findall(f"{ATOM}link[@rel='self']")]
    if selves != [address]:
        yield f"PSP-1: the feed says that it is at {selves}"
    said = channel.findtext("description") or ""
    if not 0 < len(said.encode()) <= 4000:
        yield "PSP-1: the description is empty or has more than 4000 bytes"
    if not re.fullmatch(r"[a-z]{2}(-[A-Za-z]{2,4})?", channel.findtext("language") or ""):
        yield "Apple: the language is not of ISO 639"
    if not (channel.findtext("link") or "").startswith(("https://", "http://")):
        yield "RSS: the link is no absolute address"
    if channel.findtext(f"{ITUNES}explicit") not in ("true", "false"):
        yield "PSP-1: explicit is neither true nor false"
    if channel.findtext(f"{ITUNES}type") not in ("episodic", "serial", None):
        yield "PSP-1: the type is neither episodic nor serial"
    categories = channel.findall(f"{ITUNES}category")
    if not categories or {each.get("text") for each in categories} - CATEGORIES:
        yield "Apple: the category is none of theirs"
    if any(len(each) > 1 or any(len(inner) for inner in each) for each in categories):
        yield "Apple: a category has more than one narrower one"
    for owner in channel.findall(f"{ITUNES}owner"):
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", owner.findtext(f"{ITUNES}email") or ""):
            yield "Apple: the owner has no mail address"
    seed = re.sub(r"^[a-z]+://|/+$", "", address)
    own = str(uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), seed))
    if channel.findtext(f"{PODCAST}guid") != (guid or own):
        yield (
            "podcast:guid: it is not the UUIDv5 of the feed's address, or the one that it had"
            " elsewhere"
        )


def _of_artwork(channel: ET.Element, files: Mapping[str, bytes], site: str) -> Iterator[str]:
    for image in channel.findall(f"{ITUNES}image"):
        address = image.get("href") or ""
        data = files.get(address.removeprefix(f"{site}/"))
        if data is None:
            yield f"PSP-1: there is no artwork at {address}"
            continue
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if width != height or not 1400 <= width <= 3000:
                yield f"Apple: the artwork is {width} x {height}"
            if {"JPEG": ".jpg", "PNG": ".png"}.get(picture.format or "") != address[-4:]:
                yield "Apple: the artwork is not what its name says"
            if picture.mode != "RGB" or picture.info.get("icc_profile"):
                yield "PSP-1: the artwork is not in sRGB"


def _of_items(items: list[ET.Element], channel: ET.Element) -> Iterator[str]:
    if not items:
        yield "Apple: there is no episode"
    for what in ("guid", "title"):
        texts = [item.findtext(what) for item in items]
        if len(set(texts)) < len(texts):
            yield f"RSS: two episodes have the same {what}"
    addresses = [each.get("url") for item in items for each in item.findall("enclosure")]
    if len(set(addresses)) < len(addresses):
        yield "Apple: two episodes have the same enclosure"
    dates = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    if dates != sorted(dates, reverse=True):
        yield "the newest episode does not stand first"
    if channel.findtext(f"{ITUNES}type") == "serial":
        numbers = [item.findtext(f"{ITUNES}episode") for item in items]
        if sorted(map(str, range(1, len(items) + 1))) != sorted(map(str, numbers)):
            yield "PSP-1: the episodes of a serial podcast are not numbered"


def _of_item(  # noqa: C901, PLR0912 -- a list of rules
    item: ET.Element, files: Mapping[str, bytes], site: str
) -> Iterator[str]:
    for name in (
        "title",
        "enclosure",
        "guid",
        "link",
        "pubDate",
        "description",
        f"{ITUNES}duration",
    ):
        if len(item.findall(name)) != 1:
            yield f"PSP-1: it has {len(item.findall(name))} {name}"
            return
    enclosure, guid = item.find("enclosure"), item.find("guid")
    assert enclosure is not None
    assert guid is not None
    address = enclosure.get("url") or ""
    data = files.get(address.removeprefix(f"{site}/"))
    ending = address[address.rfind(".") :]
    if data is None or enclosure.get("length") != str(len(data)):
        yield f"RSS: the length of {address} is not {enclosure.get('length')}"
    if enclosure.get("type") not in TYPES.get(ending, ()):
        yield f"Apple: {ending} is not of the type {enclosure.get('type')}"
    if guid.get("isPermaLink") != "false":
        yield "PSP-1: the guid is a permanent link"
    if parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo is None:
        yield "RSS: the date has no zone"
    if not re.fullmatch("[1-9][0-9]*", item.findtext(f"{ITUNES}duration") or ""):
        yield "PSP-1: the duration is not in seconds"
    said = item.findtext("description") or ""
    if not 0 < len(said.encode()) <= 4000 or Tags(said).found - MARKUP:
        yield "PSP-1: the description is empty, too long, or has tags that are not allowed"
    for each in item.findall(f"{PODCAST}transcript"):
        told = files.get((each.get("url") or "").removeprefix(f"{site}/"), b"")
        if each.get("type") != "text/vtt" or not told.startswith(b"WEBVTT"):
            yield "podcast:transcript: it is no WebVTT"
    for each in item.findall(f"{PODCAST}chapters"):
        if each.get("type") != "application/json+chapters":
            yield "podcast:chapters: they have another type"
        chapters = json.loads(files[(each.get("url") or "").removeprefix(f"{site}/")])
        starts = [chapter["startTime"] for chapter in chapters["chapters"]]
        if not isinstance(chapters["version"], str) or not starts or starts != sorted(starts):
            yield "podcast:chapters: they have no version, or are out of order"
