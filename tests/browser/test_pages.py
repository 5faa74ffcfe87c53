"""Every kind of page of the demo outlet: it fits a small phone, logs nothing, and loads nothing
from elsewhere.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser

PAGES = (
    "", "latest/", "sections/europe/", "sections/briefs/", "types/analysis/", "authors/", "authors/ilse-vandermeer/",
    "topics/", "archive/", "archive/2026/", "archive/2026/11/", "corrections/", "search/?q=cable", "about/",
    "newsletter/", "404.html", "2026/11/the-sea-floor-has-no-police/", "2026/11/thirty-years-at-farakka/",
    "2024/03/paraguay-owns-half-a-dam/",
)  # fmt: skip
WIDER = """() => [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !element.closest(".table, pre, .visually-hidden, .skip-link");
}).map(element => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_320_pixels_in_silence(visit: Any, demo: str, path: str) -> None:
    trip = visit(demo, viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = trip.to(path)
    if path.startswith("search"):
        page.locator(".search-results li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(WIDER)
    assert (trip.errors, trip.outside) == ([], [])
    assert page.locator("h1").count() == 1


def test_every_story_of_the_demo_fits_320_pixels(visit: Any, demo: str) -> None:
    page = visit(demo, viewport={"width": 320, "height": 640}, java_script_enabled=False).to(
        "archive/"
    )
    months = [
        link.get_attribute("href") for link in page.locator("main a[href^='/archive/2']").all()
    ]
    stories: set[str] = set()
    for month in filter(re.compile(r"/archive/\d+/\d+/").fullmatch, months):
        page.goto(demo + month)
        stories |= {
            link.get_attribute("href") for link in page.locator("article.teaser .headline a").all()
        }
    assert len(stories) > 40
    wide = {}
    for story in sorted(stories):
        page.goto(demo + story)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide[story] = page.evaluate(WIDER)
    assert wide == {}


@pytest.mark.parametrize("size", [(390, 844), (820, 1180), (1280, 800), (1920, 1080)])
def test_the_lead_of_the_front_page_is_named_on_the_first_screen(
    visit: Any, demo: str, size: tuple[int, int]
) -> None:
    page = visit(demo, viewport={"width": size[0], "height": size[1]}).to("")
    dek = page.locator(".lead-group > :first-child .dek").bounding_box()
    assert dek["y"] + dek["height"] < size[1]


LINES = """selector => [...document.querySelectorAll(selector)].filter(each => {
    const range = document.createRange(); range.selectNodeContents(each);
    const boxes = [...range.getClientRects()].filter(box => box.width), middle = box => (box.top + box.bottom) / 2;
    return boxes.some(box => Math.abs(middle(box) - middle(boxes[0])) > Math.min(box.height, boxes[0].height) / 2);
}).map(each => each.textContent)"""
"""What stands on more lines than one."""

EXTENT = """each => {
    const range = document.createRange(); range.selectNodeContents(each); return range.getBoundingClientRect();
}"""
"""Where the words of an element stand."""


def with_letters_of(page: Any, pixels: int) -> Any:
    """The page for a reader whose browser has letters of that size."""
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": pixels}}
    )
    return page


@pytest.mark.parametrize("path", ["", "about/"])
@pytest.mark.parametrize(
    ("letters", "widths"), [(16, (280, 320, 1440)), (24, (390,)), (32, (390,))]
)
def test_the_name_of_the_outlet_stands_on_one_line(
    visit: Any, demo: str, path: str, letters: int, widths: tuple[int, ...]
) -> None:
    trip = visit(demo)
    with_letters_of(trip.page, letters)
    page = trip.to(path)
    name, button = page.locator(".masthead-name a"), page.locator(".masthead button")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(LINES, ".masthead-name") == [], width
        if button.is_visible():
            text, box = name.evaluate(EXTENT), button.bounding_box()
            assert text["right"] <= box["x"] or text["bottom"] <= box["y"], (
                "the drawer is beside it or below"
            )


@pytest.mark.parametrize(("letters", "width"), [(16, 280), (16, 360), (32, 390)])
@pytest.mark.parametrize("path", ["", "about/"])
def test_the_drawer_of_a_phone_opens_and_closes_without_a_script(
    visit: Any, demo: str, path: str, letters: int, width: int
) -> None:
    trip = visit(demo, viewport={"width": width, "height": 740}, java_script_enabled=False)
    with_letters_of(trip.page, letters)
    page = trip.to(path)
    button, sections = page.locator(".masthead button"), page.locator(".sections li a")
    assert sections.count() > 5
    for closing in ("Escape", "the button", "elsewhere"):
        assert not any(each.is_visible() for each in sections.all())
        button.click()
        for each in sections.all():
            each.click(trial=True)  # which fails where something else is above it
        if closing == "Escape":
            page.keyboard.press("Escape")
        elif closing == "the button":
            button.click()
        else:
            page.mouse.click(width - 2, page.locator(".masthead-name").bounding_box()["y"] + 2)
    assert not any(each.is_visible() for each in sections.all())
    page.set_viewport_size({"width": 800, "height": 740})
    assert not button.is_visible() or letters > 16
    page.set_viewport_size({"width": 1600, "height": 740})
    assert (button.is_visible(), all(each.is_visible() for each in sections.all())) == (False, True)


def test_a_menu_of_many_entries_fits_a_phone_and_its_highlight_stands_out(
    visit: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outlet = Outlet(tmp_path_factory.mktemp("menu"))
    outlet.story("a")
    entries = [(f"An entry with {number} words", "https://example.org/") for number in range(17)]
    menu = ["sections", *entries, ("Unterstützungsmöglichkeiten", "/latest/", "highlight")]
    settings = {
        "MENUITEMS": menu,
        "LINKS": entries[:6],
        "FOOTER_LINKS": [("One", entries), ("Two", entries[:2])],
    }
    settings["SUPPORT"] = None
    with served(built(outlet.content, outlet.output, **settings)) as base:
        trip = visit(base, viewport={"width": 360, "height": 740}, java_script_enabled=False)
        for path in ("", "latest/"):
            page = trip.to(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.evaluate(
                WIDER
            )
            assert page.locator(".masthead").bounding_box()["height"] <= 64
            page.get_by_role("button", name="Menu").click()
            links = page.locator(".sections li a")
            assert links.count() == 3 + 17 + 1
            for each in links.all():
                each.click(trial=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.evaluate(
                WIDER
            )
        page.set_viewport_size({"width": 1280, "height": 740})
        last = page.locator(".sections li").last
        assert last.inner_text() == "Unterstützungsmöglichkeiten"
        assert page.locator(".sections [aria-current]").all_inner_texts() == [
            "Unterstützungsmöglichkeiten"
        ]
        colours = last.locator("a").evaluate(
            "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(158, 21, 18)"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_phone_a_kicker_is_on_one_line_and_on_a_smaller_one_that_of_a_story_in_one_section(
    visit: Any, demo: str
) -> None:
    page = visit(demo, faces=True, viewport={"width": 360, "height": 740}).to("latest/")
    assert page.evaluate(LINES, ".kicker") == []
    page.set_viewport_size({"width": 320, "height": 740})
    torn = page.evaluate(LINES, ".kicker")
    assert 0 < len(torn) < page.locator(".kicker").count() / 4
    assert {each.count(",") for each in torn} == {1}


def test_on_a_phone_without_the_faces_a_kicker_of_one_section_is_on_one_line(
    visit: Any, demo: str
) -> None:
    page = visit(demo, faces=False, viewport={"width": 360, "height": 740}).to("latest/")
    assert [each for each in page.evaluate(LINES, ".kicker") if "," not in each] == []


@pytest.mark.parametrize("faces", [True, False])
def test_no_line_of_a_kicker_begins_with_a_bar(visit: Any, demo: str, faces: bool) -> None:
    page = visit(demo, faces=faces, viewport={"width": 280, "height": 740}).to("latest/")
    seen = page.evaluate("""() => [...document.querySelectorAll(".kicker > a + span")].map(each => {
        const bar = document.createRange(), kicker = each.parentElement;
        bar.setStart(each.firstChild, 0); bar.setEnd(each.firstChild, 1);
        const first = each.offsetTop > each.previousElementSibling.offsetTop + 12;
        return [first, bar.getBoundingClientRect().right > kicker.getBoundingClientRect().left];
    })""")
    assert {tuple(each) for each in seen} == {(False, True), (True, False)}


@pytest.mark.parametrize(
    "path", ["", "latest/", "types/opinion/", "2026/11/the-sea-floor-has-no-police/"]
)
def test_no_section_is_torn_and_no_bar_or_dot_is_left_behind(
    visit: Any, demo: str, path: str
) -> None:
    page = visit(demo).to(path)
    assert page.locator(".kicker span").count() > 0
    for width in (320, 820, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(LINES, ".kicker span, .byline span, .dateline > *") == [], width
    ends = page.evaluate(
        """() => [...document.querySelectorAll(".kicker")].map(each =>
        [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data))"""
    )
    assert {"".join(each).strip() for each in ends} == {""}, (
        "all but spaces stands in what is not torn"
    )


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_byline_with_its_face_is_directly_below_the_dek(
    visit: Any, demo: str, width: int
) -> None:
    page = visit(demo, viewport={"width": width, "height": 900}).to(
        "2026/11/the-sea-floor-has-no-police/"
    )
    dek, face, byline, text = (
        page.locator(f".story-page > .story {part}").first.bounding_box()
        for part in (".dek", ".byline-faces img", ".byline", ".story-body > p")
    )
    assert dek["y"] + dek["height"] <= face["y"] <= byline["y"] + byline["height"] <= text["y"]
    assert face["y"] - dek["y"] - dek["height"] < 60
    assert face["x"] == pytest.approx(dek["x"], abs=1)
    if width < 1248:
        assert face["x"] + face["width"] <= byline["x"]
    else:
        assert face["y"] + face["height"] <= byline["y"], "in the margin, one below the other"


def test_no_line_of_a_dateline_begins_with_a_dot(visit: Any, demo: str) -> None:
    page = visit(demo, viewport={"width": 280, "height": 740}).to(
        "2026/11/the-sea-floor-has-no-police/"
    )
    lefts = page.evaluate(
        """() => { const line = document.querySelector(".story-meta .dateline"), top = line.firstElementChild.offsetTop;
        return [...line.children].filter(each => each.offsetTop > top + 12).map(each => { const range = document.createRange();
            range.selectNodeContents(each); return range.getBoundingClientRect().left - line.getBoundingClientRect().left; }); }"""
    )
    assert lefts, "it has more lines than one"
    assert min(lefts) == pytest.approx(0, abs=1.5)


@pytest.mark.parametrize(
    ("width", "part"), [(820, ".teaser--feature"), (1024, ".newest-stories .teaser")]
)
def test_text_beside_a_picture_has_room(visit: Any, demo: str, width: int, part: str) -> None:
    page = visit(demo, viewport={"width": width, "height": 800}).to("")
    widths = page.evaluate(
        "part => [...document.querySelectorAll(`${part}:has(.teaser-photo) .teaser-text`)].map(each"
        " => each.offsetWidth)",
        part,
    )
    assert min(widths) > 240


def test_a_page_that_is_not_there_leads_to_a_search(visit: Any, demo: str) -> None:
    trip = visit(demo)
    page = trip.to("404.html")
    page.get_by_label("Search Halyard").fill("cable")
    page.get_by_role("button", name="Search").click()
    page.locator(".search-results li").first.wait_for()
    page.wait_for_url(lambda url: url == f"{demo}/search/?q=cable")
    assert (trip.errors, trip.outside) == ([], [])


def test_large_letters_leave_room_to_type_a_search(visit: Any, demo: str) -> None:
    trip = visit(demo, viewport={"width": 390, "height": 800})
    with_letters_of(trip.page, 32)
    box = trip.to("search/").get_by_role("searchbox").bounding_box()
    assert box["width"] > 280
