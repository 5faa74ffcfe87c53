"""Search in the reader's browser, with nothing but the site's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import Outlet

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
    dots = "facts => facts.map(fact => getComputedStyle(fact, '::before').content)"
    assert set(page.locator(".search-results bdi").evaluate_all(dots)) == {"none"}, (
        "the text has the dots already"
    )
    found.first.click()
    page.wait_for_url("**/2026/10/tern/")
    page.locator("h1", has_text="A bird of the coast").wait_for()
    assert trip.outside == []


def test_an_address_with_a_query_searches_at_once_and_back_returns_to_it(
    visit: Any, small: str
) -> None:
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
    page.locator("main a[href='/archive/']").wait_for()


def test_without_script_the_page_says_where_the_words_go(visit: Any, small: str) -> None:
    page = visit(small, java_script_enabled=False).to("search/")
    assert "duckduckgo.com" in page.locator("noscript").inner_text()
    assert page.locator("form.search-form").get_attribute("action") == "https://duckduckgo.com/"


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive of 60 stories in 60 blocks, which are five waves; one story is in
    another language.
    """
    outlet = Outlet(tmp_path_factory.mktemp("deep"))
    for number in range(60):
        words = (
            ["cobalt"]
            + ["amber"] * (number in (0, 59))
            + ["ochre"] * (number < 4)
            + ["sienna"] * (number >= 40)
        )
        date = f"{2020 + number // 12}-{1 + number % 12:02}-05"
        lang = {"lang": "fr"} if number == 1 else {}
        body = "Une seule écluse, ochre." if lang else f"A tale of {' and '.join(words)}."
        outlet.story(f"tale-{number}", body=body, date=date, title=f"Tale {number}", **lang)
    with served(built(outlet.content, outlet.output, SEARCH_BLOCK=1)) as base:
        yield base


def titles(page: Any) -> list[str]:
    return [link.inner_text() for link in page.locator(".search-results li a").all()]


def numbers(page: Any) -> set[int]:
    """The numbers of the tales that are shown."""
    return {int(title.split()[1]) for title in titles(page)}


def test_a_headline_counts_more_than_a_dek_and_a_dek_more_than_a_text(
    visit: Any, tmp_path: Path
) -> None:
    outlet, filler = (
        Outlet(tmp_path),
        "Nothing of it is said in this long sentence about boats. " * 30,
    )
    outlet.story(
        "text", body=f"{filler} A sluice, and a sluice. {filler}", title="Locks", date="2026-11-03"
    )
    outlet.story("dek", body=filler, dek="Why a sluice matters", title="Gates", date="2026-11-02")
    outlet.story("headline", body=filler, title="The last sluice", date="2026-11-01")
    with served(built(outlet.content, outlet.output)) as base:
        page = visit(base).to("search/?q=sluice")
        page.get_by_text("3 stories for “sluice”").wait_for()
        assert titles(page) == ["The last sluice", "Gates", "Locks"]


def test_the_newest_and_the_oldest_story_are_found(visit: Any, deep: str) -> None:
    trip = visit(deep)
    page = trip.to("search/?q=amber")
    page.get_by_text("2 stories for “amber”").wait_for()
    assert titles(page) == ["Tale 59", "Tale 0"]
    page.locator(".search-results li a").last.click()
    page.wait_for_url("**/2020/01/tale-0/")
    assert (trip.errors, trip.outside) == ([], [])


def test_a_search_that_fails_has_looked_everywhere(visit: Any, deep: str) -> None:
    page = visit(deep).to("search/?q=vermilion")
    page.get_by_text("No stories for “vermilion”").wait_for()
    assert page.locator(".search-more").is_hidden()


def test_more_results_goes_back_to_the_first_story(visit: Any, deep: str) -> None:
    trip = visit(deep)
    asked: list[str] = []
    trip.page.on("request", lambda request: asked.append(request.url.removeprefix(deep)))
    page = trip.to("search/?q=cobalt")
    status, more = page.locator(".search-count"), page.get_by_role("button", name="More results")
    page.get_by_text(
        "24 stories since January 2023 for “cobalt”; older stories are not searched yet"
    ).wait_for()
    assert len(titles(page)) == 20
    assert min(numbers(page)) >= 36
    assert not [url for url in asked if url.startswith("/pagefind/36/")], (
        "older blocks cost nothing until they are asked"
    )
    for shown, said in [
        (40, "48 stories since January 2021 for “cobalt”; older stories are not searched yet"),
        (59, "59 stories for “cobalt”"),
    ]:
        more.click()
        page.get_by_text(said, exact=True).wait_for()
        assert len(titles(page)) == shown
        focused = page.evaluate("document.activeElement.textContent")
        assert focused == titles(page)[shown - 20 if shown == 40 else 40]
    assert numbers(page) == set(range(60)) - {1}
    assert more.is_hidden()
    assert status.get_attribute("role") == "status"
    assert trip.errors == []


def test_a_page_of_results_that_ends_with_a_wave_leaves_the_rest_to_the_reader(
    visit: Any, deep: str
) -> None:
    page = visit(deep).to("search/?q=sienna")
    page.get_by_text("20 stories since January 2023 for “sienna”").wait_for()
    page.get_by_role("button", name="More results").click()
    page.get_by_text("20 stories for “sienna”", exact=True).wait_for()
    assert page.locator(".search-more").is_hidden()
    assert page.evaluate("document.activeElement.className") == "search-count"


