"""The front page is arranged by eye: by dragging, by choosing, and by the keyboard alone."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import wait_until
from tests.commands.running import PATIENCE, Serving, until
from tests.sample import Outlet

pytestmark = pytest.mark.browser

FRONT = """\
slots:
  # Our best.
  - slot: lead
    story: ice
  - slot: second
    story: held
"""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("arranging"))
    for name in ("ice", "wind", "tide", "fog"):
        made.story(name)
    made.story("held", date="2199-11-26T09:00", title="Held & kept")
    return made


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as running:
        yield running


@pytest.fixture
def file(outlet: Outlet) -> Path:
    """The front page's file, as no test has changed it."""
    path = outlet.content / "front_page.yml"
    path.write_text(FRONT, "utf-8")
    return path


@pytest.fixture
def page(visit: Any, serving: Serving, file: Path) -> Iterator[Any]:
    trip = visit(serving.base)
    opened = trip.to("desk/front/")
    opened.set_default_timeout(60_000)
    version = blake2b(FRONT.encode(), digest_size=8).hexdigest()
    wait_until(opened, f"document.body?.textContent.includes('{version}')")
    yield opened
    errors = [error for error in trip.errors if not error.startswith("Failed to load")]
    assert (errors, trip.outside) == ([], [])


def saved(page: Any, file: Path, words: str, is_there: bool = True) -> None:
    """Wait until the file has the words; the page's requests go on meanwhile."""

    def holds() -> bool:
        page.wait_for_timeout(20)
        return (words in file.read_text("utf-8")) == is_there

    until(holds, words)


def in_place(page: Any, name: str) -> Any:
    return page.locator(f"main [data-slot={name}] article")


def test_a_story_is_dragged_to_a_place_and_the_change_undone(page: Any, file: Path) -> None:
    page.locator("main [data-slot=third] article").drag_to(page.locator("main [data-slot=lead]"))
    saved(page, file, "story: ice", is_there=False)
    slug = in_place(page, "lead")
    expect(slug).not_to_have_attribute("data-slug", "ice", timeout=60_000)
    assert "  # Our best.\n  - slot: lead\n" in file.read_text("utf-8")
    page.get_by_role("button", name="Undo the last change").click()
    saved(page, file, FRONT)
    expect(slug).to_have_attribute("data-slug", "ice", timeout=60_000)


def test_a_story_is_chosen_by_the_keyboard_with_a_search_and_an_end(page: Any, file: Path) -> None:
    page.get_by_role("button", name="Change lead: Headline of ice").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("headline fog")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("Until").fill("2198-01-02T03:04")
    page.get_by_role("button", name="Put it there").press("Enter")
    saved(page, file, "story: fog\n    until: 2198-01-02T03:04\n")
    expect(in_place(page, "lead")).to_have_attribute("data-slug", "fog", timeout=60_000)
    page.get_by_role("button", name="Choose what follows in lead").click()
    page.get_by_role("radio", name="Headline of tide").check()
    page.get_by_role("button", name="Put it there").click()
    turns = page.locator(".turns")
    expect(turns).to_contain_text("03:04 Headline of tide", timeout=60_000)
    expect(turns).to_contain_text("second, now the newest story")
    expect(turns).to_contain_text("09:00 Held & kept")


def test_blocks_are_moved_and_added(page: Any, file: Path) -> None:
    page.get_by_role("button", name="Move up: latest").click()
    saved(page, file, "blocks:\n  - block: latest\n  - block: lead\n")
    expect(page.locator(".blocks li").first).to_contain_text("latest", timeout=60_000)
    expect(page.get_by_role("status")).to_be_focused()
    page.get_by_label("Block", exact=True).select_option("trio")
    page.get_by_label("About").select_option(label="section: Europe")
    page.get_by_role("button", name="Add the block").click()
    saved(page, file, "- block: trio\n    section: Europe\n")
    assert file.read_text("utf-8").startswith(FRONT)
    undo = page.get_by_role("button", name="Undo the last change")
    expect(undo).to_be_enabled(timeout=60_000)
    file.write_text(FRONT + "# Mine.\n", "utf-8")
    expect(undo).to_be_disabled(timeout=60_000)


def test_nothing_is_lost_when_the_file_was_changed_meanwhile(page: Any, file: Path) -> None:
    page.route("**/_broadside/events*", lambda route: route.abort())
    page.reload()
    theirs = FRONT.replace("story: ice", "story: tide")
    file.write_text(theirs, "utf-8")
    page.get_by_role("button", name="Remove from second").click()
    expect(page.get_by_role("status")).to_contain_text("front_page.yml has changed")
    assert file.read_text("utf-8") == theirs


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "text/plain", "Origin": "SELF"},
        {"Content-Type": "application/json"},
    ],
)
def test_no_other_site_may_change_the_front_page(
    serving: Serving, file: Path, headers: dict[str, str]
) -> None:
    sent = {name: value.replace("SELF", serving.base) for name, value in headers.items()}
    data = json.dumps({"version": "", "text": ""}).encode()
    request = urllib.request.Request(f"{serving.base}/desk/front/", data, sent)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=PATIENCE)
    assert refused.value.code == 403
    assert file.read_text("utf-8") == FRONT


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_panel_fits_the_screen(page: Any, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#broadside-panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
