"""How somebody at another outlet takes a story along: by a button, by hand without script, and
where the browser says no.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.conftest import BUDGETS

pytestmark = pytest.mark.browser

PAGE = "2026/11/story-6/republish/"
REFUSE = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"


def test_one_press_copies_the_html_as_it_stands(visit: Any, small: str) -> None:
    trip = visit(small, permissions=["clipboard-read", "clipboard-write"])
    page = trip.to(PAGE)
    for field, label in (("copy-html", "Copy HTML"), ("copy-text", "Copy Plain text")):
        page.get_by_role("button", name=label).click()
        page.locator(f"div:has(> #{field}) [role=status]", has_text="Copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(f"#{field}").input_value()
        assert "Paragraph 8 of a text that goes on" in copied
    assert trip.errors == []


def test_where_the_clipboard_is_refused_the_old_way_copies(visit: Any, small: str) -> None:
    page = visit(small, permissions=["clipboard-read"]).to(PAGE)
    page.evaluate(REFUSE)
    page.get_by_role("button", name="Copy Plain text").click()
    page.get_by_text("Copied.").wait_for()
    assert (
        page.evaluate("navigator.clipboard.readText()") == page.locator("#copy-text").input_value()
    )


def test_where_nothing_copies_the_text_is_selected_and_that_is_said(visit: Any, small: str) -> None:
    page = visit(small).to(PAGE)
    page.evaluate(REFUSE)
    page.evaluate("() => { document.execCommand = () => false; }")
    page.get_by_role("button", name="Copy HTML").click()
    page.get_by_text("It is selected: copy it with your keyboard.").wait_for()
    field = page.locator("#copy-html")
    assert field.evaluate("each => each.selectionEnd - each.selectionStart === each.value.length")


def test_without_javascript_the_field_is_selected_and_copied_by_hand(
    visit: Any, small: str
) -> None:
    trip = visit(
        small, java_script_enabled=False, permissions=["clipboard-read", "clipboard-write"]
    )
    page = trip.to(PAGE)
    buttons = page.locator("main button")
    assert buttons.count() == 3
    assert not any(button.is_visible() for button in buttons.all())
    page.locator("#copy-html").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+c")
    page.keyboard.type("x")  # it cannot be spoilt by hand
    value = page.locator("#copy-html").input_value()
    assert value.startswith("<article")
    other = visit(small, permissions=["clipboard-read"]).to(PAGE)
    assert other.evaluate("navigator.clipboard.readText()") == value


def test_the_script_keeps_to_the_content_security_policy(visit: Any, small: str) -> None:
    trip = visit(small, permissions=["clipboard-write"])

    def guarded(route: Any) -> None:
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": BUDGETS["policy"]["page"]}
        route.fulfill(response=answer, headers=headers)

    trip.context.route(f"{small}/{PAGE}", guarded)
    page = trip.to(PAGE)
    page.get_by_role("button", name="Copy HTML").click()
    page.get_by_text("Copied.").wait_for()
    assert trip.errors == []


def test_the_way_there_is_at_the_foot_of_the_story(visit: Any, small: str) -> None:
    page = visit(small).to("2026/11/story-6/")
    page.get_by_role("link", name="Republish this story").first.click()
    page.wait_for_url(lambda url: url.endswith(PAGE))
    page.locator(".republish .headline a").click()
    page.wait_for_url(lambda url: url.endswith("2026/11/story-6/"))
