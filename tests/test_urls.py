"""Addresses, as the settings' patterns have them."""

from __future__ import annotations

from datetime import datetime

import pytest

from broadside.config.options import settings_in
from broadside.urls import Urls, below, numbered

SETTINGS = settings_in("pelicanconf.py").but(SITEURL="https://example.org/magazine/")


def test_the_pages_of_which_there_is_one_are_where_the_settings_say() -> None:
    usual = Urls.from_settings(SETTINGS)
    assert {
        "archive/",
        "corrections/",
        "corrections/feed.xml",
        "latest/",
        "search/",
        "authors/",
    } <= {*usual.pages(SETTINGS)}
    moved = Urls.from_settings(SETTINGS.but(ARCHIVE_URL="archivo/"))
    assert moved.period(2026, 3) == "archivo/2026/03/"
    assert "archive/" not in moved.pages(SETTINGS)


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("{date:%Y}/{date:%m}/{slug}/", "2026/03/ice/"),
        ("{date:%Y-%m-%d}/{slug}/", "2026-03-07/ice/"),
        ("{date:%Y}/{date:%b}/{date:%d}/{slug}.html", "2026/Mar/07/ice.html"),
        ("{slug}/", "ice/"),
    ],
)
def test_a_story_stands_where_the_settings_say(pattern: str, address: str) -> None:
    urls = Urls.from_settings(SETTINGS.but(ARTICLE_URL=pattern))
    assert urls.story(datetime(2026, 3, 7, 9, 30), "ice") == address
    assert urls.absolute(address) == f"https://example.org/magazine/{address}"
    assert urls.root == "/magazine"


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("", ""),
        ("types/qa/", "types/qa/"),
        ("2026/ice.html", "2026/ice/"),
        ("topics/ice/index.html", "topics/ice/"),
    ],
)
def test_what_belongs_to_a_page_is_in_a_folder_of_its_own(page: str, place: str) -> None:
    assert below(page, "feed.xml") == f"{place}feed.xml"
    assert below(page, "republish/") == f"{place}republish/"
    assert numbered(page, 2) == f"{place}page/2/"
