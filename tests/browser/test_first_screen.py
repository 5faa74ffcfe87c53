"""What stands on the first screen of a front page, a section and a story, whatever leads it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from broadside.plugins.styleguide.command.stage import Stage
from tests.browser.conftest import built, served
from tests.sample import HARBOUR, Outlet

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
DEK = (
    "Europe has spent three years asking who breaks the cables and has yet to settle what should"
    " happen to anyone who does."
)
PHOTO = HARBOUR | {"caption": "A cable ship at work."}
LEADS: dict[str, dict[str, Any]] = {
    "Long": PHOTO | {"title": Stage.forty_words},
    "Photo": PHOTO,
    "Opinion": {"type": "Opinion"},
    "Bare": {},
    "Tall": PHOTO | {"photo": "photos/tall.jpg"},
}
"""What leads the section of that name."""
HEADLINES = """() => [...document.querySelectorAll("main .teaser[data-slug] :is(h2, h3).headline a")].filter(
    each => each.getBoundingClientRect().bottom <= innerHeight).length"""
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4")].map(each => +each.tagName[1])"""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with five sections, each of which has another kind of lead."""
    made = Outlet(tmp_path_factory.mktemp("first"))
    made.photo(size=(1600, 1067))
    made.photo("tall.jpg", size=(1000, 1400))
    made.write("sections.yml", "".join(f"- name: {name}\n  description: {DEK}\n" for name in LEADS))
    for number, (name, given) in enumerate(LEADS.items()):
        for day in range(1, 7):
            told = given if day == 6 else PHOTO if day % 2 else {}
            made.story(
                f"{name.lower()}-{day}",
                body="\n\n".join(
                    [
                        "The ferry sails at six, full or empty, and has done so since the treaty. "
                        * 4
                    ]
                    * 9
                ),
                date=f"2026-11-{day + number:02}T09:00",
                section=name,
                **({"title": "The lights that belong to nobody at all", "dek": DEK} | told),
            )
    made.story(
        "wide", title="Wide", date="2026-10-01T09:00", section="Photo", opening="wide", **PHOTO
    )
    made.write("front_page.yml", "slots:\n  - {slot: lead, story: photo-6}\n")
    with served(built(made.content, made.output, SITENAME="Halyard")) as base:
        yield base


@pytest.mark.parametrize("path", ["", *(f"sections/{name.lower()}/" for name in LEADS)])
def test_a_front_has_five_headlines_on_the_first_screen_and_its_lead_keeps_its_shape(
    visit: Any, outlet: str, path: str
) -> None:
    page = visit(outlet, viewport=DESK).to(path)
    assert page.evaluate(HEADLINES) >= 5
    levels = page.evaluate(LEVELS)
    assert (levels.count(1), levels[0]) == (1, 1)
    assert all(later - level < 2 for level, later in itertools.pairwise(levels)), (
        "no level is left out"
    )
    for picture in page.locator(".teaser--lead img").all()[:1]:
        box = picture.bounding_box()
        shapes = (16 / 9, 3 / 2, 4 / 5)
        assert min(abs(box["width"] / box["height"] - shape) for shape in shapes) < 0.02
        assert picture.evaluate("each => getComputedStyle(each).objectFit") == "cover"
    size = (
        "document.querySelector('{}') &&"
        " parseFloat(getComputedStyle(document.querySelector('{}')).fontSize)"
    )
    if path:
        name, lead = (
            page.evaluate(size.format(part, part))
            for part in (".index-title", ".teaser--lead .headline")
        )
        assert name <= 0.75 * lead, "a label, not a second headline"


@pytest.mark.parametrize("size", [DESK, {"width": 1920, "height": 1080}, PHONE], ids=str)
def test_the_head_leaves_the_screen_to_the_stories(
    visit: Any, outlet: str, size: dict[str, int]
) -> None:
    most = 64 if size == PHONE else 150
    for path in ("", "sections/photo/", "2026/11/photo-6/"):
        page = visit(outlet, viewport=size).to(path)
        assert page.locator(".masthead").bounding_box()["height"] <= most
        assert (
            page.evaluate(
                "parseFloat(getComputedStyle(document.querySelector('.masthead-name')).fontSize)"
            )
            <= 80
        )
        page.get_by_role("link", name="Search").first.wait_for()
    if size == PHONE:
        assert (
            page.evaluate("document.querySelector('.follow, .utility')?.checkVisibility() ?? false")
            is False
        )


def test_a_front_has_three_headlines_on_the_first_screen_of_a_phone(
    visit: Any, outlet: str
) -> None:
    assert visit(outlet, viewport=PHONE).to("").evaluate(HEADLINES) >= 3


@pytest.mark.parametrize("size", [DESK, PHONE], ids=str)
@pytest.mark.parametrize("slug", ["photo-6", "tall-6", "bare-6", "opinion-6"])
def test_a_story_begins_on_the_first_screen(
    visit: Any, outlet: str, size: dict[str, int], slug: str
) -> None:
    day = f"2026/11/{slug}/"
    page = visit(outlet, viewport=size).to(day)
    parts = [
        ".headline",
        ".dek",
        ".byline",
        *([".photo--lead img"] if page.locator(".photo--lead").count() else []),
    ]
    for part in parts:
        box = page.locator(f".story-page > .story {part}").first.bounding_box()
        assert box["y"] + box["height"] <= size["height"], part
    assert (
        page.locator(".story-main > .story-body > p").first.bounding_box()["y"]
        <= size["height"] + 36
    )
    if ".photo--lead img" in parts:
        picture, line = (
            page.locator(f".photo--lead {part}").bounding_box() for part in ("img", "figcaption")
        )
        assert line["y"] >= picture["y"] + picture["height"] - 1
        assert page.get_by_text("A cable ship at work.").count() == 1, (
            "neither below the text nor in Read next"
        )
        if slug == "tall-6":
            assert picture["height"] <= size["height"] / 2


def test_a_picture_worth_a_screen_is_as_wide_as_the_window(visit: Any, outlet: str) -> None:
    page = visit(outlet, viewport=DESK).to("2026/10/wide/")
    picture, head = (
        page.locator(part).first.bounding_box() for part in (".photo--lead img", "h1.headline")
    )
    assert (picture["x"], picture["width"]) == (0, DESK["width"])
    assert head["y"] < picture["y"] + picture["height"] <= head["y"] + head["height"] + 24, (
        "the headline is on a card over it"
    )
