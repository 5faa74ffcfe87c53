"""Feeds of the site, every index and the corrections. Those of terms have deks, unless
FULL_TEXT_FEEDS names their kind; the others have whole texts.

Makes …/feed.xml (Atom), …/rss.xml and …/feed.json; of authors, types and topics only the first; and
feeds.opml, a list of feeds. Pelican's own feeds stay off, because they name only one author and
have no photos. An outlet's own plugin calls feed_pages() for feeds of its indexes.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from msgspec import Struct

from broadside.front_matter.data import Correction
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.corrections import ledger
from broadside.plugins.feeds.entries import Channel, Entries, FeedEntry
from broadside.plugins.feeds.formats import Atom, Rss, json_entry, json_feed, xml_entry, xml_feed
from broadside.site.indexes import Index
from broadside.site.story import Story
from broadside.site.syndication import xml_file
from broadside.urls import ATOM, FEEDS, KINDS, Urls, below


class About(NamedTuple):
    """The address of the page that a feed belongs to, the feed's title and subtitle, and whether
    its entries have whole texts.
    """

    url: str
    title: str
    subtitle: str
    whole: bool = True


class Format(Struct, frozen=True):
    """A format of feeds: a function that writes an entry, and one that writes a feed of written
    entries with its last change.
    """

    entry: Callable[[FeedEntry], bytes]
    feed: Callable[[Channel, Iterable[bytes], datetime], bytes]


_FORMATS = (
    Format(partial(xml_entry, Atom), partial(xml_feed, Atom)),
    Format(partial(xml_entry, Rss), partial(xml_feed, Rss)),
    Format(json_entry, json_feed),
)
FORMATS = dict(zip(FEEDS, _FORMATS, strict=True))


def pages(site: Site) -> Iterator[Page]:
    """Every feed: of the site, the corrections and the indexes."""
    name, most, words = site.settings.SITENAME, most_of(site), site.words.of()
    yield from feed_pages(site, Index("front", "", "", site.settings.SITESUBTITLE), site.stories)
    entries = {"entries": entries_of(site)}
    about = About(
        site.urls.own["corrections"],
        words.title(name, words.gettext("Corrections")),
        words.gettext(
            "What we got wrong and put right, what was unclear, and what has happened since."
        ),
    )
    yield from in_formats(
        site, about, of_corrections, {"corrections": ledger(site.stories)[:most]} | entries
    )
    yield Page("feeds.opml", opml(name, [("", name), *_subscribed(site)], site.urls))
    for listing in site.indexes.values():
        if listing.index.feed_url:
            kind = KINDS.get(listing.index.kind)  # an outlet's own has none
            whole = not kind or kind.name in site.settings.FULL_TEXT_FEEDS
            yield from feed_pages(
                site, listing.index, listing.stories, kind.feeds if kind else FEEDS, whole
            )


def _subscribed(site: Site) -> Iterator[tuple[str, str]]:
    """Address and title of the pages whose feeds a reader may want beside the outlet's own:
    together, they have each story.
    """
    yield site.urls.own["corrections"], site.words.of().gettext("Corrections")
    yield from site.with_feeds.items()
    for listing in site.indexes.values():
        if listing.index.feed_url and listing.index.kind in ("section", "series"):
            yield listing.index.url, listing.index.title


def opml(title: str, found: Iterable[tuple[str, str]], urls: Urls) -> bytes:
    """A list of feeds that any feed reader takes whole (OPML 2.0, http://opml.org/spec2.opml)."""
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for url, name in found:
        addresses = {"xmlUrl": urls.absolute(below(url, ATOM)), "htmlUrl": urls.absolute(url)}
        etree.SubElement(body, "outline", {"type": "rss", "text": name, "title": name, **addresses})
    return xml_file(root)


def feed_pages(
    site: Site,
    index: Index,
    stories: Sequence[Story],
    names: Sequence[str] = FEEDS,
    whole: bool = True,
) -> Iterator[Page]:
    """The feeds of an index, at its address, in the formats of these names: of the newest of its
    stories, given oldest first.

    They have `whole` texts, or only deks. The index's pages link to them if it has a `feed_url`. An
    index without a title gets the outlet's name as the feed's title.
    """
    title = site.words.of().title(site.settings.SITENAME, index.title)
    newest = stories[: -most_of(site) - 1 : -1]
    values = {"stories": newest, "entries": entries_of(site)}
    yield from in_formats(
        site, About(index.url, title, index.description, whole), of_stories, values, names
    )


def entries_of(site: Site) -> Entries:
    """What makes the entries of the site's feeds."""
    return Entries(site.urls, site.texts, site.settings.SITENAME, site.words)


def most_of(site: Site) -> int:
    """The most entries that a feed has."""
    return int(site.settings.FEED_MAX_ITEMS)


def in_formats(
    site: Site,
    about: About,
    make: Callable[..., bytes],
    values: Mapping[str, Any],
    names: Sequence[str] = FEEDS,
) -> Iterator[Page]:
    """A feed in each format."""
    url, title, subtitle, whole = about
    absolute, css, mark_url = (
        site.urls.absolute,
        site.values.get("feed_css_url"),
        site.values.get("mark_url"),
    )
    for name in names:
        path = below(url, name)
        icon = ""
        if mark_url:
            icon = absolute(mark_url)
        stylesheet = ""
        if css:
            stylesheet = f"{site.urls.root}/{css}"
        channel = Channel(
            title,
            subtitle,
            absolute(url),
            absolute(path),
            lang=site.settings.DEFAULT_LANG,
            outlet=(site.settings.SITENAME, absolute("")),
            begun=site.begun,
            hub=site.settings.WEBSUB_HUB,
            stylesheet=stylesheet,
            icon=icon,
            words=site.words.of(),
            whole=whole,
        )
        yield Page(path, make, {"name": name, "channel": channel, **values})


def of_stories(name: str, channel: Channel, stories: Sequence[Story], entries: Entries) -> bytes:
    """A feed of stories, newest first."""
    return _joined(
        name, channel, [_story_written(name, story, entries, channel.whole) for story in stories]
    )


def of_corrections(
    name: str, channel: Channel, corrections: Sequence[tuple[Story, Correction]], entries: Entries
) -> bytes:
    """The feed of corrections, newest first."""
    return feed_of(name, channel, map(entries.of_correction, corrections))


def feed_of(name: str, channel: Channel, entries: Iterable[FeedEntry]) -> bytes:
    """A feed of entries in the format of this name."""
    return _joined(name, channel, [_written_entry(name, entry) for entry in entries])


class WrittenEntry(NamedTuple):
    """An entry in a format, and the last change of its subject."""

    updated: datetime
    data: bytes


# a story is in half a dozen feeds: writing it anew in each would take a tenth of a first build
@lru_cache(5000)
def _story_written(name: str, story: Story, entries: Entries, whole: bool) -> WrittenEntry:
    return _written_entry(name, _entry(story, entries, whole))


# a feed's formats are written one after the other, and its texts need to be made only once
@lru_cache(200)
def _entry(story: Story, entries: Entries, whole: bool) -> FeedEntry:
    return entries.of_story(story, whole)


def _written_entry(name: str, entry: FeedEntry) -> WrittenEntry:
    return WrittenEntry(entry.updated, FORMATS[name].entry(entry))


def _joined(name: str, channel: Channel, entries: Sequence[WrittenEntry]) -> bytes:
    updated = max((entry.updated for entry in entries), default=channel.begun)
    return FORMATS[name].feed(channel, [entry.data for entry in entries], updated)


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
