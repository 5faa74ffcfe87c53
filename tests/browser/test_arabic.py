"""Arabic in an English outlet, with the words that belong to the story in Arabic, and an Arabic
outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from broadside.plugins.styleguide.command.stage import ARABIC
from tests.browser.awkward import TALL, WIDE
from tests.browser.conftest import built, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Arabic outlet with an English story."""
    outlet = Outlet(tmp_path_factory.mktemp("arabic"))
    outlet.write("sections.yml", "- name: أوروبا\n  slug: europe\n")
    outlet.write(
        "story_types.yml",
        "- name: تحليل\n  slug: analysis\n- name: رأي\n  slug: ray\n  schema_type:"
        " OpinionNewsArticle\n",
    )
    outlet.author("Ana Pereira", ARABIC["text"])
    names = {"section": "أوروبا", "type": "تحليل"}
    wrong = [{"date": "2026-11-21", "type": "correction", "text": ARABIC["text"]}]
    for slug in ("one", "two"):
        outlet.story(
            slug,
            title=ARABIC["title"],
            body=ARABIC["text"],
            related=["english"],
            corrections=wrong,
            **names,
        )
    outlet.story("english", lang="en", related=["one"], **names)
    outlet.story("column", title=ARABIC["title"], body=ARABIC["text"], section="أوروبا", type="رأي")
    with served(built(outlet.content, outlet.output, DEFAULT_LANG="ar")) as base:
        yield base


def test_an_arabic_story_is_set_from_right_to_left_and_its_date_is_not_torn(
    visit: Any, awkward: str
) -> None:
    page = visit(awkward).to("2026/11/arabic/")
    article = page.locator("article.story").first
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")
    right = """selector => { const range = document.createRange(); range.selectNodeContents(document.querySelector(selector));
        return Math.max(...[...range.getClientRects()].map(each => each.right)); }"""
    edge = page.evaluate(
        "document.querySelector('.story-main > .story-body').getBoundingClientRect().right"
    )
    for selector in (".story-header .dek", ".story-main > .story-body > p"):
        assert abs(page.evaluate(right, selector) - edge) < 4, selector
    head = page.locator(".story-head").bounding_box()
    assert abs(page.evaluate(right, "h1.headline") - head["x"] - head["width"]) < 4
    lefts = """() => { const text = document.querySelector(".story-meta time").firstChild, at = word => {
        const range = document.createRange(), start = text.data.indexOf(word);
        range.setStart(text, start); range.setEnd(text, start + word.length); return range.getBoundingClientRect().left; };
        return [at("17"), at("نوفمبر")]; }"""
    day, month = page.evaluate(lefts)
    assert day > month
    below = page.locator(".stream .story").first
    assert (below.get_attribute("lang"), below.get_attribute("dir")) == ("en", "ltr")


@pytest.mark.parametrize("viewport", [TALL, WIDE], ids=["phone", "desktop"])
def test_around_an_arabic_story_english_runs_as_english_does_and_arabic_as_arabic(
    visit: Any, awkward: str, viewport: dict[str, int]
) -> None:
    page = visit(awkward, viewport=viewport).to("2026/11/arabic/")
    box = """(selector, from, to) => { const text = document.querySelector(selector).lastChild, range = document.createRange();
        range.setStart(text, text.length + from); range.setEnd(text, text.length + to); return range.getBoundingClientRect(); }"""
    letter, stop = (
        page.evaluate(f"({box})('.author-bio p:last-child', {at}, {at + 1})") for at in (-2, -1)
    )
    assert letter["left"] < stop["left"], "a full stop ends its sentence"
    assert page.evaluate("getComputedStyle(document.querySelector('.share')).direction") == "rtl"
    date, minutes = (
        page.locator(f".story-meta .dateline > span{at}").bounding_box()
        for at in (":first-child", ":last-child")
    )
    if viewport is TALL:
        assert minutes["x"] + minutes["width"] < date["x"], "the date comes first"
    start = date["x"] + date["width"]
    assert (
        abs(
            start
            - page.evaluate("document.querySelector('.story-meta').getBoundingClientRect().right")
        )
        < 4
    )


def test_an_arabic_teaser_in_an_english_index_is_arabic_and_nothing_else_is(
    visit: Any, awkward: str
) -> None:
    page = visit(awkward).to("latest/")
    teaser = page.locator("article.teaser[data-slug=arabic]")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "en",
        "ltr",
    ]
    for part in (".headline", ".dek"):
        assert (
            teaser.locator(part).get_attribute("lang"),
            teaser.locator(part).get_attribute("dir"),
        ) == ("ar", "rtl")
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('[data-slug=arabic] .headline')).direction"
        )
        == "rtl"
    )
    assert teaser.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert page.locator("article.teaser:not([data-slug^=arabic]) [dir=rtl]").count() == 0
    page = visit(awkward).to("2026/11/letter/")
    rail = page.locator(".rail a[href='/2026/11/arabic/']").last
    assert (rail.get_attribute("lang"), rail.get_attribute("dir")) == ("ar", "rtl")


