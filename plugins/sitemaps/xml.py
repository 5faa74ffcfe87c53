"""Builds sitemaps (https://www.sitemaps.org/protocol.html) with images, and the news sitemap, as element trees."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
"""Chinese in traditional characters: only for Chinese does the news sitemap require more than two or three letters."""


class SitemapEntry(NamedTuple):
    """An address, the time of its last change if known, and the addresses of pictures on it."""

    url: str
    changed: datetime | None = None
    images: tuple[str, ...] = ()


def url_set(entries: Iterable[SitemapEntry]) -> bytes:
    """A sitemap of addresses."""
    root = etree.Element("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGE})
    for entry in entries:
        url = _add(root, "url", entry)
        for image in entry.images:
            etree.SubElement(etree.SubElement(url, "image:image"), "image:loc").text = image
    return _bytes(root)


def index(entries: Iterable[SitemapEntry]) -> bytes:
    """A sitemap of sitemaps."""
    root = etree.Element("sitemapindex", {"xmlns": SITEMAP})
    for entry in entries:
        _add(root, "sitemap", entry)
    return _bytes(root)


def news(stories: Iterable[tuple[str, str, datetime, str]], name: str) -> bytes:
    """The news sitemap of stories given as (address, headline, publication, language)."""
    root = etree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for address, headline, published, lang in stories:
        url = etree.SubElement(root, "url")
        etree.SubElement(url, "loc").text = address
        item = etree.SubElement(url, "news:news")
        publication = etree.SubElement(item, "news:publication")
        etree.SubElement(publication, "news:name").text = name
        etree.SubElement(publication, "news:language").text = _language(lang)
        etree.SubElement(item, "news:publication_date").text = published.isoformat()
        etree.SubElement(item, "news:title").text = headline
    return _bytes(root)


def _language(tag: str) -> str:
    """A language as the news sitemap writes it: ISO 639, and for Chinese also which script."""
    short = tag.lower().split("-")[0]
    region = "-".join(tag.lower().split("-")[:2])
    if short != "zh":
        return short
    return "zh-tw" if region in TRADITIONAL else "zh-cn"


def _add(root: etree.Element, name: str, entry: SitemapEntry) -> etree.Element:
    element = etree.SubElement(root, name)
    etree.SubElement(element, "loc").text = entry.url
    if entry.changed:
        etree.SubElement(element, "lastmod").text = entry.changed.isoformat()
    return element


def _bytes(root: etree.Element) -> bytes:
    etree.indent(root, "")
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
