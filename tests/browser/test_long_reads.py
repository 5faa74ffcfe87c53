"""A long story in the browser: its contents, its notes, the links on its headings, and how far it
is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser

FILLING = (
    "The harbour keeps a ledger of every ferry that sails, and nobody has read it since the"
    " treaty. " * 9
)
NOTED = "2026/11/noted/"
PLAIN = "2026/11/plain/"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def text(*notes: str) -> str:
    """A long text with four headings, and with a note in its second part for each of these."""
    calls = "".join(f" A claim.[^{number}]" for number in range(len(notes)))
    parts = [
        f"{FILLING}\n\n## Part {part}\n\n{FILLING}{calls if part == 2 else ''}\n\n{FILLING}"
        for part in range(1, 5)
    ]
    return "\n\n".join([*parts, *(f"[^{number}]: {note}" for number, note in enumerate(notes))])


@pytest.fixture(scope="module")
def long_reads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with two long stories, one of which has notes."""
    outlet = Outlet(tmp_path_factory.mktemp("long"))
    outlet.story(
        "noted",
        body=text("Its source.", "Another <https://example.org/>."),
        date="2026-11-02T09:00",
    )
    outlet.story("plain", body=text(), date="2026-11-01T09:00")
    with served(built(outlet.content, outlet.output)) as base:
        yield base


def test_on_a_phone_the_contents_open_and_lead_to_a_part(visit: Any, long_reads: str) -> None:
    page = visit(long_reads, viewport=PHONE, java_script_enabled=False).to(PLAIN)
    link = page.locator(".contents a", has_text="Part 3")
    assert not link.is_visible()
    page.locator(".contents summary").focus()
    page.keyboard.press("Enter")
    link.wait_for()
    link.click()
    page.wait_for_url(lambda url: url.endswith("#part-3"))
    assert page.locator("#part-3").bounding_box()["y"] < 100


def test_on_a_wide_screen_the_contents_are_open_beside_the_text_and_stay_in_sight(
    visit: Any, long_reads: str
) -> None:
    page = visit(long_reads, viewport=WIDE, java_script_enabled=False).to(PLAIN)
    contents, paragraph = page.locator(".contents"), page.locator(".story-body > p").first
    assert not page.locator(".contents summary").is_visible()
    page.locator("#part-4").scroll_into_view_if_needed()
    box, words = contents.bounding_box(), paragraph.bounding_box()
    assert box["x"] + box["width"] + 20 <= words["x"]
    assert 0 <= box["y"] < 200
    contents.locator("a").first.wait_for()


def test_a_note_stands_beside_its_line_and_not_again_at_the_end(
    visit: Any, long_reads: str
) -> None:
    page = visit(long_reads, viewport=WIDE, java_script_enabled=False).to(NOTED)
    call, notes = page.locator("#fnref-1").bounding_box(), page.locator(".note")
    first, second = (notes.nth(place).bounding_box() for place in (0, 1))
    assert abs(first["y"] - call["y"]) < 40
    assert second["y"] >= first["y"] + first["height"], "none lies on another"
    words = page.locator("#part-2 + p").bounding_box()
    assert first["x"] + first["width"] + 20 <= words["x"], "in the margin"
    assert not page.locator(".story-page > .story .footnotes").is_visible()
    page.goto(f"{long_reads}/{NOTED}#fn-2")
    assert page.locator("#fn-2").is_visible(), "a link to it from elsewhere"


@pytest.mark.parametrize("viewport", [PHONE, WIDE])
def test_a_note_opens_where_it_is_called_by_keyboard_and_closes_again(
    visit: Any, long_reads: str, viewport: Any
) -> None:
    page = visit(long_reads, viewport=viewport, java_script_enabled=False).to(NOTED)
    call, note = page.locator(".note-call").nth(1), page.locator(".note").nth(1)
    call.focus()
    page.keyboard.press("Enter")
    assert note.evaluate("each => each.matches(':popover-open')")
    box, at = note.bounding_box(), call.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert abs(box["y"] - at["y"]) < 60 or abs(box["y"] + box["height"] - at["y"]) < 60
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://example.org/"
    page.keyboard.press("Escape")
    assert not note.evaluate("each => each.matches(':popover-open')")


def test_on_a_phone_notes_are_at_the_end_too_and_lead_back(visit: Any, long_reads: str) -> None:
    page = visit(long_reads, viewport=PHONE, java_script_enabled=False).to(NOTED)
    page.locator(".story-page > .story .footnote-backref").first.click()
    page.wait_for_url(lambda url: url.endswith("#fnref-1"))


@pytest.mark.parametrize("width", [360, 1280])
def test_paper_has_each_note_once_at_the_end_and_no_contents(
    visit: Any, long_reads: str, width: int
) -> None:
    page = visit(long_reads, viewport={"width": width, "height": 900}).to(NOTED)
    page.emulate_media(media="print")
    printed = page.locator(".story-page > .story").inner_text()
    assert printed.count("Its source.") == 1
    assert "In this story" not in printed
    page.locator("a.footnote-ref").first.wait_for()
    assert not page.locator(".note-call").first.is_visible()


def test_a_heading_is_a_link_to_itself_whose_sign_appears_with_the_focus(
    visit: Any, long_reads: str
) -> None:
    page = visit(long_reads, java_script_enabled=False).to(PLAIN)
    link = page.get_by_role("heading", name="Part 2", exact=True).get_by_role(
        "link", name="Part 2", exact=True
    )
    sign = "each => getComputedStyle(each, '::before').content"
    assert "#" not in link.evaluate(sign)
    page.locator(".contents a").last.focus()
    page.keyboard.press("Tab")
    assert "#" in page.locator(".heading-link").first.evaluate(sign)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#part-1"))


def test_a_line_at_the_top_shows_how_far_the_story_is_read(visit: Any, long_reads: str) -> None:
    page = visit(long_reads).to(PLAIN)
    width = (
        "parseFloat(getComputedStyle(document.querySelector('.story-body--long'),"
        " '::before').width)"
    )
    body = "document.querySelector('.story-body--long').getBoundingClientRect()"
    seen = []
    for place in (
        f"{body}.top",
        f"{body}.top + ({body}.height - innerHeight) / 2",
        f"{body}.bottom - innerHeight",
    ):
        page.evaluate(f"scrollBy(0, {place})")
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        seen.append(page.evaluate(width) / 1280)
    assert seen == pytest.approx([0, 0.5, 1], abs=0.02)
