"""What a reader may rely on, on an outlet with awkward stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.awkward import PAGES, STORY, TALL, WIDE
from tests.browser.conftest import Visit
from tests.browser.waiting import wait_until
from tests.conftest import FLAGS
from tools.suites import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def keeping(browser: Any) -> Iterator[Any]:
    """Chromium as readers have it: it keeps a page that one leaves for the way back."""
    kept_out = ["--disable-back-forward-cache"]
    with_cache = browser.browser_type.launch(
        executable_path=chromium(), args=list(FLAGS), ignore_default_args=kept_out
    )
    yield with_cache
    with_cache.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(visit: Any, awkward: str, path: str) -> None:
    page = visit(awkward).to(path)
    for width in (320, 375, 768, 1120, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_are_an_outline(story: Any) -> None:
    outline = story.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(each => [+each.tagName[1],"
        " each.textContent])"
    )
    levels = [level for level, _ in outline]
    assert outline[0] == [1, "Salt"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [2, "Of salt"] in outline, "an author's heading on the story's own page"
    assert [3, "Of salt"] in outline, "and beneath its headline in a stream"
    assert story.locator(".stream > .story > h2.headline").count() == 3


@pytest.mark.parametrize("path", ["", STORY, "latest/"])
def test_landmarks_have_names_of_their_own(visit: Any, awkward: str, path: str) -> None:
    tree = visit(awkward).to(path).locator("body").aria_snapshot()
    assert [tree.count(f"- {role}:") for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    for role in ("navigation", "complementary", "region", "form"):
        names = re.findall(rf"- {role}(?: \"([^\"]*)\")?", tree)
        assert all(names), (role, names)
        assert len(set(names)) == len(names), (role, names)


def test_the_first_key_offers_to_skip_to_the_text(story: Any) -> None:
    link = story.locator(".skip-link")
    assert (
        story.evaluate("document.querySelector('.skip-link').getBoundingClientRect().bottom") <= 0
    )
    story.keyboard.press("Tab")
    assert story.evaluate("document.activeElement.className") == "skip-link"
    assert story.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    assert link.inner_text() == "Skip to content"
    story.keyboard.press("Enter")
    story.wait_for_url(lambda url: url.endswith("#main"))
    story.keyboard.press("Tab")
    assert story.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", STORY])
def test_one_sees_where_the_keyboard_is(visit: Any, awkward: str, path: str, scheme: str) -> None:
    page = visit(awkward, color_scheme=scheme).to(path)
    seen = 0
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const each = document.activeElement; if (each === document.body) return null;
            const style = getComputedStyle(each), box = each.getBoundingClientRect();
            return [each.outerHTML.slice(0, 90), style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
                getComputedStyle(document.body).backgroundColor, box.bottom > 0 && box.top < innerHeight]; }"""
        )
        if found is None:
            break
        seen += 1
        html, style, width, colour, paper, shown = found
        assert style == "solid", html
        assert width >= 2, html
        assert colour != paper, html
        assert shown, html
    assert seen > 20


def test_a_drop_cap_stands_beside_a_long_opening_and_not_beside_a_salutation_nor_below_others(
    visit: Any, awkward: str
) -> None:
    size = (
        "text => parseFloat(getComputedStyle(text.querySelector('p'),"
        " '::first-letter').initialLetter) || 0"
    )
    opening, letter = (visit(awkward).to(f"2026/11/{slug}/") for slug in ("opening", "letter"))
    assert [page.locator(".story-body").first.evaluate(size) for page in (opening, letter)] == [
        3,
        0,
    ]
    below = opening.locator(".stream [data-slug=letter] .story-body")
    assert below.locator("> p").count() > 8, "it is there whole"
    assert below.evaluate(size) == 0


def test_a_wide_table_and_a_pull_quote_take_the_room_beside_the_column(
    visit: Any, awkward: str
) -> None:
    page = visit(awkward).to("2026/11/letter/")
    column = page.locator(".story-body > p").last.bounding_box()["width"]
    for part in (".pullquote", ".table"):
        assert page.locator(f".story-body > {part}").bounding_box()["width"] > column + 50, part
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize(("slug", "edge"), [("opening", "right"), ("arabic", "left")])
def test_figures_in_a_table_line_up_where_their_column_ends(
    visit: Any, awkward: str, slug: str, edge: str
) -> None:
    page = visit(awkward).to(f"2026/11/{slug}/")
    places = """n => [...document.querySelectorAll(`.story-page > .story .table tr > :nth-child(${n})`)].map(cell => {
        const range = document.createRange(); range.selectNodeContents(cell);
        const {left, right} = range.getBoundingClientRect();
        return {left, right, middle: (left + right) / 2, start: getComputedStyle(cell).direction == "ltr" ? left : right};
    })"""
    for column, line in ((1, "start"), (2, "middle"), (3, edge)):
        found = [cell[line] for cell in page.evaluate(places, column)]
        assert len(found) == 3
        assert max(found) - min(found) < 1, (column, line)
    table = page.evaluate(
        "document.querySelector('.story-page > .story .table"
        " table').getBoundingClientRect().toJSON()"
    )
    assert abs(found[0] - table[edge]) < 1, "the last column ends where the rules end"


@pytest.mark.parametrize("viewport", [TALL, {"width": 768, "height": 1024}, WIDE])
def test_a_tall_picture_leaves_its_headline_in_sight(
    visit: Any, awkward: str, viewport: dict[str, int]
) -> None:
    page = visit(awkward, viewport=viewport).to("2026/11/letter/")
    assert page.evaluate(
        "document.querySelector('h1').getBoundingClientRect().bottom < innerHeight"
    )


