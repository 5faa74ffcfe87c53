"""A search forgives typing errors: what it shows instead, in which languages, and what that
loads.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.browser.waiting import wait_until
from tests.sample import Outlet
from tools.quality.misspellings import measure

pytestmark = pytest.mark.browser


def suggested(page: Any) -> str:
    return str(page.locator(".search-suggestion a").inner_text())


def titles(page: Any) -> list[str]:
    return [link.inner_text() for link in page.locator(".search-results li a").all()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive with stories of three years, two sections and two authors."""
    outlet = Outlet(tmp_path_factory.mktemp("archive"))
    outlet.author("Bo Okafor")
    outlet.story(
        "cable",
        body="Who guards the cable, and the sanctions on it?",
        date="2024-03-01",
        section="Europe",
    )
    outlet.story(
        "dam",
        body="Thirty years at Farakka. The cable is old.",
        date="2025-03-01",
        author="Bo Okafor",
    )
    outlet.story(
        "brine",
        body="Lithium, and the cable that China’s market wants.",
        date="2026-03-01",
        type="Analysis",
    )
    outlet.story(
        "border", body="Polished boots: the police at the Polish border.", date="2026-02-01"
    )
    with served(built(outlet.content, outlet.output)) as base:
        yield base


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("polise", "police"),
        ("cabel", "cable"),
        ("sanctons", "sanctions"),
        ("Faracca", "Farakka"),
        ("Faraka", "Farakka"),
        ("lithum", "lithium"),
        ("ilthium", "lithium"),
        ("LITHUIM", "LITHIUM"),
        ("the kable", "the cable"),
        ('"the kable"', '"the cable"'),
    ],
)
def test_a_misspelled_word_leads_to_the_one_that_was_meant(
    visit: Any, archive: str, typed: str, meant: str
) -> None:
    trip = visit(archive)
    page = trip.to("search/")
    page.get_by_label("Search").fill(typed)
    page.keyboard.press("Enter")
    page.locator(".search-suggestion a").wait_for()
    assert suggested(page) == meant
    page.locator(".search-results mark").first.wait_for()
    marked = {
        mark.inner_text().strip(".,?").lower()
        for mark in page.locator(".search-results mark").all()
    }
    assert meant.strip('"').split()[-1].lower() in marked
    assert page.locator(".search-suggestion").get_attribute("role") == "status"
    page.locator(".search-suggestion a").click()
    page.locator(".search-results mark").first.wait_for()
    assert page.get_by_label("Search").input_value() == meant
    assert page.locator(".search-suggestion a").count() == 0
    assert (trip.errors, trip.outside) == ([], [])


@pytest.mark.parametrize(
    "typed", ["cable", "Cable", "market", "sanction", "guarding", "lith", "China's", "G20", "xqzzv"]
)
def test_words_and_beginnings_and_forms_of_words_are_not_corrected(
    visit: Any, archive: str, typed: str
) -> None:
    page = visit(archive).to(f"search/?q={typed}")
    page.get_by_text(f"for “{typed}”").wait_for()
    assert page.locator(".search-suggestion a").count() == 0


def test_a_correction_has_nothing_but_words(visit: Any, archive: str) -> None:
    page = visit(archive).to("search/?q=polise farak")
    page.locator(".search-suggestion a").wait_for()
    assert suggested(page) == "police farakka"
    page.goto(f"{archive}/search/?q=polise xqzzv")
    page.get_by_text("No stories for “polise xqzzv”").wait_for()
    assert page.locator(".search-suggestion a").count() == 0


def test_what_has_a_name_is_found_by_it(visit: Any, archive: str) -> None:
    page = visit(archive).to("search/?q=okafor")
    page.get_by_text("One story for “okafor”").wait_for()
    (name,) = page.locator(".search-names a").all()
    assert name.inner_text().endswith("Bo Okafor")
    name.click()
    page.wait_for_url("**/authors/bo-okafor/")


def test_on_a_phone_results_come_before_what_narrows_them(visit: Any, archive: str) -> None:
    page = visit(archive, viewport={"width": 360, "height": 740}).to("search/?q=cable&year=2025")
    page.get_by_text("One story for “cable”").wait_for()
    assert page.locator(".search-results li").first.bounding_box()["y"] < 420
    assert not page.get_by_label("Year").is_visible()
    assert "(1)" in page.locator(".search-choices summary").inner_text()


