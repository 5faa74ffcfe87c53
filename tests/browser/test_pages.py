"""Every kind of page of the demo outlet: it fits a small phone, logs nothing, and loads nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "latest/",
    "sections/europe/",
    "sections/briefs/",
    "types/analysis/",
    "authors/",
    "authors/ilse-vandermeer/",
    "topics/",
    "archive/",
    "archive/2026/",
    "archive/2026/11/",
    "corrections/",
    "search/?q=cable",
    "about/",
    "newsletter/",
    "404.html",
    "2026/11/the-sea-floor-has-no-police/",
    "2026/11/thirty-years-at-farakka/",
    "2024/03/paraguay-owns-half-a-dam/",
)
WIDER = """() => [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !element.closest(".table, pre, .visually-hidden, .skip-link");
}).map(element => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_320_pixels_in_silence(visit: Any, demo: str, path: str) -> None:
    trip = visit(demo, viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = trip.to(path)
    if path.startswith("search"):
        page.locator(".search-results li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(WIDER)
    assert (trip.errors, trip.outside) == ([], [])
    assert page.locator("h1").count() == 1


def test_every_story_of_the_demo_fits_320_pixels(visit: Any, demo: str) -> None:
    page = visit(demo, viewport={"width": 320, "height": 640}, java_script_enabled=False).to("archive/")
    months = [link.get_attribute("href") for link in page.locator("main a[href^='/archive/2']").all()]
    stories: set[str] = set()
    for month in filter(re.compile(r"/archive/\d+/\d+/").fullmatch, months):
        page.goto(demo + month)
        stories |= {link.get_attribute("href") for link in page.locator("article.teaser .headline a").all()}
    assert len(stories) > 40
    wide = {}
    for story in sorted(stories):
        page.goto(demo + story)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide[story] = page.evaluate(WIDER)
    assert wide == {}


def test_the_newsletter_band_is_as_wide_as_the_front_page_and_ends_with_its_button(visit: Any, demo: str) -> None:
    band = visit(demo).to("").locator(".newsletter")
    box, button, links = (each.bounding_box() for each in (band, band.locator("button"), band.locator(".index-links")))
    assert 16 <= box["x"] + box["width"] - button["x"] - button["width"] <= 24
    assert links["x"] < box["x"] + 24
