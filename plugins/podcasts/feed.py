"""Makes podcasts: a feed of the stories with recordings in a section or series, and a chapters file
for each recording.

No settings. A section in sections.yml or the file of a series has the key `podcast`. Makes
…/podcast.xml beside the other feeds of these indexes, …/podcast/ (its own page), and
…/chapters.json below each story whose recording has chapters.

Feeds follow the rules of their directories: PSP-1
(https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification), Apple
(https://podcasters.apple.com/support/823-podcast-requirements), and the podcast namespace
(https://podcasting2.org/docs/podcast-namespace).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from email.utils import format_datetime
from html import escape
from io import StringIO
from textwrap import shorten
from typing import Any
from uuid import UUID, uuid5

from feedgenerator import SimplerXMLGenerator
from msgspec import Struct

from broadside.content.terms import Section, Series, Term
from broadside.front_matter.data import Link
from broadside.media.photos import Description, Photo
from broadside.plugins.feeds.entries import Channel, Entries, FeedEntry
from broadside.plugins.feeds.formats import Rss, teaser_on_page, xml_feed
from broadside.plugins.podcasts.content import (
    CHAPTERS,
    FEED,
    FRONT,
    Podcast,
    is_played,
    podcasts,
)
from broadside.site import Page, Site
from broadside.site.story import Story
from broadside.urls import below, save_as

TYPES = {"audio/mp4": "audio/x-m4a"}
"""The content types that directories know by other names."""
LONGEST_TITLE, LONGEST_DEK = 255, 900
"""The maximum length of a title, and of a dek, which keeps descriptions below 4000 bytes."""
LISTED = 60
"""How many episodes its page has; its index has all."""
OF_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of the identifiers of podcasts
(https://podcasting2.org/docs/podcast-namespace/tags/guid).
"""


class Show(Channel, frozen=True, kw_only=True):
    """A podcast: a channel with its artwork, its category in one or two parts, its maker, its form,
    and its identifier.
    """

    picture: str
    category: tuple[str, ...]
    author: str
    email: str
    explicit: bool
    form: str
    guid: str


class Front(Struct, frozen=True):
    """A podcast as its own page shows it, with its artwork, and links to where else it can be
    followed.
    """

    title: str
    description: str
    author: str
    cover: Photo
    links: list[Link]
    term: Term


class Episode(Struct, frozen=True):
    """A story with a recording: its entry, whose first file is the recording, its number, and the
    addresses of what belongs to it.
    """

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
        """Write the description of the podcast."""
        super().add_root_elements(handler)
        show, add = self.channel, handler.addQuickElement
        add("itunes:image", "", {"href": show.picture})
        category, *narrower = show.category
        handler.startElement("itunes:category", {"text": category})
        for each in narrower:
            add("itunes:category", "", {"text": each})
        handler.endElement("itunes:category")
        add("itunes:explicit", _true_or_false(show.explicit))
        add("itunes:author", show.author)
        add("itunes:type", show.form)
        if show.email:
            handler.startElement("itunes:owner", {})
            add("itunes:name", show.author)
            add("itunes:email", show.email)
            handler.endElement("itunes:owner")
        add("podcast:guid", show.guid)
        add("podcast:locked", "no")


def podcasts_out(site: Site) -> Iterator[tuple[Podcast, Section | Series]]:
    """Each podcast whose index is published, with its term."""
    for each in podcasts(site.content):
        term = (
            site.terms.sections[each.name]
            if each.kind == "section"
            else site.terms.series.get(each.slug)
        )
        if term:
            yield each, term


def shows(site: Site) -> list[tuple[Show, str, list[Story]]]:
    """Each podcast whose index is published, with the path of its feed and its episodes, newest
    first.
    """
    settings, urls = site.settings, site.urls
    css, name = site.values.get("feed_css_url"), settings.SITENAME
    found = []
    for each, term in podcasts_out(site):
        data, path = each.data, term.below(FEED)
        stylesheet = ""
        if css:
            stylesheet = f"{urls.root}/{css}"
        show = Show(
            each.title,
            each.description,
            urls.absolute(term.url),
            urls.absolute(path),
            lang=settings.DEFAULT_LANG,
            outlet=(name, urls.absolute("")),
            begun=site.begun,
            hub=settings.WEBSUB_HUB,
            stylesheet=stylesheet,
            words=site.words.of(),
            picture=urls.absolute(site.photos.artwork(data.picture).name),
            category=tuple(data.category.split(" > ")),
            author=data.author or name,
            email=data.email,
            explicit=data.explicit == "yes",
            form=data.type,
            guid=data.guid or guid_of(urls.absolute(path)),
        )
        stories = [
            story
            for story in site.indexes[term.url].stories
            if story.audio and is_played(story.record.data)
        ]
        found.append((show, path, stories[::-1]))
    return found


