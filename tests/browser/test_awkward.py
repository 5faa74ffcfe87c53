"""What a reader may rely on, on an outlet with awkward stories: headlines of one and of forty words, an unbroken address, Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from desk.styleguide.stage import ARABIC, Stage
from desk.testing import chromium
from tests.browser.conftest import Visit, built, served
from tests.conftest import FLAGS
from tests.outlet import Outlet

pytestmark = pytest.mark.browser

TEXT = "\n\n".join(f"Paragraph {number} says one thing, and says it once." for number in range(1, 10))
LETTER = f"Dear reader,\n\n{TEXT}\n\n> [!pullquote]\n> {'A quote that is longer than its column. ' * 3}\n\n"
LETTER += f"| {' | '.join('abcdefgh')} |\n{'| --- ' * 8}|\n| {' | '.join(['a fairly long entry'] * 8)} |"
FIGURES = "\n\n| {} | {} | {} |\n| --- | :---: | ---: |\n| {} | A | 1,460 |\n| {} | BBB | 59 |"
PORTS = ("Port", "Boats", "Sailings", "North", "South")
HEADED = f"{TEXT}\n\n## Of salt\n\nA sentence on salt.\n\n### Of brine\n\nThe last sentence, on brine."
PHOTO = {
    "photo": "photos/harbour.jpg",
    "alt": "A harbour.",
    "caption": "The harbour",
    "credit": "Photo by A. Person/Agency",
}
STORY = "2026/11/headed/"
PAGES = (
    "",
    STORY,
    "2026/11/forty/",
    "2026/11/unbroken/",
    "2026/11/arabic/",
    "sections/europe/",
    "latest/",
    "authors/farah-haddad/",
)
TALL, WIDE = {"width": 375, "height": 667}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the outlet; each story has the others below it."""
    outlet, stage = Outlet(tmp_path_factory.mktemp("awkward")), Stage()
    outlet.photo(size=(480, 300))
    for name in stage.six[1:]:
        outlet.author(name)
    arabic = {key: ARABIC[key] for key in ("title", "dek", "lang")}
    outlet.story(
        "headed",
        title="Salt",
        body=HEADED,
        date="2026-11-20T09:00",
        related=["forty", "arabic", "unbroken"],
        topics=["tides"],
        **PHOTO,
    )
    outlet.story(
        "forty", title=stage.forty_words, body=HEADED, authors=list(stage.six), date="2026-11-19T09:00", **PHOTO
    )
    outlet.story(
        "unbroken", title=stage.unbroken, body=f"See <{stage.unbroken}>.\n\n{TEXT}", date="2026-11-18T09:00", **PHOTO
    )
    outlet.story(
        "arabic",
        body=f"{ARABIC['text']}\n\n" * 6 + FIGURES.format(*ARABIC["title"].split() * 2),
        date="2026-11-17T09:00",
        related=["headed"],
        **arabic,
    )
    outlet.story(
        "arabic-opinion",
        type="Opinion",
        body=f"{ARABIC['text']}\n\n> [!pullquote]\n> {ARABIC['text']}\n\n{ARABIC['text']}",
        date="2026-11-13T09:00",
        corrections=[{"date": "2026-11-14", "type": "correction", "text": ARABIC["text"]}],
        **arabic,
    )
    outlet.photo("tall.jpg", size=(300, 420))
    outlet.story("letter", body=LETTER, date="2026-11-15T09:00", **{**PHOTO, "photo": "photos/tall.jpg"})
    outlet.story(
        "opening", body=f"{'A long opening. ' * 20}\n\n{TEXT}{FIGURES.format(*PORTS)}", date="2026-11-14T09:00"
    )
    outlet.story(
        "code", body=f"{TEXT}\n\n```\n{'a_long_line = of(code) + ' * 9}\n```\n", date="2026-11-12T09:00", **PHOTO
    )
    outlet.story("bare", body=TEXT, date="2026-11-16T09:00", related=["headed", "forty"])
    with served(built(outlet.content, outlet.output)) as base:
        yield base


@pytest.fixture
def story(visit: Any, awkward: str) -> Any:
    """The page of a story whose stream is cut, without JavaScript on a reader's side."""
    return visit(awkward).to(STORY)