def test_the_link_to_a_correction_is_named_by_its_word_alone(visit: Any, awkward: str) -> None:
    page = visit(awkward, viewport=TALL).to("2026/11/arabic-opinion/")
    link = page.locator(".dateline a[href='#corrections']")
    assert " " not in link.inner_text()
    assert link.bounding_box()["height"] >= 24


def test_nothing_moves_by_itself(visit: Any, awkward: str) -> None:
    for motion in ("reduce", "no-preference"):
        page = visit(awkward, reduced_motion=motion).to(STORY)
        page.locator(".keep-reading > summary").first.click()
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(each => {
            const style = getComputedStyle(each);
            return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior !== "auto";
        }).length""")
        assert (moving, page.evaluate("document.getAnimations().length")) == (0, 0)


@pytest.mark.parametrize(
    "link",
    ["#s1--of-brine", "#:~:text=The%20last%20sentence%2C%20on%20brine", "#:~:text=Of%20brine"],
)
def test_a_link_into_a_closed_text_opens_that_text_alone(
    visit: Any, awkward: str, link: str
) -> None:
    page = visit(awkward).to(f"2026/11/bare/{link}")
    wait_until(page, "document.querySelector('details.keep-reading[open]')")
    opened = page.locator("article.story:has(> .story-body > details.keep-reading[open])")
    assert [each.get_attribute("data-slug") for each in opened.all()] == ["headed"]
    assert page.evaluate(
        "document.querySelector('[id=\"s1--of-brine\"]').getBoundingClientRect().top < innerHeight"
    )
    assert page.evaluate("scrollY") > 0


@pytest.mark.parametrize(
    "kept", [True, False], ids=["a page that is kept", "a page that is loaded anew"]
)
def test_back_returns_to_where_the_reader_was(
    request: pytest.FixtureRequest, awkward: str, kept: bool
) -> None:
    trip = Visit(request.getfixturevalue("keeping" if kept else "browser"), awkward, viewport=TALL)
    page = trip.to(STORY)
    page.evaluate("addEventListener('pageshow', shown => { window.kept = shown.persisted })")
    if kept:
        page.locator(".keep-reading > summary").first.click()
    link = page.locator(".stream .headline a").nth(1)
    link.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 500
    # Where the headline stands in the window: a page that is loaded anew may have another face, and
    # so another height above it.
    place = "() => document.querySelectorAll('.stream .headline a')[1]?.getBoundingClientRect().top"
    before = page.evaluate(place)
    link.click()
    page.wait_for_url("**/arabic/")
    page.go_back(wait_until="commit")
    wait_until(page, f"before => Math.abs(({place})() - before) < 5", arg=before)
    assert page.evaluate("window.kept === true") == kept
    assert (page.locator(".keep-reading[open]").count() == 1) == kept
    trip.context.close()


def test_a_page_is_complete_without_its_style(visit: Any, awkward: str) -> None:
    trip = visit(awkward)
    blocked: list[str] = []

    def block(route: Any) -> None:
        blocked.append(route.request.url)
        route.abort()

    trip.context.route(re.compile(r".*\.css$"), block)
    page = trip.to(STORY)
    assert len(blocked) == 1
    assert page.evaluate("getComputedStyle(document.body).display") == "block", (
        "as a browser has it by itself"
    )
    text = page.evaluate("document.body.innerText")
    order = [
        "Skip to content",
        "Menu",
        "Salt",
        "Dek of headed.",
        "Analysis",
        "Ana Pereira",
        "Top photo credit",
        "Paragraph 1",
        "The last sentence",
    ]
    order += ["Read next", "Keep reading", "Latest"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    page.locator(".keep-reading > summary").first.click()
    page.locator(".keep-reading").first.get_by_text("Of brine").wait_for()


@pytest.mark.parametrize("path", ["", STORY])
def test_the_first_picture_comes_at_once_and_the_others_wait(
    visit: Any, awkward: str, path: str
) -> None:
    page = visit(awkward, viewport=TALL).to(path)
    loads = page.evaluate("[...document.images].map(each => [each.loading, each.fetchPriority])")
    assert loads[0] == ["auto", "high"]
    assert len(loads) > 1
    assert {tuple(load) for load in loads[1:]} == {("lazy", "auto")}
    assert page.evaluate("document.images[0].getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("viewport", [TALL, WIDE], ids=["phone", "desktop"])
def test_the_control_stands_below_what_it_opened_and_closing_leaves_the_reader_there(
    visit: Any, awkward: str, viewport: dict[str, int]
) -> None:
    page = visit(awkward, viewport=viewport).to(STORY)
    details = page.locator(".keep-reading").first
    summary = details.locator("summary")
    summary.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - innerHeight / 2)")
    top = "each => each.getBoundingClientRect().top"
    before, scrolled = summary.evaluate(top), page.evaluate("scrollY")
    height = summary.bounding_box()["height"]
    assert details.bounding_box()["height"] == pytest.approx(height, abs=1), (
        "no empty space while it is closed"
    )
    summary.click()
    assert page.evaluate("scrollY") == scrolled, "what the reader was reading stands still"
    last = details.get_by_text("The last sentence, on brine.")
    gap = summary.evaluate(top) - last.evaluate("each => each.getBoundingClientRect().bottom")
    assert 8 < gap < 64, "only the links by which the story is shared stand between"
    assert summary.evaluate(top) > before + 100
    summary.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - innerHeight / 3)")
    page.wait_for_timeout(100)
    there = summary.evaluate(top)
    summary.click()
    page.wait_for_timeout(100)
    assert abs(summary.evaluate(top) - there) < 3, "the control stays under the finger"
