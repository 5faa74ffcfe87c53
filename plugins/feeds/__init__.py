"""Feeds with full text: Atom for the site and every index, JSON Feed for the site, sections and authors.

Settings: FEED_MAX_ITEMS (stories in a feed, default 20), SITENAME, SITESUBTITLE, SITEURL, DEFAULT_LANG.
Signals used: article_writer_finalized. Needs newsroom and indexes. Writes …/feed.xml and …/feed.json.
Pelican's own feed settings stay off: its feeds name one author and no photo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.feeds.atom import Atom
from plugins.feeds.entries import Channel, Entry, entry_of
from plugins.feeds.json_feed import JsonFeed
from plugins.fingerprint import Marks, digest

WITH_JSON = ("section", "author")


def write_feeds(generator: ArticlesGenerator, writer: Any) -> None:
    """Add every feed."""
    settings, context = generator.settings, generator.context
    name, found = settings["SITENAME"], context["collected"]
    feeds = [("", name, settings.get("SITESUBTITLE") or "", context["stories"], True)]
    feeds += [
        (each.url, f"{name}: {each.title}", each.description, found.stories[each.url], each.kind in WITH_JSON)
        for each in found.indexes.values()
        if each.feed_url
    ]
    absolute, most = context["terms"].urls.absolute, settings.get("FEED_MAX_ITEMS") or 20
    entry, atom, json_feed = _remembered(generator), Atom(), JsonFeed()
    for url, title, subtitle, stories, with_json in feeds:
        newest = stories[: -most - 1 : -1]
        forms: list[tuple[Callable[..., bytes], str]] = [(atom, "xml"), (json_feed, "json")]
        for form, ending in forms if with_json else forms[:1]:
            path = f"{url}feed.{ending}"
            channel = Channel(title, subtitle, absolute(url), absolute(path), settings["DEFAULT_LANG"])
            mark = digest(
                writer.mark_of(context, generator.env), Marks().of_value(channel), *(each.whole for each in newest)
            )
            writer.add_file(path, mark, partial(_made, form, newest, entry, channel))


def _remembered(generator: ArticlesGenerator) -> Callable[[Any], Entry]:
    """Makes the entry of a story once, however many feeds hold it."""
    made: dict[str, Entry] = {}
    urls, text = generator.context["terms"].urls, generator.context["texts"].body

    def entry(story: Any) -> Entry:
        if story.url not in made:
            made[story.url] = entry_of(story, urls, text)
        return made[story.url]

    return entry


def _made(form: Callable[..., bytes], stories: Sequence[Any], entry: Callable[[Any], Entry], channel: Channel) -> bytes:
    return form(map(entry, stories), channel)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
