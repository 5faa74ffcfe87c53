"""A film plays in place after a press on the button that says who is asked; until then, nobody is.

Else it stays a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadside.publish.headers import Allowed
from tests.browser.conftest import built, guarded, served
from tests.browser.waiting import wait_until
from tests.sample import Outlet

pytestmark = pytest.mark.browser

HOST = "tube.example.org"
ADDRESS = f"https://{HOST}/w/8vKqYb3nDw5RzT2mXcJ7Ls"
PLAYER = f"https://{HOST}/videos/embed/8vKqYb3nDw5RzT2mXcJ7Ls?p2p=0&autoplay=1"
STILL = '{still="photos/still.jpg" credit="A. Person/Agency"}'
FILM = f"[!video] [How a *buoy* is laid]({ADDRESS}){STILL}"
OTHER = f"[!video] [A film of another provider](https://vimeo.com/76979871){STILL}"
PAGE, BELOW = "2026/11/a-story/", "2026/11/below/"


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    outlet = Outlet(tmp_path_factory.mktemp("films"))
    outlet.photo("still.jpg", size=(640, 480))
    outlet.story(body=f"Words.\n\n{FILM}\n\nMore words.\n\n{OTHER}\n\nLast words.")
    outlet.story(
        "below", body="Words about something else.", related=["a-story"], date="2026-11-21T09:00"
    )
    with served(
        built(outlet.content, outlet.output, EMBEDS=[HOST]), guarded(Allowed(players=(HOST,)))
    ) as base:
        yield base


def plays(trip: Any) -> list[str]:
    """Have the provider answer, and return the list of what it is asked, with the referrer."""
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(f"{route.request.url} {route.request.headers.get('referer', '')}")
        route.fulfill(
            body="<!doctype html><title>Player</title><button>Pause</button>",
            content_type="text/html",
        )

    trip.context.route(f"https://{HOST}/**", answer)
    return asked


def test_a_press_plays_the_film_in_place_and_asks_only_then(visit: Any, films: str) -> None:
    trip = visit(films)
    asked = plays(trip)
    page = trip.to(PAGE)
    page.wait_for_load_state("networkidle")
    assert (asked, trip.outside, trip.errors) == ([], [], [])
    button = page.get_by_role("button", name="Play here")
    assert button.count() == 1  # the other provider is not allowed
    assert HOST in button.inner_text()
    assert "How a buoy is laid" in button.text_content()
    button.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe")
    frame.wait_for()
    page.frame_locator("iframe").get_by_role("button", name="Pause").wait_for()
    assert asked == [f"{PLAYER} {films}/"]
    assert frame.get_attribute("title") == "How a buoy is laid"
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.keyboard.press("Tab")
    inside = page.frames[1]
    assert inside.evaluate("document.activeElement.textContent") == "Pause"
    allowed = "name => document.featurePolicy.allowsFeature(name)"
    assert {
        name: inside.evaluate(allowed, name) for name in ("fullscreen", "autoplay", "camera")
    } == {
        "fullscreen": True,
        "autoplay": True,
        "camera": False,
    }
    assert page.locator(".film-play").count() == 0
    assert page.get_by_role("link", name="How a buoy is laid").count() == 1
    assert (trip.outside, trip.errors) == ([], [])


def test_a_player_of_any_other_host_is_refused_by_the_policy(visit: Any, films: str) -> None:
    trip = visit(films)
    page = trip.to(PAGE)
    page.locator(".film-play").evaluate(
        "each => { each.dataset.player = 'https://other.example/?a=b' }"
    )
    page.get_by_role("button", name="Play here").click()
    page.locator("iframe").wait_for()
    page.wait_for_timeout(200)
    assert trip.outside == []
    assert any("frame-src" in error for error in trip.errors)


def test_a_film_in_the_stream_plays_too(visit: Any, films: str) -> None:
    trip = visit(films)
    asked = plays(trip)
    page = trip.to(BELOW)
    page.locator(".stream details summary").first.click()
    page.get_by_role("button", name="Play here").click()
    page.frame_locator("iframe").get_by_role("button", name="Pause").wait_for()
    assert len(asked) == 1


def test_without_javascript_the_card_is_a_link_with_its_still(visit: Any, films: str) -> None:
    trip = visit(films, java_script_enabled=False)
    page = trip.to(PAGE)
    assert page.locator(".film-play").is_hidden()
    assert page.get_by_role("link", name="How a buoy is laid").get_attribute("href") == ADDRESS
    still = page.locator(".film img").first
    still.scroll_into_view_if_needed()
    assert still.get_attribute("alt") == ""
    wait_until(page, "document.querySelector('.film img').naturalWidth > 0")
    assert page.locator(".film .credit").first.inner_text() == "A. Person/Agency"
    assert trip.outside == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_page_and_the_words_on_the_still_can_be_read(
    visit: Any, films: str, width: int, scheme: str
) -> None:
    page = visit(films, viewport={"width": width, "height": 800}, color_scheme=scheme).to(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    words, screen = (
        page.locator(".film-ask").bounding_box(),
        page.locator(".film-screen").first.bounding_box(),
    )
    assert words["y"] >= screen["y"]
    assert words["y"] + words["height"] <= screen["y"] + screen["height"]
    assert words["x"] + words["width"] <= screen["x"] + screen["width"]


def test_on_paper_there_is_the_still_with_title_and_address(
    visit: Any, films: str, tmp_path: Path
) -> None:
    page = visit(films).to(PAGE)
    page.emulate_media(media="print")
    assert page.locator(".film-play").is_hidden()
    page.locator(".film img").first.wait_for()
    shown = page.locator(".embed a").first.evaluate(
        "each => getComputedStyle(each, '::after').content"
    )
    assert ADDRESS in shown
