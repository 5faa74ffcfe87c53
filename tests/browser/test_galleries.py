"""A gallery in the browser: rows, and pictures that open over the whole window, by mouse and by
keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.browser.waiting import wait_until
from tests.sample import Outlet

pytestmark = pytest.mark.browser

SIZES = {"a": (1500, 1000), "b": (800, 1200), "c": (1200, 800), "d": (900, 900)}
PICTURES = "\n".join(
    f'> ![Picture {name}.](photos/{name}.jpg){{caption="Caption {name}" credit="By {name}"}}'
    for name in SIZES
)
PAGE, ARABIC, STREAM = "2026/11/pictures/", "2026/11/arabic/", "2026/11/above/"
WORDS = "Words that take up some room. " * 60
PHONE = {"width": 360, "height": 740}
OPEN = ".gallery-large:popover-open"
WAYS = [{}, {"java_script_enabled": False}]
"""With a script, and without one."""


@pytest.fixture(scope="module")
def galleries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with a gallery of four pictures, one in Arabic, and a story above
    both.
    """
    outlet = Outlet(tmp_path_factory.mktemp("galleries"))
    for name, size in SIZES.items():
        outlet.photo(f"{name}.jpg", size=size)
    body = "\n\n".join([WORDS, f"> [!gallery] All of them\n{PICTURES}", WORDS, WORDS, WORDS])
    outlet.story("pictures", body=body, date="2026-11-02T09:00")
    outlet.story(
        "arabic", body=f"كلمات.\n\n> [!gallery]\n{PICTURES}", date="2026-11-01T09:00", lang="ar"
    )
    outlet.story("above", body="Words.", date="2026-11-03T09:00", related=["pictures"])
    with served(built(outlet.content, outlet.output)) as base:
        yield base


def focused(page: Any) -> Any:
    return page.locator(":focus")


def test_the_pictures_of_a_row_are_equally_high_and_fill_it(visit: Any, galleries: str) -> None:
    page = visit(galleries).to(PAGE)
    whole = page.locator(".gallery").bounding_box()
    rows = page.locator(".gallery-row").all()
    assert len(rows) >= 2
    for row in rows:
        boxes = [each.bounding_box() for each in row.locator("img").all()]
        assert max(box["height"] for box in boxes) - min(box["height"] for box in boxes) < 2
        assert boxes[0]["x"] == pytest.approx(whole["x"], abs=1)
        assert boxes[-1]["x"] + boxes[-1]["width"] == pytest.approx(
            whole["x"] + whole["width"], abs=1
        )


def test_a_picture_is_seen_while_the_pointer_is_on_it(visit: Any, galleries: str) -> None:
    page = visit(galleries).to(PAGE)
    page.locator(".gallery-open").first.hover()
    style = page.locator(".gallery-open").first.evaluate(
        "button => getComputedStyle(button).backgroundColor"
    )
    assert style == "rgba(0, 0, 0, 0)"


def test_on_a_phone_they_are_one_below_the_other(visit: Any, galleries: str) -> None:
    page = visit(galleries, viewport=PHONE).to(PAGE)
    boxes = [each.bounding_box() for each in page.locator(".gallery-row > figure").all()]
    assert all(one["y"] + one["height"] <= next_one["y"] for one, next_one in pairwise(boxes))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("way", WAYS)
def test_by_keyboard_a_picture_opens_and_closes_and_the_focus_returns(
    visit: Any, galleries: str, way: dict[str, Any]
) -> None:
    page = visit(galleries, **way).to(PAGE)
    button = page.get_by_role("button", name="Enlarge picture 2 of 4")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Picture 2 of 4")
    dialog.get_by_role("img", name="Picture b.").wait_for()
    assert "Caption b (By b)" in dialog.inner_text()
    assert focused(page).inner_text() == "Close"
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert focused(page).get_attribute("aria-label") == "Enlarge picture 2 of 4"


def test_a_large_picture_is_loaded_when_it_is_opened(visit: Any, galleries: str) -> None:
    # where scripts are not allowed, browsers load every picture at once
    page = visit(galleries).to(PAGE)
    page.locator(".gallery-open").last.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(300)
    assert asked == []
    with page.expect_request("**/photos/c-*"):
        page.get_by_role("button", name="Enlarge picture 3 of 4").click()
    page.wait_for_timeout(300)
    assert len(asked) == 1


