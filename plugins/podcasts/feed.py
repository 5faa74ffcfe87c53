"""Writes the feed of a podcast, by the rules of its directories.

PSP-1 (https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification), Apple
(https://podcasters.apple.com/support/823-podcast-requirements), and the podcast namespace (https://podcasting2.org/docs/podcast-namespace).
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from io import StringIO
from textwrap import shorten
from typing import Any

from feedgenerator.django.utils.feedgenerator import rfc2822_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator
from msgspec import Struct

from broadside.plugins.feeds import EMPTY
from broadside.plugins.feeds.entries import Channel, FeedEntry
from broadside.plugins.feeds.xml_feed import Rss, feed, teaser_on_page

TYPES = {"audio/mp4": "audio/x-m4a"}
"""The content types that directories know by other names."""
LONGEST_TITLE, LONGEST_DEK = 255, 900
"""How many characters a title may have, and how many are left of a dek, so that a description has no more than 4000 bytes."""


class Show(Channel, frozen=True, kw_only=True):
    """A podcast: a channel with its artwork, its category in one or two parts, who makes it, its form, and its identifier."""

    picture: str
    category: tuple[str, ...]
    author: str
    email: str
    explicit: bool
    form: str
    guid: str


class Episode(Struct, frozen=True):
    """A story that can be heard: its entry, whose first file is the recording, its number, and the addresses of what belongs to it."""

    entry: FeedEntry
    number: int
    credit: str = ""
    transcript: str = ""
    chapters: str = ""


class PodcastFeed(Rss):
    """RSS with the elements of podcasts, whose channel is a show."""

    channel: Show

    def rss_attributes(self) -> dict[str, str]:
        """The attributes of the root element."""
        return super().rss_attributes() | {
            "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
            "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
        }

    def add_root_elements(self, handler: Any) -> None:
        """Write what the podcast is."""
        super().add_root_elements(handler)
        show, add = self.channel, handler.addQuickElement
        add("itunes:image", "", {"href": show.picture})
        category, *narrower = show.category
        handler.startElement("itunes:category", {"text": category})
        for each in narrower:
            add("itunes:category", "", {"text": each})
        handler.endElement("itunes:category")
        add("itunes:explicit", _said(show.explicit))
        add("itunes:author", show.author)
        add("itunes:type", show.form)
        if show.email:
            handler.startElement("itunes:owner", {})
            add("itunes:name", show.author)
            add("itunes:email", show.email)
            handler.endElement("itunes:owner")
        add("podcast:guid", show.guid)
        add("podcast:locked", "no")


def written(show: Show, episodes: Iterable[Episode]) -> bytes:
    """The feed of a podcast as XML in UTF-8."""
    listed = [*episodes]
    updated = max((each.entry.updated for each in listed), default=EMPTY)
    return feed(PodcastFeed, show, [_item(each, show) for each in listed], updated)


def _item(episode: Episode, show: Show) -> bytes:
    entry, out = episode.entry, StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    add, file = handler.addQuickElement, entry.files[0]
    handler.startElement("item", {"xml:lang": entry.lang})
    add("title", shorten(entry.title, LONGEST_TITLE, placeholder="…"))
    add("link", entry.url)
    add("guid", entry.id, {"isPermaLink": "false"})
    add("pubDate", rfc2822_date(entry.published))
    add("description", _description(episode))
    kind = TYPES.get(file.type, file.type)
    add("enclosure", "", {"url": file.url, "length": str(file.size), "type": kind})
    add("itunes:duration", str(max(1, round(file.seconds))))
    add("itunes:explicit", _said(show.explicit))
    if show.form == "serial":
        add("itunes:episode", str(episode.number))
    if episode.transcript:
        add("podcast:transcript", "", {"url": episode.transcript, "type": "text/vtt", "language": entry.lang})
    if episode.chapters:
        add("podcast:chapters", "", {"url": episode.chapters, "type": "application/json+chapters"})
    handler.ignorableWhitespace(teaser_on_page(entry))
    handler.endElement("item")
    return out.getvalue().encode()


def _description(episode: Episode) -> str:
    """What an app shows of an episode, in the few tags that directories allow."""
    entry = episode.entry
    said = [shorten(each, LONGEST_DEK, placeholder="…") for each in (entry.dek, episode.credit) if each]
    link = f'<a href="{escape(entry.url)}">{escape(shorten(entry.title, LONGEST_TITLE, placeholder="…"))}</a>'
    return "".join(f"<p>{each}</p>" for each in (*map(escape, said), link))


def _said(yes: bool) -> str:
    return "true" if yes else "false"
