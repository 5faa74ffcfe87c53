"""The pages of an outlet that has only begun: few stories, some without a photo, and none in a
section.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import HARBOUR, Outlet

pytestmark = pytest.mark.browser
WIDTHS = {360: 740, 1280: 900, 1920: 1080}
DEK = (
    "In the north the haulage season is measured with a drill, and each winter the drill goes less"
    " deep."
)
LONG_DEK = f"{DEK} Then the trucks wait, and with them the towns that they supply."
FRONTS = (
    "p",
    "-",
    "pp",
    "--",
    "-p",
    "p-",
    "ppp",
    "-pp",
    "p-p",
    "pppp",
    "ppppp",
    "-----",
    "-pppp",
    "p-p-p",
)
"""The stories of an outlet, the newest first: p has a photo."""
HOLE = """() => {
    const main = document.querySelector("main"), style = getComputedStyle(main), room = main.getBoundingClientRect();
    const start = room.left + parseFloat(style.paddingLeft), third = (room.right - parseFloat(style.paddingRight) - start) / 3;
    const boxes = [...main.querySelectorAll("h1, h2, h3, p, li, img, figcaption, form, .opinion-strip-letter")].map(
        each => each.getBoundingClientRect()).filter(box => box.width > 1).sort((one, other) => one.top - other.top);
    const bottom = Math.max(...boxes.map(box => box.bottom));
    return Math.max(...[0, 1, 2].map(number => {
        const left = start + number * third;
        let seen = room.top, hole = 0;
        for (const box of boxes)
            if (Math.min(box.right, left + third) - Math.max(box.left, left) > third / 4) {
                hole = Math.max(hole, box.top - seen);
                seen = Math.max(seen, box.bottom);
            }
        return Math.max(hole, bottom - seen);
    }));
}"""
"""The height of the tallest place in a third of the page that has neither text nor picture above
what comes last.
"""
MOST = 300


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Gives the address of an outlet with stories as FRONTS describes them, which is built when it
    is first asked for.
    """
    made: dict[str, str] = {}
    with ExitStack() as servers:

        def address(kinds: str) -> str:
            if kinds not in made:
                outlet = Outlet(tmp_path_factory.mktemp("few"))
                outlet.photo(size=(480, 320))
                for day, kind in zip(range(24, 0, -1), kinds, strict=False):
                    photo = HARBOUR if kind == "p" else {}
                    outlet.story(
                        f"s{day}",
                        title="The ice road waits",
                        dek=DEK,
                        date=f"2026-11-{day:02}T09:00",
                        **photo,
                    )
                made[kinds] = servers.enter_context(served(built(outlet.content, outlet.output)))
            return made[kinds]

        yield address


@pytest.mark.parametrize("kinds", FRONTS)
def test_a_front_page_of_few_stories_has_no_hole(
    visit: Any, front: Callable[[str], str], kinds: str
) -> None:
    page = visit(front(kinds)).to("")
    assert page.locator(".teaser").count() == len(kinds)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(HOLE) < MOST, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kinds", ["p", "ppppp"])
def test_a_section_without_stories_has_no_hole(
    visit: Any, front: Callable[[str], str], kinds: str
) -> None:
    page = visit(front(kinds)).to("sections/asia/")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(HOLE) < MOST, width


NAMES = ("Europe", "Asia", "Africa", "Economy")
SHOWN = """() => [...document.querySelectorAll("main .teaser .headline a, main .rail li a")].map(each => each.href)"""