@pytest.fixture(scope="module")
def keeping(browser: Any) -> Iterator[Any]:
    """Chromium as readers have it: it keeps a page that one leaves for the way back."""
    kept_out = ["--disable-back-forward-cache"]
    with_cache = browser.browser_type.launch(executable_path=chromium(), args=list(FLAGS), ignore_default_args=kept_out)
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
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(each => [+each.tagName[1], each.textContent])"
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
    assert story.evaluate("document.querySelector('.skip-link').getBoundingClientRect().bottom") <= 0
    story.keyboard.press("Tab")
    assert story.evaluate("document.activeElement.className") == "skip-link"
    assert story.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    assert link.inner_text() == "Skip to content"
    story.keyboard.press("Enter")
    assert story.url.endswith("#main")
    story.keyboard.press("Tab")
    assert story.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", STORY])
def test_one_sees_where_the_keyboard_is(visit: Any, awkward: str, path: str, scheme: str) -> None:
    page = visit(awkward, color_scheme=scheme).to(path)
    seen = 0
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate("""() => { const each = document.activeElement; if (each === document.body) return null;
            const style = getComputedStyle(each), box = each.getBoundingClientRect();
            return [each.outerHTML.slice(0, 90), style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
                getComputedStyle(document.body).backgroundColor, box.bottom > 0 && box.top < innerHeight]; }""")
        if found is None:
            break
        seen += 1
        html, style, width, colour, paper, shown = found
        assert style == "solid", html
        assert width >= 2, html
        assert colour != paper, html
        assert shown, html
    assert seen > 20


def test_an_arabic_story_is_set_from_right_to_left_and_its_date_is_not_torn(visit: Any, awkward: str) -> None:
    page = visit(awkward).to("2026/11/arabic/")
    article = page.locator("article.story").first
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")
    right = """selector => { const range = document.createRange(); range.selectNodeContents(document.querySelector(selector));
        return Math.max(...[...range.getClientRects()].map(each => each.right)); }"""
    edge = page.evaluate("document.querySelector('.story > .story-body').getBoundingClientRect().right")
    for selector in ("h1.headline", ".story-header .dek", ".story > .story-body > p"):
        assert abs(page.evaluate(right, selector) - edge) < 4, selector
    lefts = """() => { const text = document.querySelector(".story-meta time").firstChild, at = word => {
        const range = document.createRange(), start = text.data.indexOf(word);
        range.setStart(text, start); range.setEnd(text, start + word.length); return range.getBoundingClientRect().left; };
        return [at("17"), at("November")]; }"""
    day, month = page.evaluate(lefts)
    assert day < month
    below = page.locator(".stream .story").first
    assert (below.get_attribute("lang"), below.get_attribute("dir")) == ("en", "ltr")


@pytest.mark.parametrize("viewport", [TALL, WIDE], ids=["phone", "desktop"])
def test_english_around_an_arabic_story_runs_as_english_does(
    visit: Any, awkward: str, viewport: dict[str, int]
) -> None:
    page = visit(awkward, viewport=viewport).to("2026/11/arabic/")
    box = """(selector, from, to) => { const text = document.querySelector(selector).lastChild, range = document.createRange();
        range.setStart(text, text.length + from); range.setEnd(text, text.length + to); return range.getBoundingClientRect(); }"""
    letter, stop = (page.evaluate(f"({box})('.author-bio p:last-child', {at}, {at + 1})") for at in (-2, -1))
    assert letter["left"] < stop["left"], "a full stop ends its sentence"
    assert page.evaluate("getComputedStyle(document.querySelector('.share')).direction") == "ltr"
    date, minutes = (page.locator(f".story-meta .dateline > {name}").bounding_box() for name in ("time", "span"))
    if viewport is TALL:
        assert date["x"] + date["width"] < minutes["x"], "the date comes first"
    end = page.evaluate(f"({box})('.story-meta .dateline > span', -1, 0)")["right"]
    assert abs(end - page.evaluate("document.querySelector('.story-meta').getBoundingClientRect().right")) < 4