def guid_of(address: str) -> str:
    """The identifier of the podcast whose feed was at this address from the beginning."""
    return str(uuid5(OF_PODCASTS, address.partition("://")[2].rstrip("/")))


def pages(site: Site) -> Iterator[Page]:
    """The feed of each podcast, and the chapters of the stories that have some."""
    entries = Entries(site.urls, site.texts, site.settings.SITENAME, site.words)
    for show, path, stories in shows(site):
        yield Page(path, podcast_feed, {"show": show, "episodes": stories, "entries": entries})
    yield from fronts(site)
    for story in site.stories:
        if story.audio and story.audio.chapters:
            yield Page(below(story.url, CHAPTERS), chapters, {"episode": story})


def fronts(site: Site) -> Iterator[Page]:
    """The page of each podcast: what it is, the newest episode with its player, those before it,
    and where to follow it.
    """
    for each, term in podcasts_out(site):
        heard = [
            story
            for story in site.indexes[term.url].stories
            if story.audio and is_played(story.record.data)
        ]
        listed = heard[: -LISTED - 1 : -1]
        data, cover = each.data, site.photos.photo(each.data.picture, Description(""))
        front = Front(each.title, each.description, data.author, cover, data.links, term)
        article = None
        if listed:
            article = listed[0]
        yield Page(
            save_as(term.below(FRONT)),
            "podcasts/podcast",
            {"podcast": front, "article": article, "articles": listed[1:]},
        )


def podcast_feed(show: Show, episodes: Sequence[Story], entries: Entries) -> bytes:
    """The feed of a podcast with these stories, newest first."""
    numbers = range(len(episodes), 0, -1)
    return podcast_xml(
        show, [_episode(*each, entries) for each in zip(episodes, numbers, strict=True)]
    )


def _episode(story: Story, number: int, entries: Entries) -> Episode:
    absolute, audio = entries.urls.absolute, story.audio
    return Episode(
        entries.of_story(story),
        number,
        audio.credit if audio else "",
        absolute(audio.transcript.url) if audio and audio.transcript else "",
        absolute(below(story.url, CHAPTERS)) if audio and audio.chapters else "",
    )


def chapters(episode: Story) -> bytes:
    """The chapters of a story's recording, for podcast apps."""
    starts = episode.audio.chapters if episode.audio else ()
    listed = [{"startTime": start, "title": title} for start, title in starts]
    return json.dumps({"version": "1.2.0", "chapters": listed}, ensure_ascii=False).encode()


def podcast_xml(show: Show, episodes: Iterable[Episode]) -> bytes:
    """The feed of a podcast as XML in UTF-8."""
    listed = [*episodes]
    updated = max((each.entry.updated for each in listed), default=show.begun)
    return xml_feed(PodcastFeed, show, [_item(each, show) for each in listed], updated)


def _item(episode: Episode, show: Show) -> bytes:
    entry, out = episode.entry, StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    add, file = handler.addQuickElement, entry.files[0]
    handler.startElement("item", {"xml:lang": entry.lang})
    add("title", shorten(entry.title, LONGEST_TITLE, placeholder="…"))
    add("link", entry.url)
    add("guid", entry.id, {"isPermaLink": "false"})
    add("pubDate", format_datetime(entry.published))
    add("description", _description(episode))
    kind = TYPES.get(file.type, file.type)
    add("enclosure", "", {"url": file.url, "length": str(file.size), "type": kind})
    add("itunes:duration", str(max(1, round(file.seconds))))
    add("itunes:explicit", _true_or_false(show.explicit))
    if show.form == "serial":
        add("itunes:episode", str(episode.number))
    if episode.transcript:
        add(
            "podcast:transcript",
            "",
            {"url": episode.transcript, "type": "text/vtt", "language": entry.lang},
        )
    if episode.chapters:
        add("podcast:chapters", "", {"url": episode.chapters, "type": "application/json+chapters"})
    handler.ignorableWhitespace(teaser_on_page(entry))
    handler.endElement("item")
    return out.getvalue().encode()


def _description(episode: Episode) -> str:
    """What an app shows about an episode, in the few tags that directories allow."""
    entry = episode.entry
    said = [
        shorten(each, LONGEST_DEK, placeholder="…") for each in (entry.dek, episode.credit) if each
    ]
    title = shorten(entry.title, LONGEST_TITLE, placeholder="…")
    link = f'<a href="{escape(entry.url)}">{escape(title)}</a>'
    return "".join(f"<p>{each}</p>" for each in (*map(escape, said), link))


def _true_or_false(yes: bool) -> str:
    if yes:
        return "true"
    return "false"