@pytest.mark.parametrize("kinds", ["p", "-", "p-", "pp-"])
def test_a_front_page_of_fifty_stories_has_no_hole_and_none_of_them_twice(
    visit: Any, tmp_path_factory: pytest.TempPathFactory, kinds: str
) -> None:
    """In sections that have some five to twenty stories each, all of them with photos, none or
    some; two are not there at all.
    """
    outlet = Outlet(tmp_path_factory.mktemp("fifty"))
    outlet.photo(size=(1600, 1067))
    outlet.write(
        "sections.yml",
        "".join(f"- name: {name}\n" for name in NAMES) + "- name: Briefs\n  rail: briefs\n",
    )
    for number in range(3):
        outlet.author(f"Writer {number}")
    for number in range(50):
        photo = HARBOUR if kinds[number % len(kinds)] == "p" else {}
        sections = [NAMES[number % 9 % 4], *(["Briefs"] if number % 7 == 0 else [])]
        given = {
            "type": "Opinion" if number % 5 == 0 else "Analysis",
            "author": f"Writer {number % 3}",
        }
        date = f"2026-{1 + number // 5:02}-{1 + number % 5:02}T09:00"
        outlet.story(f"s{number}", dek=DEK, sections=sections, date=date, **given, **photo)
    with served(built(outlet.content, outlet.output)) as base:
        page = visit(base).to("")
        links = page.evaluate(SHOWN)
        assert len(links) == len(set(links)) > 20
        blocks = page.locator(".section-block")
        layouts = [
            each.split("--")[1]
            for each in blocks.evaluate_all("all => all.map(each => each.className)")
        ]
        assert len(layouts) == 4
        assert all(one != other for one, other in itertools.pairwise(layouts))
        assert page.locator(".opinion-strip .teaser").count() == 3
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(HOLE) < MOST, width
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_blocks_of_every_kind_leave_no_hole(
    visit: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outlet = Outlet(tmp_path_factory.mktemp("blocks"))
    outlet.photo(size=(1600, 1067))
    for number in range(3):
        outlet.author(f"Writer {number}")
    for number in range(1, 29):
        photo = HARBOUR if number % 3 else {}
        kind = "Opinion" if number % 6 == 0 else "Analysis"
        section = "Briefs" if number % 8 == 0 else ("Europe", "Asia")[number % 2]
        date = f"2026-10-{number:02}T09:00"
        given: dict[str, Any] = {
            "section": section,
            "type": kind,
            "author": f"Writer {number // 6 % 3}",
            "topics": ["Ice"],
        }
        outlet.story(f"s{number}", dek=DEK, date=date, **given, **photo)
    outlet.write("front_page.yml", BLOCKS)
    with served(built(outlet.content, outlet.output)) as base:
        page = visit(base).to("")
        parts = (
            "main > :is(.newsletter, .front-letter, .front-briefs, .front, .newest, .opinion-strip,"
            " .section-block)"
        )
        order = page.locator(parts).evaluate_all("all => all.map(each => each.className)")
        assert [name.split(" ")[-1].split("--")[-1] for name in order] == [
            "front-letter", "front", "trio", "opinion-strip", "newest", "front-briefs", "wide", "feature"
        ]  # fmt: skip
        links = page.evaluate(SHOWN)
        assert len(links) == len(set(links))
        assert page.get_by_role("heading", name="On the ice").count() == 1
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(HOLE) < MOST, width
            assert page.evaluate("document.documentElement.scrollWidth") <= width


BLOCKS = """
slots:
  - {slot: lead, story: s3}
blocks:
  - block: newsletter
  - block: lead
  - {block: trio, topic: ice, title: On the ice}
  - block: opinion
  - {block: latest, stories: 4}
  - block: briefs
  - {block: wide, section: Asia, stories: 3}
  - block: sections
"""


def test_rails_are_beside_the_newest_only_if_these_are_as_long(
    visit: Any, front: Callable[[str], str]
) -> None:
    for kinds, beside in (("p" * 7, False), ("p" * 8, True)):
        page = visit(front(kinds)).to("")
        newest, box = (
            page.locator(part).bounding_box() for part in (".newest-stories", ".newsletter")
        )
        assert (box["x"] > newest["x"] + newest["width"]) == beside


def test_a_section_with_one_story_on_the_front_page_fills_its_band(
    visit: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outlet = Outlet(tmp_path_factory.mktemp("band"))
    for day in range(1, 17):
        section = "Asia" if day == 1 else "Europe"
        outlet.story(f"s{day}", dek=DEK, section=section, date=f"2026-11-{day:02}T09:00")
    with served(built(outlet.content, outlet.output)) as base:
        page = visit(base).to("")
        band, story = (
            page.locator(part).bounding_box()
            for part in (".section-block--wide", ".section-block--wide .teaser")
        )
    assert story["x"] + story["width"] == pytest.approx(band["x"] + band["width"], abs=1)


@pytest.mark.parametrize("shape", [(1600, 1067), (1600, 900)], ids=str)
def test_the_lead_is_as_sharp_as_its_box_after_the_cut(
    visit: Any, tmp_path_factory: pytest.TempPathFactory, shape: tuple[int, int]
) -> None:
    """A box that is taller than its picture shows a part of it, enlarged: the file must be wider
    than the box.
    """
    outlet = Outlet(tmp_path_factory.mktemp("sharp"))
    outlet.photo(size=shape)
    for day, dek in ((22, LONG_DEK), (23, LONG_DEK), (24, DEK)):
        outlet.story(
            f"s{day}",
            title="The ice road waits",
            dek=dek,
            date=f"2026-11-{day:02}T09:00",
            **HARBOUR,
        )
    with served(built(outlet.content, outlet.output)) as base:
        for width, pixels in (
            (360, 1),
            (360, 2),
            (768, 1),
            (960, 1),
            (1120, 1),
            (1280, 1),
            (1440, 1),
            (1920, 1),
        ):
            page = visit(
                base, viewport={"width": width, "height": 900}, device_scale_factor=pixels
            ).to("")
            box = page.locator(".lead-group > :first-child img").bounding_box()
            needed = max(box["width"], box["height"] * shape[0] / shape[1]) * pixels
            chosen = page.evaluate(
                "+document.querySelector('.lead-group > :first-child"
                " img').currentSrc.match(/-(\\d+)[.]/)[1]"
            )
            assert chosen >= min(int(needed), 1600), (width, pixels)
