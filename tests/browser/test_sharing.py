"""What the script of a story's page does: it shares, gives the stream's open story an address, and
keeps the reader's place.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

STORY = "2026/11/story-6/"
SHEET = "navigator.share = async (data) => { window.shared = data; };"
FIRST = "section.stream details.keep-reading"


def test_the_address_of_a_story_is_copied_at_its_foot(visit: Any, small: str) -> None:
    trip = visit(small)
    trip.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = trip.to(f"{STORY}?from=mail#top")
    page.locator(".story-foot [data-share=link]").press("Enter")
    page.locator(".story-foot [role=status]", has_text="copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{small}/{STORY}"


def test_at_an_address_that_reads_like_another_host_the_stream_still_opens(
    visit: Any, small: str
) -> None:
    trip = visit(small)
    page = trip.to(f"/other.example/..%2f{STORY}")
    first = page.locator(FIRST).first
    first.locator("summary").click()
    page.wait_for_url(lambda url: url.endswith("#read:story-1"))
    first.locator("summary").click()
    page.wait_for_url(lambda url: "#" not in url)
    assert trip.errors == trip.outside == []


def test_a_reader_whose_browser_may_not_copy_is_shown_the_address(visit: Any, small: str) -> None:
    trip = visit(small)
    trip.context.add_init_script("navigator.clipboard.writeText = () => Promise.reject();")
    page = trip.to(STORY)
    page.locator(".story-foot [data-share=link]").click()
    page.locator(".story-foot [role=status]", has_text=f"{small}/{STORY}").wait_for()


def test_the_systems_sheet_is_offered_only_where_it_is(visit: Any, small: str) -> None:
    trip = visit(small)
    assert not trip.to(STORY).locator(".story-foot [data-share=sheet]").is_visible()
    trip.context.add_init_script(SHEET)
    page = trip.to(STORY)
    page.locator(".story-foot [data-share=sheet]").click()
    assert page.evaluate("window.shared") == {
        "title": "Headline of story-6",
        "url": f"{small}/{STORY}",
    }


def test_without_the_script_there_is_nothing_to_press(visit: Any, small: str) -> None:
    page = visit(small, java_script_enabled=False).to(STORY)
    for tools in page.locator(".share-tools").all():
        assert not tools.is_visible()
    page.locator(".share a", has_text="Email").wait_for()


def test_the_open_story_of_a_stream_has_an_address_and_is_shared_by_its_own(
    visit: Any, small: str
) -> None:
    trip = visit(small)
    trip.context.add_init_script(SHEET)
    page = trip.to(STORY)
    entries = page.evaluate("history.length")
    page.locator(FIRST).first.locator("summary").click()
    page.locator(f"{FIRST} [data-share=sheet]").click()
    page.wait_for_url(lambda url: url == f"{small}/{STORY}#read:story-1")
    assert page.evaluate("window.shared") == {
        "title": "Headline of story-1",
        "url": f"{small}/2026/11/story-1/",
    }
    assert page.evaluate("history.length") == entries, "the back button leaves the page"
    page.locator(FIRST).first.locator("summary").click()
    page.wait_for_url(f"{small}/{STORY}")


def test_that_address_opens_the_story_for_whoever_gets_it(visit: Any, small: str) -> None:
    page = visit(small).to(f"{STORY}#read:story-1")
    assert page.locator(FIRST).first.evaluate("each => each.open")
    assert abs(page.locator("section.stream article").first.bounding_box()["y"]) < 5


def never_kept(route: Any) -> None:
    """Answer a request with a page that the browser may not keep for the way back."""
    answer = route.fetch()
    route.fulfill(response=answer, headers=answer.headers | {"cache-control": "no-store"})


def test_a_way_back_leads_to_the_place_with_what_was_open(visit: Any, small: str) -> None:
    trip = visit(small, viewport={"width": 360, "height": 640})
    trip.context.route(f"**/{STORY}", never_kept)
    page = trip.to(STORY)
    page.locator(FIRST).first.locator("summary").click()
    page.locator(FIRST).first.locator("p", has_text="Paragraph 7").scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 1000
    page.goto(f"{small}/latest/")
    page.go_back()
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward", (
        "not the browser's cache"
    )
    assert page.locator(FIRST).first.evaluate("each => each.open")
    assert page.evaluate("scrollY") == pytest.approx(place, abs=3)
    page.reload()
    assert page.evaluate("scrollY") == pytest.approx(place, abs=3)
    page.goto(f"{small}/{STORY}")
    assert page.evaluate("scrollY") == 0, "a link begins at the beginning"
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
