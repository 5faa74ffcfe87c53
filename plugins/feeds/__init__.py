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

from plugins.feeds.atom import atom
from plugins.feeds.entries import entry_of
from plugins.feeds.json_feed import json_feed
from plugins.press.fingerprint import digest

WITH_JSON = ("section", "author")


def write_feeds(generator: ArticlesGenerator, writer: Any) -> None:
    """Add every feed."""
    settings, context = generator.settings, generator.context
    most, name = settings.get("FEED_MAX_ITEMS") or 20, settings["SITENAME"]
    feeds = [("", name, settings.get("SITESUBTITLE") or "", context["stories"], True)]
    for index in context["collected"].indexes.values():
        if index.feed_url:
            feeds.append((index.url, f"{name}: {index.title}", index.description, context["collected"].stories[index.url], index.kind in WITH_JSON))
    for url, title, subtitle, stories, with_json in feeds:
        newest = stories[: -most - 1 : -1]
        for form, ending in [(atom, "xml"), (json_feed, "json")] if with_json else [(atom, "xml")]:
            _add(generator, writer, form, newest, (title, subtitle, url, f"{url}feed.{ending}"))


def _add(generator: ArticlesGenerator, writer: Any, form: Callable[..., bytes], stories: Sequence[Any], words: tuple[str, str, str, str]) -> None:
    context, urls = generator.context, generator.context["terms"].urls
    title, subtitle, url, path = words
    mark = digest(writer.mark_of(context, generator.env), *words, *(story.whole for story in stories))
    make = partial(_made, form, stories, urls, context["texts"].body, (title, subtitle, urls.absolute(url), urls.absolute(path), generator.settings["DEFAULT_LANG"]))
    writer.add_file(path, mark, make)


def _made(form: Callable[..., bytes], stories: Sequence[Any], urls: Any, text: Callable[[Any], str], words: tuple[str, ...]) -> bytes:
    return form([entry_of(story, urls, text) for story in stories], *words)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
