"""A series as readers find it and read through it, by keyboard and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import HARBOUR, Outlet

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with a series of three parts, one of which is also in Arabic, and of
    an issue.
    """
    outlet = Outlet(tmp_path_factory.mktemp("told"))
    outlet.photo()
    photo = "".join(f"{key}: {value}\n" for key, value in HARBOUR.items())
    outlet.write(
        "series/water.md",
        f"---\nname: Rivers on paper\ndescription: Of sluices.\n{photo}---\nA keeper of locks.\n",
    )
    outlet.write(
        "series/issue.md", "---\nname: Salt\nform: issue\nnumber: 12\nstories: [two, one]\n---\n"
    )
    for day, slug in enumerate(("one", "two", "three"), 1):
        outlet.story(slug, date=f"2026-11-0{day}", series="Rivers on paper", **HARBOUR)
    outlet.story("ithnan", title="الثاني", lang="ar", translation_of="two", date="2026-11-05")
    with served(built(outlet.content, outlet.output)) as base:
        yield base


def test_a_reader_goes_from_part_to_part_without_script(visit: Any, told: str) -> None:
    page = visit(told, java_script_enabled=False).to("series/water/")
    page.locator("ol .headline a").first.click()
    for slug in ("two", "three"):
        page.locator(".series-box a[rel=next]").first.click()
        page.wait_for_url(f"**/{slug}/")
    assert page.locator(".series-box").first.locator("a[rel=next]").count() == 0
    page.locator(".series-line a").first.click()
    page.locator("h1", has_text="Rivers on paper").wait_for()


def test_the_search_finds_a_series_by_its_introduction(visit: Any, told: str) -> None:
    trip = visit(told)
    page = trip.to("search/?q=keeper")
    found = page.locator(".search-results li")
    found.first.wait_for()
    assert [link.inner_text() for link in found.locator("h2 a").all()] == ["Rivers on paper"]
    assert "Series" in found.first.inner_text()
    found.first.locator("a").click()
    page.wait_for_url("**/series/water/")
    assert trip.errors == []


@pytest.mark.parametrize(
    "url", ["series/", "series/water/", "series/issue/", "2026/11/two/", "2026/11/ithnan/"]
)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_window_and_links_can_be_touched(
    visit: Any, told: str, url: str, width: int
) -> None:
    page = visit(told, viewport={"width": width, "height": 800}).to(url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.evaluate(
        """[...document.querySelectorAll(".series-line a, .series-box a, .series-list a")].map(
        link => Math.min(link.getBoundingClientRect().height, link.getBoundingClientRect().width))"""
    )
    assert all(box >= 24 for box in boxes), boxes
    assert ("2026" not in url) or boxes


def test_paper_says_which_part_it_is_and_has_no_links_to_others(visit: Any, told: str) -> None:
    page = visit(told).to("2026/11/two/")
    page.emulate_media(media="print")
    assert page.locator(".series-line").first.inner_text().strip().endswith("Part 2 of 3")
    assert not page.locator(".series-box").first.is_visible()