def test_an_arabic_teaser_in_an_english_index_is_arabic_and_nothing_else_is(visit: Any, awkward: str) -> None:
    page = visit(awkward).to("latest/")
    teaser = page.locator("article.teaser[data-slug=arabic]")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    for part in (".headline", ".dek"):
        assert (teaser.locator(part).get_attribute("lang"), teaser.locator(part).get_attribute("dir")) == ("ar", "rtl")
    assert page.evaluate("getComputedStyle(document.querySelector('[data-slug=arabic] .headline')).direction") == "rtl"
    assert teaser.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert page.locator("article.teaser:not([data-slug^=arabic]) [dir=rtl]").count() == 0
    page = visit(awkward).to("")
    rail = page.locator(".rail a[href='/2026/11/arabic/']").last
    assert (rail.get_attribute("lang"), rail.get_attribute("dir")) == ("ar", "rtl")


def test_arabic_is_not_slanted_and_begins_at_the_right_in_a_correction_too(visit: Any, awkward: str) -> None:
    slanted = "selector => getComputedStyle(document.querySelector(selector)).fontStyle"
    page = visit(awkward, viewport=TALL).to("2026/11/arabic-opinion/")
    for part in ("h1.headline", ".story-body .pullquote", ".story-body .pullquote p"):
        assert page.evaluate(slanted, part) == "normal", part
    note, label = (page.locator(f".corrections li > {part}").bounding_box() for part in ("p", "strong"))
    assert note["y"] >= label["y"] + label["height"]
    assert page.evaluate("getComputedStyle(document.querySelector('.corrections li > p')).direction") == "rtl"
    kind, section = (page.locator(f".story-header .kicker {part}").bounding_box() for part in ("> a", "span"))
    assert kind["x"] < section["x"], "an English kicker reads from the left"
    page = visit(awkward).to("latest/")
    assert page.evaluate(slanted, "[data-slug=arabic-opinion] .headline") == "normal"


def test_a_drop_cap_stands_beside_a_long_opening_and_not_beside_a_salutation(visit: Any, awkward: str) -> None:
    size = (
        "parseFloat(getComputedStyle(document.querySelector('.story-body > p'), '::first-letter').initialLetter) || 0"
    )
    assert [visit(awkward).to(f"2026/11/{slug}/").evaluate(size) for slug in ("opening", "letter")] == [3, 0]


def test_a_wide_table_and_a_pull_quote_take_the_room_beside_the_column(visit: Any, awkward: str) -> None:
    page = visit(awkward).to("2026/11/letter/")
    column = page.locator(".story-body > p").last.bounding_box()["width"]
    for part in (".pullquote", ".table"):
        assert page.locator(f".story-body > {part}").bounding_box()["width"] > column + 50, part
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize(("slug", "edge"), [("opening", "right"), ("arabic", "left")])
def test_figures_in_a_table_line_up_where_their_column_ends(visit: Any, awkward: str, slug: str, edge: str) -> None:
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


@pytest.mark.parametrize("viewport", [TALL, {"width": 768, "height": 1024}, WIDE])
def test_a_tall_picture_leaves_its_headline_in_sight(visit: Any, awkward: str, viewport: dict[str, int]) -> None:
    page = visit(awkward, viewport=viewport).to("2026/11/letter/")
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().bottom < innerHeight")


