"""Sitemaps by month, the news sitemap of the last 48 hours, and robots.txt.

Settings: SITENAME, SITEURL. Signals used: article_writer_finalized. Needs newsroom and indexes.
Writes sitemap.xml (the index), sitemaps/YYYY-MM.xml, sitemaps/pages.xml, news-sitemap.xml and robots.txt; a list that is
too long for one file continues in sitemaps/…-2.xml. A month's file names that month's stories, so an old one never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.fingerprint import digest
from broadside.plugins.newsroom.story import Story, changed
from broadside.plugins.press import Press
from broadside.plugins.sitemaps import xml
from broadside.plugins.sitemaps.entries import by_month, entry, fresh, in_files, shown
from broadside.plugins.sitemaps.xml import Entry
from broadside.plugins.urls import ARCHIVE, CORRECTIONS, LATEST

STANDING = ("", LATEST, ARCHIVE, CORRECTIONS)
"""Pages that every site has."""


def write_sitemaps(generator: ArticlesGenerator, writer: Press) -> None:
    """Add the sitemaps."""
    context, urls = generator.context, generator.context["terms"].urls
    indexes = [
        index.url
        for index in context["collected"].indexes.values()
        if index.kind not in ("year", "month") and context["collected"].stories[index.url]
    ]
    newsroom, now = context["newsroom"], context["desk"].now
    out = [page.path for page in newsroom.pages if newsroom.states[page.path] == "published"]
    pages = [newsroom.addresses.urls_of[path] for path in out]
    rounds = [each.url for each in context.get("roundups", ())]
    rounds += [context["roundup_url"]] if rounds else []

    def month(stories: list[Story]) -> bytes:
        """The file of a month; its entries are made only when it is written, because most months stand."""
        return xml.url_set(entry(story, urls) for story in stories)

    maps: dict[str, datetime | None] = {}
    for path, stories in in_files(by_month(context["stories"])).items():
        maps[path] = max(map(changed, stories))
        writer.add_file(path, digest(urls.site, *map(shown, stories)), partial(month, stories))
    others = [Entry(urls.absolute(url)) for url in sorted({*STANDING, *urls.lists.values(), *indexes, *pages, *rounds})]
    for path, entries in in_files({"pages": others}).items():
        maps[path] = None
        _add(writer, path, xml.url_set, entries)
    _add(writer, "sitemap.xml", xml.index, [Entry(urls.absolute(path), maps[path]) for path in sorted(maps)])
    name = generator.settings["SITENAME"]
    _add(writer, "news-sitemap.xml", partial(xml.news, name=name), fresh(context["stories"], now, urls), name)
    _add_robots(generator, writer)


def _add_robots(generator: ArticlesGenerator, writer: Press) -> None:
    absolute = generator.context["terms"].urls.absolute
    maps = [f"Sitemap: {absolute(name)}\n" for name in ("sitemap.xml", "news-sitemap.xml")]
    writer.add_data("robots.txt", f"User-agent: *\nAllow: /\n\n{''.join(maps)}".encode())


def _add(writer: Press, path: str, form: Callable[[Any], bytes], rows: list[Any], extra: str = "") -> None:
    writer.add_file(path, digest(repr(rows), extra), lambda: form(rows))


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_sitemaps)
