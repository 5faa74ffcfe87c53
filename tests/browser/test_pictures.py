"""Pictures of every shape and size, and what they leave of the window."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.awkward import STORY, TALL, WIDE
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser
LEAD, BODY = ".photo--lead img", ".story-main > .story-body .photo img"


def box(page: Any, selector: str) -> dict[str, float]:
    """Where a picture is, once it is loaded."""
    picture = page.locator(selector)
    picture.scroll_into_view_if_needed()
    wait_until(page, "each => document.querySelector(each).complete", arg=selector)
    return dict(picture.bounding_box())


def test_a_picture_that_is_small_is_not_blown_up(visit: Any, awkward: str) -> None:
    page = visit(awkward, viewport=WIDE).to("2026/11/arabic-opinion/")
    found = box(page, BODY)
    assert (found["width"], found["height"]) == (480, 300)
    page.set_viewport_size(TALL)
    assert (
        box(page, BODY)["width"]
        == page.locator(".story-main > .story-body").bounding_box()["width"]
    )


@pytest.mark.parametrize("width", [800, 1280])
def test_a_small_lead_is_not_blown_up(visit: Any, awkward: str, width: int) -> None:
    page = visit(awkward, viewport={"width": width, "height": 900}).to("2026/11/small/")
    found = box(page, LEAD)
    assert 400 < found["width"] <= 480
    assert found["width"] / found["height"] == pytest.approx(1.6, abs=0.01), "it keeps its shape"


@pytest.mark.parametrize("viewport", [TALL, WIDE, {"width": 1280, "height": 600}], ids=str)
def test_a_tall_picture_in_the_text_is_no_taller_than_the_window(
    visit: Any, awkward: str, viewport: dict[str, int]
) -> None:
    found = box(visit(awkward, viewport=viewport).to("2026/11/strip/"), BODY)
    assert found["height"] <= viewport["height"]
    assert found["height"] == pytest.approx(2 * found["width"], abs=1), "it keeps its shape"


@pytest.mark.parametrize("path", ["2026/11/mast/", STORY])
def test_a_lead_begins_where_the_text_does_unless_it_is_tall(
    visit: Any, awkward: str, path: str
) -> None:
    page = visit(awkward, viewport={"width": 1280, "height": 600}).to(path)
    found, text, rails = (
        box(page, LEAD),
        *(
            page.locator(each).first.bounding_box()
            for each in (".story-main > .story-body > p", ".story-after > .rail-column")
        ),
    )
    column = rails if path == "2026/11/mast/" else text
    assert found["x"] == pytest.approx(column["x"], abs=1)
    assert page.locator("h1").bounding_box()["x"] < text["x"]
    assert found["x"] + found["width"] <= rails["x"] + rails["width"] + 1


def test_a_wide_lead_is_no_taller_than_the_window_of_a_phone_held_sideways(
    visit: Any, awkward: str
) -> None:
    page = visit(awkward, viewport={"width": 844, "height": 390}).to(STORY)
    assert box(page, LEAD)["height"] < 390


def test_a_panorama_is_more_than_a_strip_on_a_phone(visit: Any, awkward: str) -> None:
    found = box(visit(awkward, viewport=TALL).to("2026/11/strip/"), LEAD)
    assert found["width"] / found["height"] <= 3.2


@pytest.mark.parametrize("width", [960, 1280])
def test_a_lead_whose_picture_does_not_come_keeps_to_its_column(
    visit: Any, awkward: str, width: int
) -> None:
    trip = visit(awkward, viewport={"width": width, "height": 900})
    trip.context.route("**/photos/**", lambda route: route.abort())
    page = trip.to("")
    slot, text = (
        page.locator(f".lead-group > :first-child {part}").bounding_box()
        for part in (".teaser", ".teaser-text")
    )
    assert text["width"] <= slot["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_a_box_that_cuts_a_picture_keeps_the_point_that_is_to_stay(
    visit: Any, demo: str, width: int
) -> None:
    at = "each => getComputedStyle(each).objectPosition"
    trip = visit(demo, viewport={"width": width, "height": 900})
    page = trip.to("")
    cable_ship = page.locator('[data-slug="the-sea-floor-has-no-police"] .teaser-photo img').first
    assert cable_ship.evaluate(at) == "80% 20%", "70% 20%, in fifths"
    assert (
        page.locator('[data-slug="thirty-years-at-farakka"] .teaser-photo img').first.evaluate(at)
        == "50% 50%"
    )
    page = trip.to("2026/11/the-sea-floor-has-no-police/")
    assert page.locator(".photo--lead img").evaluate(at) == "80% 20%"