def test_arabic_is_not_slanted_and_begins_at_the_right_in_a_correction_too(
    visit: Any, awkward: str
) -> None:
    slanted = "selector => getComputedStyle(document.querySelector(selector)).fontStyle"
    page = visit(awkward, viewport=TALL).to("2026/11/arabic-opinion/")
    for part in ("h1.headline", ".story-body .pullquote", ".story-body .pullquote p"):
        assert page.evaluate(slanted, part) == "normal", part
    label, box = (
        page.locator(part).bounding_box()
        for part in (".corrections li > strong", ".corrections li")
    )
    assert page.locator(".corrections li > strong").inner_text() == "تصويب"
    assert label["x"] + label["width"] == pytest.approx(box["x"] + box["width"], abs=4)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.corrections li')).direction")
        == "rtl"
    )
    kind, section = (
        page.locator(f".story-header .kicker {part}").bounding_box() for part in ("> a", "span")
    )
    assert kind["x"] < section["x"], "an English kicker reads from the left"
    page = visit(awkward).to("latest/")
    assert page.evaluate(slanted, "[data-slug=arabic-opinion] .headline") == "normal"


def test_a_credit_in_latin_letters_below_arabic_words_keeps_its_brackets(
    visit: Any, awkward: str
) -> None:
    page = visit(awkward).to("2026/11/arabic-opinion/")
    lefts = """() => { const text = document.querySelector(".story-body .credit").firstChild, range = document.createRange();
        return [...text.data].map((_, at) => { range.setStart(text, at); range.setEnd(text, at + 1);
            return Math.round(range.getBoundingClientRect().left); }); }"""
    found = page.evaluate(lefts)
    assert len(found) == len("(Photo by A. Person/Agency)")
    assert found == sorted(found)


@pytest.mark.parametrize("viewport", [TALL, WIDE], ids=["phone", "desktop"])
def test_in_an_arabic_outlet_what_it_says_of_a_story_stands_below_the_headline(
    visit: Any, arabic: str, viewport: dict[str, int]
) -> None:
    page = visit(arabic, viewport=viewport).to("2026/11/one/")
    words = """(selector, edge) => { const range = document.createRange();
        range.selectNodeContents(document.querySelector(selector)); return range.getBoundingClientRect()[edge]; }"""

    def at(selector: str, edge: str) -> Any:
        return page.evaluate(f"({words})('{selector}', '{edge}')")

    for part in ("kicker", "byline", "dateline"):
        for slug, edge in (("two", "right"), ("english", "left")):
            told = f".stream [data-slug={slug}]"
            in_margin = viewport is WIDE and part != "kicker"
            beside = told if in_margin else f"{told} > .headline"
            assert at(f"{told} > .{part}", edge) == pytest.approx(at(beside, edge), abs=4), part
    foot = page.locator(".story-foot")
    assert foot.evaluate("each => getComputedStyle(each).direction") == "rtl"
    page = visit(arabic, viewport=viewport).to("2026/11/english/")
    for part in (
        ".story-header > .kicker",
        ".story-meta > .byline",
        ".story-meta > .dateline > :first-child",
    ):
        assert at(f"main > .story > .story-head > {part}", "left") == pytest.approx(
            at("main > .story .headline", "left"), abs=6
        ), part
    assert page.locator(".story-foot").evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_in_an_arabic_outlet_the_day_stands_to_the_right_of_the_month(
    visit: Any, arabic: str
) -> None:
    page = visit(arabic).to("sections/europe/")
    lefts = """each => { const text = each.firstChild, at = word => { const range = document.createRange();
        range.setStart(text, text.data.indexOf(word)); range.setEnd(text, text.data.indexOf(word) + 2);
        return range.getBoundingClientRect().left; }; return [at("20"), at("نوفمبر")]; }"""
    for time in (".teaser time", ".rail time"):
        day, month = page.locator(time).first.evaluate(lefts)
        assert day > month, time


def test_in_an_arabic_outlet_the_date_begins_where_the_byline_does(visit: Any, arabic: str) -> None:
    for slug, edge in (("one", "right"), ("english", "left")):
        page = visit(arabic, viewport=WIDE).to(f"2026/11/{slug}/")
        byline, date = page.evaluate(
            f"""() => [".byline", ".dateline > *"].map(part => {{ const range = document.createRange();
            range.selectNodeContents(document.querySelector(".story-meta " + part));
            return range.getBoundingClientRect().{edge}; }})"""
        )
        assert byline == pytest.approx(date, abs=1), slug


def test_the_colon_behind_a_corrections_date_stands_between_it_and_the_text(
    visit: Any, arabic: str
) -> None:
    page = visit(arabic).to("2026/11/one/")
    date = page.locator(".corrections time")
    colon = date.evaluate(
        """each => { const range = document.createRange(); range.setStart(each.nextSibling, 0);
        range.setEnd(each.nextSibling, 1); return [range.toString(), range.getBoundingClientRect().right]; }"""
    )
    assert colon[0] == ":"
    assert colon[1] <= date.bounding_box()["x"] + 1


def test_an_arabic_kicker_is_as_large_as_it_is_set_and_its_letters_are_joined(
    visit: Any, arabic: str
) -> None:
    page = visit(arabic).to("2026/11/one/")
    style = "each => [getComputedStyle(each).fontVariantCaps, getComputedStyle(each).letterSpacing]"
    for part in (".kicker", ".headline"):
        assert page.locator(f".story-header {part}").evaluate(style) == ["normal", "normal"], part


@pytest.mark.parametrize("path", ["latest/", "types/ray/", "2026/11/column/"])
def test_a_column_has_a_headline_of_its_own_whatever_its_type_is_called(
    visit: Any, arabic: str, path: str
) -> None:
    page = visit(arabic).to(path)
    weight = "each => getComputedStyle(each).fontWeight"
    assert page.locator("[data-slug=column] .headline").first.evaluate(weight) == "400"
    if path != "types/ray/":
        assert page.locator("[data-slug=one] .headline").first.evaluate(weight) == "700"
