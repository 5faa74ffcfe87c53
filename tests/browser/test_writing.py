"""The editor with the page of what is written beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.commands.running import Serving, change
from tests.sample import Outlet

pytestmark = pytest.mark.browser

LATE = 60_000


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("writing"))
    made.story("ice", body="The first text.", status="draft")
    made.story("wind")
    return made


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as running:
        yield running


def test_the_page_of_the_open_story_follows_each_save(
    visit: Any, serving: Serving, outlet: Outlet
) -> None:
    trip = visit(serving.base)
    page = trip.to("desk/write/#/collections/stories_0/entries/wind")
    beside = page.frame_locator("#page")
    expect(beside.get_by_role("heading", level=1)).to_have_text("Headline of wind", timeout=LATE)
    editor = next(frame for frame in page.frames if "/admin/" in frame.url)
    editor.evaluate("location.hash = '#/collections/stories_0/entries/ice'")
    expect(beside.get_by_text("The first text.")).to_be_visible(timeout=LATE)
    page.get_by_label("As on a desktop").check()
    change(outlet.content / "articles" / "ice.md", "The first text.", "The second text.")
    expect(beside.get_by_text("The second text.")).to_be_visible(timeout=LATE)
    assert page.frame(url="**/drafts/ice/").evaluate("innerWidth") == 1280
    assert page.url.endswith("/entries/ice"), "who loads it anew is there again"
    editor.evaluate("location.hash = '#/collections/stories_0/entries/new-one'")
    expect(page.get_by_role("status")).to_have_text("Save it, and its page shows here.")
    editor.evaluate("location.hash = '#/collections/lists/entries/sections'")
    expect(page.get_by_role("status")).to_contain_text("The front page shows")
    told = [error for error in trip.errors if "OAuth application ID" not in error]
    assert (told, trip.outside) == ([], [])


def test_on_a_phone_either_the_text_or_the_page_is_there(visit: Any, serving: Serving) -> None:
    page = visit(serving.base, viewport={"width": 375, "height": 740}).to("desk/write/")
    editor, beside = page.locator("#editor"), page.locator("#page")
    expect(editor).to_be_visible()
    expect(beside).not_to_be_visible()
    page.get_by_label("As on a phone").check()
    expect(editor).not_to_be_visible()
    expect(beside).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
