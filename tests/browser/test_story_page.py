"""The page of a story at every width: its columns, what stands beside the text, and its head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import HARBOUR, Outlet

pytestmark = pytest.mark.browser

PARAGRAPHS = "\n\n".join(["The harbour keeps a ledger of every ferry that sails. " * 9] * 30)
TABLE = f"|{' Port |' * 9}\n|{' --- |' * 9}\n|{' a fairly long entry |' * 9}"
PHONE = {"width": 360, "height": 740}
PICTURED, BARE, BRIEF, ARABIC = (
    f"2026/11/{slug}/" for slug in ("pictured", "bare", "brief", "arabic")
)
TEXT, RAILS = ".story-main > .story-body > p", ".story-after > .rail-column"
DEK = "Europe has spent three years asking who breaks the cables, and has yet to settle the rest."


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with stories that are long and short, with a picture and without."""
    outlet = Outlet(tmp_path_factory.mktemp("stories"))
    outlet.photo(size=(1600, 1067))
    body = f"{PARAGRAPHS}\n\n{TABLE}\n\nAn end."
    outlet.story("pictured", body=body, dek=DEK, date="2026-11-04T09:00", **HARBOUR)
    outlet.story("bare", body=PARAGRAPHS, date="2026-11-03T09:00")
    outlet.story("brief", body="Eighty words. " * 40, date="2026-11-02T09:00", section="Briefs")
    outlet.story("arabic", body="كلمات كثيرة عن البحر. " * 400, lang="ar", date="2026-11-01T09:00")
    with served(built(outlet.content, outlet.output)) as base:
        yield base


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
@pytest.mark.parametrize("path", [PICTURED, BARE, BRIEF, ARABIC])
def test_something_stands_beside_the_text_in_every_screen(
    visit: Any, stories: str, path: str, width: int
) -> None:
    page = visit(stories, viewport={"width": width, "height": 800}).to(path)
    text, rails = (page.locator(each).first.bounding_box() for each in (TEXT, RAILS))
    if path == ARABIC:
        assert rails["x"] + rails["width"] <= text["x"]
    else:
        assert text["x"] + text["width"] <= rails["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beside = """() => [...document.querySelectorAll(".rail-column > *")].some(each => {
        const box = each.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; })"""
    body = page.locator(".story-main > .story-body").bounding_box()
    for top in range(int(body["y"]), int(body["y"] + body["height"]), 400):
        page.evaluate(f"scrollTo(0, {top})")
        assert page.evaluate(beside), top


def test_on_a_wide_screen_the_text_is_between_its_margin_and_the_rails(
    visit: Any, stories: str
) -> None:
    page = visit(stories).to(PICTURED)
    head, text, rails, meta, lead = (
        page.locator(each).first.bounding_box()
        for each in ("h1.headline", TEXT, RAILS, ".story-meta", ".photo--lead img")
    )
    assert meta["x"] == head["x"]
    assert meta["x"] + meta["width"] < text["x"]
    assert lead["x"] == pytest.approx(text["x"], abs=1)
    assert lead["x"] + lead["width"] == pytest.approx(rails["x"] + rails["width"], abs=1)
    table = page.locator(".story-main .table").bounding_box()
    assert table["x"] == pytest.approx(head["x"], abs=1), "a wide table begins in the margin"
    assert table["x"] + table["width"] <= rails["x"]


def test_the_picture_is_at_least_as_large_as_on_the_front_page(visit: Any, stories: str) -> None:
    trip = visit(stories)
    front, own = (
        trip.to(path).locator(f"{place} img").first.bounding_box()
        for path, place in (("", ".lead-group"), (PICTURED, ".photo--lead"))
    )
    assert own["width"] >= front["width"]
    assert own["width"] >= 48 * 16


@pytest.mark.parametrize("path", [PICTURED, BARE, BRIEF])
def test_on_a_phone_a_large_headline_leaves_the_first_line_on_the_first_screen(
    visit: Any, stories: str, path: str
) -> None:
    page = visit(stories, viewport=PHONE).to(path)
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    assert 36 <= page.locator("h1.headline").evaluate(size) <= 40
    text = page.locator(TEXT).first
    assert text.evaluate(size) == 19
    assert text.bounding_box()["y"] + 30 <= PHONE["height"]
    for picture in page.locator(".photo--lead img").all():
        assert picture.bounding_box()["height"] <= PHONE["height"] / 5 + 1
