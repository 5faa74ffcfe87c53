"""Search in the reader's browser, with nothing but the site's own files."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_a_word_of_the_body_finds_its_story(visit: Any, small: str) -> None:
    trip = visit(small)
    page = trip.to("search/")
    page.get_by_label("Search").fill("shingle")
    page.keyboard.press("Enter")
    found = page.locator(".search-results li a")
    found.first.wait_for()
    assert [link.inner_text() for link in found.all()] == ["A bird of the coast"]
    assert page.locator(".search-count").inner_text() == "One story for “shingle”"
    found.first.click()
    page.wait_for_url("**/2026/10/tern/")
    assert page.locator("h1").inner_text() == "A bird of the coast"
    assert trip.outside == []


def test_an_address_with_a_query_searches_at_once_and_back_returns_to_it(visit: Any, small: str) -> None:
    page = visit(small).to("search/?q=shingle")
    page.locator(".search-results li a").first.wait_for()
    assert page.get_by_label("Search").input_value() == "shingle"
    page.get_by_label("Search").fill("xylophone")
    page.keyboard.press("Enter")
    page.get_by_text("No stories for").wait_for()
    page.go_back()
    page.get_by_text("One story for “shingle”").wait_for()


def test_what_was_found_is_shown_as_text(visit: Any, small: str) -> None:
    trip = visit(small)
    page = trip.to("search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    page.get_by_text("stories for “<img src=x onerror=alert(1)>”").wait_for()
    assert page.locator(".search-count img, .search-results img").count() == 0


def test_a_search_index_that_is_gone_is_said_and_the_lists_remain(visit: Any, small: str) -> None:
    trip = visit(small)
    trip.context.route("**/pagefind/**", lambda route: route.abort())
    page = trip.to("search/?q=shingle")
    page.get_by_text("The search could not be loaded").wait_for()
    assert page.locator("main a[href='/archive/']").is_visible()


def test_without_script_the_page_says_where_the_words_go(visit: Any, small: str) -> None:
    page = visit(small, java_script_enabled=False).to("search/")
    assert "duckduckgo.com" in page.locator("noscript").inner_text()
    assert page.locator("form.search-form").get_attribute("action") == "https://duckduckgo.com/"
