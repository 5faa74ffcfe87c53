"""Sitemaps as search engines read them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from broadside.plugins.sitemaps.maps import (
    IMAGE_NAMESPACE,
    NEWS_NAMESPACE,
    SITEMAP_NAMESPACE,
    SitemapEntry,
    news_sitemap,
    url_set,
)
from tests.plugins.sitemaps.validator import addresses_in, faults_of
from tests.stories import DAWN

NAMES = {"s": SITEMAP_NAMESPACE, "n": NEWS_NAMESPACE, "i": IMAGE_NAMESPACE}
ENTRIES = [
    SitemapEntry(
        "https://a.example/?a=1&b=2",
        DAWN,
        ("https://a.example/photos/x.jpg", "https://a.example/photos/y.jpg"),
    ),
    SitemapEntry("https://a.example/é"),
]


def test_a_url_set_names_addresses_with_their_last_change_and_their_pictures() -> None:
    data = url_set(ENTRIES)
    assert faults_of(data) == []
    assert addresses_in(data) == [entry.url for entry in ENTRIES]
    found = ET.fromstring(data)
    assert [each.text for each in found.iterfind("s:url/s:lastmod", NAMES)] == [
        "2026-11-01T09:00:00+01:00"
    ]
    assert [each.text for each in found.iterfind("s:url/i:image/i:loc", NAMES)] == list(
        ENTRIES[0].images
    )


def test_the_news_sitemap_names_headline_date_and_language() -> None:
    data = news_sitemap([("https://a.example/x/", "Müll & <mehr>", DAWN, "de-AT")], "The Outlet")
    assert faults_of(data) == []
    news = ET.fromstring(data).find("s:url/n:news", NAMES)
    assert news is not None
    said = {tag: news.findtext(tag, namespaces=NAMES) for tag in ("n:title", "n:publication_date")}
    assert said == {"n:title": "Müll & <mehr>", "n:publication_date": "2026-11-01T09:00:00+01:00"}
    assert news.findtext("n:publication/n:name", namespaces=NAMES) == "The Outlet"
    assert news.findtext("n:publication/n:language", namespaces=NAMES) == "de"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "en"),
        ("pt-BR", "pt"),
        ("FIL", "fil"),
        ("zh", "zh-cn"),
        ("zh-Hant-HK", "zh-tw"),
        ("zh-Hans-HK", "zh-cn"),
    ],
)
def test_a_language_is_written_as_the_news_sitemap_wants_it(tag: str, written: str) -> None:
    data = news_sitemap([("https://a.example/x/", "X", DAWN, tag)], "The Outlet")
    assert faults_of(data) == []
    assert ET.fromstring(data).findtext(".//n:language", namespaces=NAMES) == written
