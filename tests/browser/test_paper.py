"""What a printer puts on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_paper_has_the_whole_story_with_its_credit_and_address_and_nothing_else(
    story: Any, awkward: str
) -> None:
    opened = "[...document.querySelectorAll('details')].filter(each => each.open).length"
    story.emulate_media(media="print")
    story.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert story.evaluate(opened) == 0
    printed = story.evaluate("document.body.innerText")
    for words in (
        "Salt",
        "Dek of headed.",
        "By Ana Pereira",
        "Paragraph 1 says",
        "The last sentence, on brine.",
    ):
        assert printed.count(words) == 1, words
    assert "The harbour (Photo by A. Person/Agency)" in printed
    assert re.search(r"^https?://\S+/2026/11/headed/$", printed, re.M)
    for words in (
        "Skip to content",
        "Follow us",
        "Asia",
        "Read next",
        "Keep reading",
        "Latest",
        "Sign up",
        "tides",
        "Share",
        "Archive",
        "©",
    ):
        assert words not in printed, words
    for width in (700, 1100):
        story.set_viewport_size({"width": width, "height": 1000})
        assert story.locator(".photo--lead img").bounding_box()["height"] < 341, (
            "9 cm, on wide paper too"
        )
    assert story.pdf()[:5] == b"%PDF-"


def test_paper_has_lines_that_an_eye_can_follow_and_cuts_none(visit: Any, awkward: str) -> None:
    page = visit(awkward, viewport={"width": 700, "height": 1000}).to("2026/11/code/")
    page.emulate_media(media="print")
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(each => each.scrollWidth >"
        " each.clientWidth + 1 && each.clientWidth && !each.closest('.visually-hidden')).map(each"
        " => each.outerHTML.slice(0, 90))"
    )
    assert wide == []
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".story-page > .story .table:last-child td:not(:last-child)")]
        .map(each => { const range = document.createRange(); range.selectNodeContents(each); return range.getClientRects().length; })"""
    )
    assert lines == [1, 1, 1, 1], "words and years beside long remarks are not broken"
    width, size, bio = page.evaluate(
        """() => { const [text, bio] = [".story-body > p", ".author-bio p:last-child"]
        .map(each => document.querySelector(each)), size = each => parseFloat(getComputedStyle(each).fontSize);
        return [text.offsetWidth, size(text), size(bio)]; }"""
    )
    assert width <= 530, "14 cm"
    assert bio < size
    for part in (".story-header", ".author-bio", ".story-filed"):
        assert (
            page.locator(part).first.evaluate("each => getComputedStyle(each).breakInside")
            == "avoid"
        ), part


def test_a_note_on_paper_has_no_arrow_to_click(visit: Any, small: str) -> None:
    page = visit(small, viewport={"width": 1000, "height": 900}).to("2026/11/story-1/")
    arrow = page.locator(".footnote-backref").first
    arrow.wait_for()
    page.emulate_media(media="print")
    assert not arrow.is_visible()
    page.locator(".footnotes").first.wait_for()


def test_a_break_stands_in_the_middle_of_its_paper(visit: Any, awkward: str) -> None:
    page = visit(awkward, viewport={"width": 700, "height": 1000}).to("2026/11/code/")
    page.emulate_media(media="print")
    rule, text = (
        page.locator(f".story-main > .story-body > {part}").first.bounding_box()
        for part in ("hr", "p")
    )
    assert rule["x"] + rule["width"] / 2 == pytest.approx(text["x"] + text["width"] / 2, abs=1)
    gap = (
        "document.querySelector('hr').getBoundingClientRect().top -"
        " document.querySelector('hr').previousElementSibling"
    )
    assert page.evaluate(f"{gap}.getBoundingClientRect().bottom") > 20


def test_terms_on_paper_have_no_button_and_a_field_stays_with_its_label(
    visit: Any, small: str
) -> None:
    page = visit(small).to("2026/11/story-1/republish/")
    button = page.get_by_role("button", name="Copy").first
    button.wait_for()
    page.emulate_media(media="print")
    assert not button.is_visible()
    assert (
        page.locator(".copy-field").first.evaluate("each => getComputedStyle(each).breakInside")
        == "avoid"
    )