def test_nothing_moves_by_itself(visit: Any, awkward: str) -> None:
    for motion in ("reduce", "no-preference"):
        page = visit(awkward, reduced_motion=motion).to(STORY)
        page.locator(".keep-reading > summary").first.click()
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(each => {
            const style = getComputedStyle(each);
            return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior !== "auto";
        }).length""")
        assert (moving, page.evaluate("document.getAnimations().length")) == (0, 0)


def test_paper_has_the_whole_story_with_its_credit_and_address_and_nothing_else(story: Any, awkward: str) -> None:
    opened = "[...document.querySelectorAll('details')].filter(each => each.open).length"
    story.emulate_media(media="print")
    story.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert story.evaluate(opened) == 0
    printed = story.evaluate("document.body.innerText")
    for words in ("Salt", "Dek of headed.", "By Ana Pereira", "Paragraph 1 says", "The last sentence, on brine."):
        assert printed.count(words) == 1, words
    assert "Top photo credit: The harbour (Photo by A. Person/Agency)" in printed
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
        assert story.locator(".photo--lead img").bounding_box()["height"] < 341, "9 cm, on wide paper too"
    assert story.pdf()[:5] == b"%PDF-"


def test_paper_has_lines_that_an_eye_can_follow_and_cuts_none(visit: Any, awkward: str) -> None:
    page = visit(awkward, viewport={"width": 700, "height": 1000}).to("2026/11/code/")
    page.emulate_media(media="print")
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(each => each.scrollWidth > each.clientWidth + 1"
        " && each.clientWidth && !each.closest('.visually-hidden')).map(each => each.outerHTML.slice(0, 90))"
    )
    assert wide == []
    width, size, bio = page.evaluate("""() => { const [text, bio] = [".story-body > p", ".author-bio p:last-child"]
        .map(each => document.querySelector(each)), size = each => parseFloat(getComputedStyle(each).fontSize);
        return [text.offsetWidth, size(text), size(bio)]; }""")
    assert width <= 530, "14 cm"
    assert bio < size
    assert page.evaluate("getComputedStyle(document.querySelector('.story-header')).breakInside") == "avoid"


@pytest.mark.parametrize(
    "link", ["#s1--of-brine", "#:~:text=The%20last%20sentence%2C%20on%20brine", "#:~:text=Of%20brine"]
)
def test_a_link_into_a_closed_text_opens_that_text_alone(visit: Any, awkward: str, link: str) -> None:
    page = visit(awkward).to(f"2026/11/bare/{link}")
    page.wait_for_function("document.querySelector('details.keep-reading[open]')")
    opened = page.locator("article.story:has(> .story-body > details.keep-reading[open])")
    assert [each.get_attribute("data-slug") for each in opened.all()] == ["headed"]
    assert page.evaluate("document.querySelector('[id=\"s1--of-brine\"]').getBoundingClientRect().top < innerHeight")
    assert page.evaluate("scrollY") > 0


@pytest.mark.parametrize("kept", [True, False], ids=["a page that is kept", "a page that is loaded anew"])
def test_back_returns_to_where_the_reader_was(request: pytest.FixtureRequest, awkward: str, kept: bool) -> None:
    trip = Visit(request.getfixturevalue("keeping" if kept else "browser"), awkward, viewport=TALL)
    page = trip.to(STORY)
    page.evaluate("addEventListener('pageshow', shown => { window.kept = shown.persisted })")
    if kept:
        page.locator(".keep-reading > summary").first.click()
    link = page.locator(".stream .headline a").nth(1)
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 500
    link.click()
    page.wait_for_url("**/arabic/")
    page.go_back(wait_until="commit")
    page.wait_for_function("at => Math.abs(scrollY - at) < 5", arg=before)
    assert page.evaluate("window.kept === true") == kept
    assert (page.locator(".keep-reading[open]").count() == 1) == kept
    trip.context.close()


def test_a_page_is_complete_without_its_style(visit: Any, awkward: str) -> None:
    trip = visit(awkward)
    blocked: list[str] = []
    trip.context.route(re.compile(r".*\.css$"), lambda route: (blocked.append(route.request.url), route.abort()))
    page = trip.to(STORY)
    assert len(blocked) == 1
    assert page.evaluate("getComputedStyle(document.body).display") == "block", "as a browser has it by itself"
    text = page.evaluate("document.body.innerText")
    order = [
        "Skip to content",
        "Sections",
        "Salt",
        "Dek of headed.",
        "Analysis",
        "Ana Pereira",
        "Paragraph 1",
        "The last sentence",
    ]
    order += ["Top photo credit", "Read next", "Keep reading", "Latest"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    page.locator(".keep-reading > summary").first.click()
    assert page.locator(".keep-reading").first.get_by_text("Of brine").is_visible()


@pytest.mark.parametrize("path", ["", STORY])
def test_the_first_picture_comes_at_once_and_the_others_wait(visit: Any, awkward: str, path: str) -> None:
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
    assert details.bounding_box()["height"] == pytest.approx(height, abs=1), "no empty space while it is closed"
    summary.click()
    assert page.evaluate("scrollY") == scrolled, "what the reader was reading stands still"
    last = details.get_by_text("The last sentence, on brine.")
    gap = summary.evaluate(top) - last.evaluate("each => each.getBoundingClientRect().bottom")
    assert 8 < gap < 40
    assert summary.evaluate(top) > before + 100
    summary.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - innerHeight / 3)")
    page.wait_for_timeout(100)
    there = summary.evaluate(top)
    summary.click()
    page.wait_for_timeout(100)
    assert abs(summary.evaluate(top) - there) < 3, "the control stays under the finger"
