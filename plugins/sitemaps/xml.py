"""Sitemaps (https://www.sitemaps.org/protocol.html) and the news sitemap, built as element trees."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from datetime import datetime

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def url_set(addresses: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap of addresses, each with the time of its last change where it is known."""
    return _list("urlset", "url", addresses)


def index(addresses: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap of sitemaps."""
    return _list("sitemapindex", "sitemap", addresses)


def news(stories: Iterable[tuple[str, str, datetime, str]], name: str) -> bytes:
    """The news sitemap of (address, headline, publication, language)."""
    root = etree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for address, headline, published, lang in stories:
        url = etree.SubElement(root, "url")
        etree.SubElement(url, "loc").text = address
        item = etree.SubElement(url, "news:news")
        publication = etree.SubElement(item, "news:publication")
        etree.SubElement(publication, "news:name").text = name
        etree.SubElement(publication, "news:language").text = lang.split("-")[0].lower()
        etree.SubElement(item, "news:publication_date").text = published.isoformat()
        etree.SubElement(item, "news:title").text = headline
    return _bytes(root)


def _list(outer: str, inner: str, addresses: Iterable[tuple[str, datetime | None]]) -> bytes:
    root = etree.Element(outer, {"xmlns": SITEMAP})
    for address, changed in addresses:
        entry = etree.SubElement(root, inner)
        etree.SubElement(entry, "loc").text = address
        if changed:
            etree.SubElement(entry, "lastmod").text = changed.isoformat()
    return _bytes(root)


def _bytes(root: etree.Element) -> bytes:
    etree.indent(root, "")
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
