"""Sitemaps as search engines read them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from plugins.sitemaps import xml
from tests.plugins.stories import DAWN

NAMES = {"s": xml.SITEMAP, "n": xml.NEWS}


def test_a_url_set_names_addresses_with_their_last_change() -> None:
    rows = [("https://a.example/?a=1&b=<2>", DAWN), ("https://a.example/é", None)]
    found = ET.fromstring(xml.url_set(rows))
    assert found.tag == f"{{{xml.SITEMAP}}}urlset"
    assert [each.text for each in found.iterfind("s:url/s:loc", NAMES)] == [address for address, _ in rows]
    assert [each.text for each in found.iterfind("s:url/s:lastmod", NAMES)] == ["2026-11-01T09:00:00+01:00"]


def test_an_index_names_sitemaps() -> None:
    found = ET.fromstring(xml.index([("https://a.example/sitemaps/pages.xml", None)]))
    assert found.findtext("s:sitemap/s:loc", namespaces=NAMES) == "https://a.example/sitemaps/pages.xml"


def test_the_news_sitemap_names_headline_date_and_language() -> None:
    found = ET.fromstring(xml.news([("https://a.example/x/", "Müll & <mehr>", DAWN, "de-AT")], "The Outlet"))
    news = found.find("s:url/n:news", NAMES)
    assert news is not None
    said = {tag: news.findtext(tag, namespaces=NAMES) for tag in ("n:title", "n:publication_date")}
    assert said == {"n:title": "Müll & <mehr>", "n:publication_date": "2026-11-01T09:00:00+01:00"}
    assert news.findtext("n:publication/n:name", namespaces=NAMES) == "The Outlet"
    assert news.findtext("n:publication/n:language", namespaces=NAMES) == "de"


def test_an_empty_sitemap_is_well_formed() -> None:
    assert len(ET.fromstring(xml.url_set([]))) == 0