def test_every_word_counts_in_every_block(visit: Any, deep: str) -> None:
    """Where a block lacks a word, Pagefind would take its beginning, or leave it out."""
    page = visit(deep).to("search/?q=tale+ambe")
    page.get_by_text("2 stories for “tale ambe”").wait_for()
    assert numbers(page) == {0, 59}
    page.goto(f"{deep}/search/?q=%22and+amber%22")
    page.get_by_text('2 stories for “"and amber"”').wait_for()
    page.goto(f"{deep}/search/?q=amber+%E2%80%94+sienna")
    page.get_by_text("One story for “amber — sienna”").wait_for()
    assert numbers(page) == {59}


def test_what_comes_near_is_shown_when_there_is_nothing_else(visit: Any, deep: str) -> None:
    page = visit(deep).to("search/?q=amber+vermilion")
    page.get_by_text("No stories for “amber vermilion”, but 2 that come near it").wait_for()
    assert numbers(page) == {0, 59}
    page.goto(f"{deep}/search/?q=ambergris")
    page.get_by_text("No stories for “ambergris”, but 2 that come near it").wait_for()
    assert numbers(page) == {0, 59}


def test_what_shares_no_more_than_its_first_letters_does_not_come_near(
    visit: Any, deep: str
) -> None:
    page = visit(deep).to("search/?q=ambassadors")
    page.get_by_text("No stories for “ambassadors”. The beginning of a word").wait_for()
    assert titles(page) == []


def test_a_phrase_may_stand_in_the_quotes_of_print(visit: Any, deep: str) -> None:
    page = visit(deep).to("search/")
    page.get_by_label("Search").fill("“and amber”")
    page.keyboard.press("Enter")
    page.get_by_text('2 stories for “"and amber"”').wait_for()
    page.goto(f"{deep}/search/?q=%E2%80%9Eand+amber%E2%80%9C")
    page.get_by_text('2 stories for “"and amber"”').wait_for()


def test_an_excerpt_shows_where_it_was_cut(visit: Any, tmp_path: Path) -> None:
    outlet, filler = (
        Outlet(tmp_path),
        "nothing of it is said in this long sentence about boats and " * 20,
    )
    outlet.story("middle", body=f"Here {filler} a sluice and {filler} then it ends.")
    outlet.author("Ane Søndergaard")
    outlet.story("name", author="Ane Søndergaard", body="It is short.")
    with served(built(outlet.content, outlet.output)) as base:
        page = visit(base).to("search/?q=sluice")
        page.get_by_text("One story for “sluice”").wait_for()
        excerpt = page.locator(".search-results li p").first.inner_text()
        assert (excerpt[:2], excerpt[-2:]) == ("… ", " …")
        page.goto(f"{base}/search/?q=sondergaard")
        page.get_by_text("One story for “sondergaard”").wait_for()
        assert titles(page) == ["Headline of name"]


def test_an_excerpt_ends_where_the_text_does(visit: Any, tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("short", title="The gauge", body="Nobody reads the gauge.", topics=["water"])
    with served(built(outlet.content, outlet.output)) as base:
        for words in ("gauge", "water", "pereira"):
            page = visit(base).to(f"search/?q={words}")
            page.locator(".search-results li").first.wait_for()
            shown = page.locator(".search-results li p").first.inner_text()
            assert "reads the gauge." in shown
            assert not shown.startswith("The gauge"), "the headline stands above it"
            assert not any(word in shown for word in ("¶", "water", "Pereira"))


def test_a_story_in_another_language_is_found(visit: Any, deep: str) -> None:
    page = visit(deep).to("search/?q=%C3%A9cluse")
    page.get_by_text("One story for “écluse”").wait_for()
    assert titles(page) == ["Tale 1"]


def test_how_far_the_search_is_is_said_and_a_new_search_ends_it(visit: Any, deep: str) -> None:
    trip = visit(deep)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    trip.context.route("**/pagefind/48/pagefind-entry.json*", hold)
    page = trip.to("search/?q=ochre")
    page.get_by_text("No stories since January 2024 so far; searching older stories…").wait_for()
    page.get_by_label("Search").fill("sienna")
    page.keyboard.press("Enter")
    page.get_by_text("12 stories since January 2024 so far; searching older stories…").wait_for()
    assert len(titles(page)) == 12
    for route in held:
        route.continue_()
    page.get_by_text("20 stories since January 2023 for “sienna”").wait_for()
    page.get_by_label("Search").fill("ochre")
    page.keyboard.press("Enter")
    page.get_by_text("4 stories for “ochre”").wait_for()
    assert numbers(page) == {0, 1, 2, 3}


@pytest.mark.parametrize("lost", ["24/pagefind-entry.json*", "18/pagefind-entry.json*"])
def test_older_blocks_that_cannot_be_loaded_are_said_and_can_be_tried_again(
    visit: Any, deep: str, lost: str
) -> None:
    trip = visit(deep)
    trip.context.route(f"**/pagefind/{lost}", lambda route: route.abort())
    page = trip.to("search/?q=amber")
    page.get_by_text(
        "One story since January 2022 for “amber”. Older stories could not be loaded."
    ).wait_for()
    page.locator("main a[href='/archive/']").wait_for()
    trip.context.unroute(f"**/pagefind/{lost}")
    page.get_by_role("button", name="More results").click()
    page.get_by_text("2 stories for “amber”", exact=True).wait_for()


def test_the_engine_that_is_gone_is_said(visit: Any, deep: str) -> None:
    trip = visit(deep)
    trip.context.route("**/*.pagefind", lambda route: route.abort())
    page = trip.to("search/?q=amber")
    page.get_by_text("The search could not be loaded").wait_for()