def test_a_search_without_the_words_of_the_archive_goes_on_without_them(
    visit: Any, archive: str
) -> None:
    trip = visit(archive)
    trip.context.route("**/pagefind/words/**", lambda route: route.abort())
    page = trip.to("search/?q=cable")
    page.get_by_text("3 stories for “cable”").wait_for()


def test_results_come_while_the_reader_types(visit: Any, archive: str) -> None:
    page = visit(archive).to("search/?q=lithium")
    page.get_by_text("One story for “lithium”").wait_for()
    page.get_by_label("Search").press_sequentially("x", delay=10)
    page.get_by_label("Search").fill("")
    page.get_by_label("Search").press_sequentially("farak", delay=30)
    page.get_by_text("One story for “farak”").wait_for()
    assert titles(page) == ["Headline of dam"]
    assert page.evaluate("document.activeElement.name") == "q"
    page.wait_for_url(lambda url: url.endswith("?q=farak"))
    page.go_back()
    page.get_by_text("One story for “lithium”").wait_for()


def test_a_search_is_narrowed_and_the_newest_come_first(visit: Any, archive: str) -> None:
    trip = visit(archive)
    page = trip.to("search/?q=cable")
    page.get_by_text("3 stories for “cable”").wait_for()
    page.get_by_label("Order").select_option("newest")
    wait_until(
        page, "document.querySelector('.search-results a')?.textContent === 'Headline of brine'"
    )
    assert titles(page) == ["Headline of brine", "Headline of dam", "Headline of cable"]
    page.get_by_label("Year").select_option("2025")
    page.get_by_text("One story for “cable”").wait_for()
    assert titles(page) == ["Headline of dam"]
    page.wait_for_url(lambda url: url.endswith("?q=cable&year=2025&order=newest"))
    page.reload()
    page.get_by_text("One story for “cable”").wait_for()
    page.get_by_label("Year").select_option("")
    page.get_by_text("3 stories for “cable”").wait_for()
    page.get_by_label("Author").select_option("Bo Okafor")
    page.get_by_text("One story for “cable”").wait_for()
    page.go_back()
    page.get_by_text("3 stories for “cable”").wait_for()
    assert (trip.errors, trip.outside) == ([], [])


def test_without_script_nothing_is_offered_that_does_nothing(visit: Any, archive: str) -> None:
    page = visit(archive, java_script_enabled=False).to("search/")
    assert page.locator(".search-choices").is_hidden()
    assert page.locator(".search-choices select").first.is_disabled()


LANGUAGES = {
    "es": ("La economía de los puertos.", "economai", "economía", "economia"),
    "fr": ("Le prix de l’eau à l’école d’Évian.", "écolle", "école", "eau"),
    "de": ("Die Meerenge und die Zölle.", "Zölel", "Zölle", "zolle"),
    "pt-BR": ("A inflação não recua.", "inflaçao", "", "inflacao"),
    "it": ("Il prezzo dell’acqua e la città.", "acuqa", "acqua", "citta"),
    "ar": ("الأسواق المالية في القاهرة.", "القاهبة", "القاهرة", "الاسواق"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_forgives_errors_and_needs_no_accents(
    visit: Any, tmp_path: Path, lang: str
) -> None:
    body, typed, meant, plain = LANGUAGES[lang]
    outlet = Outlet(tmp_path)
    outlet.story("one", body=body)
    with served(built(outlet.content, outlet.output, DEFAULT_LANG=lang)) as base:
        page = visit(base).to(f"search/?q={typed}")
        page.locator(".search-results mark").first.wait_for()
        assert page.locator(".search-suggestion a").all_inner_texts() == [meant][: bool(meant)]
        page.goto(f"{base}/search/?q={plain}")
        page.locator(".search-results mark").first.wait_for()
        assert page.locator(".search-suggestion a").count() == 0


def test_nine_of_ten_errors_lead_to_the_word_and_no_word_is_corrected(
    visit: Any, demo: str, demo_output: Path
) -> None:
    table = measure(demo_output, demo, visit(demo).page, 400)
    assert mean(table.shares.values()) >= 0.9
    assert min(table.shares.values()) >= 0.8, (
        "of each kind there are a hundred, which one in ten may miss by chance"
    )
    assert table.corrected == []
    assert max(table.bytes) <= 30_000
