"""Sitemaps by month, the news sitemap of the last 48 hours, and robots.txt.

Settings: SITENAME, SITEURL. Signals used: article_writer_finalized. Needs newsroom and indexes.
Writes sitemap.xml (the index), sitemaps/YYYY-MM.xml, sitemaps/pages.xml, news-sitemap.xml and robots.txt; a list that is
too long for one file goes on in sitemaps/…-2.xml. A month's file names that month's stories, so an old one never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.fingerprint import digest
from plugins.sitemaps import xml
from plugins.sitemaps.entries import by_month, fresh, in_files
from plugins.sitemaps.xml import Entry
from plugins.urls import ARCHIVE, AUTHORS, CORRECTIONS, LATEST, TOPICS, TYPES

STANDING = ("", LATEST, ARCHIVE, AUTHORS, TOPICS, TYPES, CORRECTIONS)
"""Pages that every site has."""


def write_sitemaps(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the sitemaps."""
    context, urls = generator.context, generator.context["terms"].urls
    indexes = [
        index.url
        for index in context["collected"].indexes.values()
        if index.kind not in ("year", "month") and context["collected"].stories[index.url]
    ]
    newsroom, now = context["newsroom"], context["desk"].now
    shown = [page for page in newsroom.of_kind("page") if newsroom.states[page.path] == "published"]
    pages = [newsroom.urls_of[page.path] for page in shown]
    lists = by_month(context["stories"], urls)
    rounds = [each.url for each in context.get("roundups", ())]
    rounds += [context["roundup_url"]] if rounds else []
    lists["pages"] = [Entry(urls.absolute(url)) for url in sorted({*STANDING, *indexes, *pages, *rounds})]
    maps = in_files(lists)
    for path, entries in maps.items():
        _add(writer, path, xml.url_set, entries)
    newest = {path: max((each.changed for each in rows if each.changed), default=None) for path, rows in maps.items()}
    _add(writer, "sitemap.xml", xml.index, [Entry(urls.absolute(path), newest[path]) for path in sorted(maps)])
    name = generator.settings["SITENAME"]
    _add(writer, "news-sitemap.xml", partial(xml.news, name=name), fresh(context["stories"], now, urls), name)
    _add_robots(generator, writer)


def _add_robots(generator: ArticlesGenerator, writer: Any) -> None:
    absolute = generator.context["terms"].urls.absolute
    maps = [f"Sitemap: {absolute(name)}\n" for name in ("sitemap.xml", "news-sitemap.xml")]
    robots = f"User-agent: *\nAllow: /\n\n{''.join(maps)}".encode()
    writer.add_file("robots.txt", digest(robots), lambda: robots)


def _add(writer: Any, path: str, form: Callable[[Any], bytes], rows: list[Any], extra: str = "") -> None:
    writer.add_file(path, digest(repr(rows), extra), lambda: form(rows))


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_sitemaps)
