"""Sitemaps by month, the news sitemap of the last 48 hours, and robots.txt.

Settings: SITENAME, SITEURL. Signals used: article_writer_finalized. Needs newsroom and indexes.
Writes sitemap.xml (the index), sitemaps/YYYY-MM.xml, sitemaps/pages.xml, news-sitemap.xml and robots.txt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.feeds.entries import changed
from plugins.newsroom.addresses import status
from plugins.press.fingerprint import digest
from plugins.sitemaps import xml
from plugins.sitemaps.recent import recent


def write_sitemaps(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the sitemaps."""
    context, urls = generator.context, generator.context["terms"].urls
    by_month: dict[str, list[tuple[str, Any]]] = {}
    for story in context["stories"]:
        by_month.setdefault(f"{story.date:%Y-%m}", []).append((urls.absolute(story.url), changed(story)))
    maps = {f"sitemaps/{month}.xml": rows for month, rows in by_month.items()}
    indexes = [
        index.url
        for index in context["collected"].indexes.values()
        if index.kind not in ("year", "month") and context["collected"].stories[index.url]
    ]
    newsroom, now = context["newsroom"], context["desk"].now
    shown = [page for page in newsroom.of_kind("page") if status(page.data or {}, now) == "published"]
    pages = [newsroom.urls_of[page.path] for page in shown]
    standing = ["", "latest/", "archive/", "authors/", "topics/", "corrections/"]
    maps["sitemaps/pages.xml"] = [(urls.absolute(url), None) for url in sorted({*standing, *indexes, *pages})]
    for path, rows in maps.items():
        _add(writer, path, xml.url_set, rows)
    newest = {path: max((when for _, when in rows if when), default=None) for path, rows in maps.items()}
    _add(writer, "sitemap.xml", xml.index, [(urls.absolute(path), newest[path]) for path in sorted(maps)])
    _add_news(generator, writer)
    _add_robots(generator, writer)


def _add_news(generator: ArticlesGenerator, writer: Any) -> None:
    context, urls = generator.context, generator.context["terms"].urls
    stories = recent(context["stories"], context["desk"].now)
    rows = [(urls.absolute(story.url), story.title, story.date, story.lang) for story in stories]
    name = generator.settings["SITENAME"]
    _add(writer, "news-sitemap.xml", partial(xml.news, name=name), rows, name)


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
