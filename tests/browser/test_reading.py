"""What a reader does on a story page: opens and closes a text, follows a note, finds the latest
stories.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def closed(visit: Any, small: str) -> Any:
    """A story page without JavaScript, and the first story of its stream that is cut."""
    page = visit(small, java_script_enabled=False).to("2026/11/story-6/")
    return page, page.locator("section.stream details.keep-reading").first


def test_keep_reading_opens_and_closes_by_keyboard_without_javascript(closed: Any) -> None:
    page, details = closed
    summary, rest = details.locator("summary"), details.locator("p", has_text="Paragraph 8")
    assert not rest.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    rest.wait_for()
    page.keyboard.press("Space")
    assert not rest.is_visible()


def test_the_label_says_what_the_key_will_do(closed: Any) -> None:
    page, details = closed
    shown, hidden = (
        details.get_by_text("Keep reading", exact=True),
        details.get_by_text("Show less", exact=True),
    )
    assert (shown.is_visible(), hidden.is_visible()) == (True, False)
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert (shown.is_visible(), hidden.is_visible()) == (False, True)


def test_the_control_is_reached_by_tab_and_named_after_its_headline(closed: Any) -> None:
    page, _ = closed
    headline = page.locator("section.stream h2.headline a").first
    headline.focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    named = page.evaluate("document.activeElement.innerText")
    assert "Keep reading" in named
    assert headline.inner_text() in named


def test_a_note_of_a_stream_story_leads_into_that_story(closed: Any) -> None:
    page, details = closed
    details.locator("summary").click()
    reference = details.locator("a.footnote-ref")
    reference.click()
    target = page.url.partition("#")[2]
    details.locator(f"[id='{target}']").wait_for()
    assert page.locator(f"[id='{target}']").count() == 1


def test_old_pages_get_the_rails_by_script(visit: Any, small: str) -> None:
    page = visit(small).to("2026/11/story-4/")
    page.wait_for_selector(".rail[data-rail=latest] li a")
    listed = page.locator(".rail[data-rail=latest] li a").evaluate_all(
        "all => all.map(each => each.pathname)"
    )
    assert listed == [f"/2026/11/story-{day}/" for day in (6, 5, 3, 2)], (
        "and not the one that is read"
    )
    assert page.locator(".rail[data-rail=briefs] li a").inner_text() == "Headline of in-short"
    assert page.locator("a[data-rails]").count() == 0


def test_old_pages_link_to_the_latest_without_script(visit: Any, small: str) -> None:
    page = visit(small, java_script_enabled=False).to("2026/11/story-1/")
    link = page.locator("a[data-rails]")
    link.wait_for()
    link.click()
    page.wait_for_url(lambda url: url == f"{small}/latest/")


def test_new_pages_have_the_rails_baked_in(visit: Any, small: str) -> None:
    page = visit(small, java_script_enabled=False).to("2026/11/story-6/")
    assert page.locator(".rail[data-rail=latest] li").count() == 4
    assert page.locator("script[src*=rails]").count() == 0