@pytest.mark.parametrize("way", WAYS)
def test_buttons_lead_to_the_next_picture_and_back(
    visit: Any, galleries: str, way: dict[str, Any]
) -> None:
    page = visit(galleries, **way).to(PAGE)
    page.get_by_role("button", name="Enlarge picture 1 of 4").click()
    for number in (2, 3, 4):
        page.get_by_role("button", name="Next").click()
        page.get_by_role("dialog", name=f"Picture {number} of 4").wait_for()
    assert page.get_by_role("button", name="Next").count() == 0
    # without a script, the one before is still open below
    back = "Previous" if not way else "Close"
    page.locator(OPEN).last.get_by_role("button", name=back).click()
    page.get_by_role("dialog", name="Picture 3 of 4").wait_for()
    page.mouse.click(4, 300)
    assert page.locator(OPEN).count() == 0


def test_with_a_script_arrow_keys_lead_on_and_escape_closes_at_once(
    visit: Any, galleries: str
) -> None:
    for path, on, back in ((PAGE, "ArrowRight", "ArrowLeft"), (ARABIC, "ArrowLeft", "ArrowRight")):
        page = visit(galleries).to(path)
        page.locator(".gallery-open").first.click()
        for key, name in ((on, "b"), (on, "c"), (back, "b"), (back, "a"), (back, "a")):
            page.keyboard.press(key)
            assert page.locator(OPEN).count() == 1
            assert f"By {name}" in page.locator(OPEN).inner_text()
        page.keyboard.press("Escape")
        assert page.locator(OPEN).count() == 0


def test_nothing_behind_an_open_picture_is_reached(visit: Any, galleries: str) -> None:
    page = visit(galleries).to(PAGE)
    page.locator(".gallery-open").first.click()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body ||"
            " !!document.activeElement.closest('.gallery-large')"
        )


def test_a_large_picture_is_wholly_in_the_window(visit: Any, galleries: str) -> None:
    for size in ({"width": 1280, "height": 700}, PHONE, {"width": 740, "height": 360}):
        page = visit(galleries, viewport=size).to(PAGE)
        for number in range(len(SIZES)):
            page.locator(".gallery-open").nth(number).click()
            large = page.locator(OPEN)
            wait_until(page, "path => document.querySelector(path).naturalWidth", arg=f"{OPEN} img")
            boxes = [
                large.locator(part).first.bounding_box()
                for part in ("img", "figcaption", ".gallery-steps")
            ]
            for box in boxes:
                assert box["x"] >= 0
                assert box["y"] >= 0
                assert box["x"] + box["width"] <= size["width"]
                assert box["y"] + box["height"] <= size["height"]
            width, height = SIZES["abcd"[number]]
            assert boxes[0]["width"] / boxes[0]["height"] == pytest.approx(width / height, rel=0.03)
            page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 800}, {"width": 900, "height": 700}, PHONE]
)
def test_sizes_tell_the_truth(visit: Any, galleries: str, size: dict[str, int]) -> None:
    page = visit(galleries, viewport=size).to(PAGE)
    # The natural width of a picture that comes in several is the one that `sizes` says.
    widths = "image => [image.naturalWidth, image.clientWidth]"
    for number in range(len(SIZES)):
        picture = page.locator(".gallery-row img").nth(number)
        picture.scroll_into_view_if_needed()
        wait_until(
            page, "at => document.querySelectorAll('.gallery-row img')[at].naturalWidth", arg=number
        )
        said, shown = picture.evaluate(widths)
        assert said == pytest.approx(shown, rel=0.12)
    page.locator(".gallery-open").first.click()
    wait_until(page, "path => document.querySelector(path).naturalWidth", arg=f"{OPEN} img")
    said, shown = page.locator(f"{OPEN} img").evaluate(widths)
    assert shown <= said * 1.1
    assert said <= shown * 1.35


def test_below_another_story_its_pictures_open_too(visit: Any, galleries: str) -> None:
    page = visit(galleries, java_script_enabled=False).to(STREAM)
    page.locator(".stream .keep-reading summary").first.click()
    page.locator(".stream .gallery-open").nth(1).click()
    page.get_by_role("dialog", name="Picture 2 of 4").wait_for()


def test_a_browser_without_popovers_and_paper_have_the_pictures_alone(
    visit: Any, galleries: str
) -> None:
    trip = visit(galleries)

    def older(route: Any) -> None:
        answer = route.fetch()
        text = (
            answer.text()
            .replace("selector(:popover-open)", "selector(:unknown)")
            .replace(" popover ", " data-x ")
        )
        route.fulfill(response=answer, body=text)

    trip.context.route("**/*.css", older)
    trip.context.route("**/" + PAGE, older)
    page = trip.to(PAGE)
    assert page.locator(".gallery-row img:visible").count() == 4
    assert page.locator(".gallery button:visible").count() == 0
    assert page.locator(".gallery-large:visible").count() == 0
    printed = visit(galleries).to(PAGE)
    printed.emulate_media(media="print")
    assert printed.locator(".gallery-row img:visible").count() == 4
    assert printed.locator(".gallery button:visible").count() == 0
