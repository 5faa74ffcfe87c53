"""What a reader's hands and eyes need: quick taps, large targets, contrast, text of any size, and every word on paper."""

from __future__ import annotations

import re
import statistics
from typing import Any

import pytest

from tests.reader.conftest import BUDGETS, TEMPLATES

SIGHT = BUDGETS["sight"]
SLOW = 4
"""Times as slow as this machine's processor."""
LOOKS = [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)]
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
SMALL = """least => [...document.querySelectorAll("a, button, summary, input, select")].filter(each => {
    const box = each.getBoundingClientRect();
    if (!box.width || each.closest(".visually-hidden, .skip-link")) return false;
    const text = each.closest("p, li, dd, figcaption, h1, h2, h3, td, blockquote");
    const inline = text && text.textContent.trim() !== each.textContent.trim();
    return !inline && (box.height < least || box.width < least);
}).map(each => each.outerHTML.slice(0, 120))"""
FAINT = """least => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const behind = each => { for (; each; each = each.parentElement) {
        const colour = rgb(getComputedStyle(each).backgroundColor); if (colour[3] === 255) return colour; }
        return rgb(matchMedia("(prefers-color-scheme: dark)").matches ? "#000" : "#fff"); };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
    while (words.nextNode()) {
        const each = words.currentNode.parentElement, box = each.getBoundingClientRect();
        if (!words.currentNode.data.trim() || !box.width || each.closest(".visually-hidden, .skip-link, script, style, option")) continue;
        const [a, b] = [light(rgb(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
        const ratio = (a + .05) / (b + .05);
        if (ratio < least) found.add(`${ratio.toFixed(2)} ${each.outerHTML.slice(0, 120)}`);
    }
    return [...found];
}"""
Tell = Any


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("kind", TEMPLATES)
def test_words_stand_out_and_what_can_be_touched_is_large(
    visit: Any, site: str, kind: str, look: tuple[str, int]
) -> None:
    scheme, width = look
    page = visit(site, color_scheme=scheme, viewport={"width": width, "height": 800}).to(TEMPLATES[kind])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate(FAINT, SIGHT["contrast"]) == []
    assert page.evaluate(SMALL, SIGHT["target"]) == []
    heights = page.evaluate("[...document.querySelectorAll('.keep-reading > summary')].map(each => each.offsetHeight)")
    assert all(height >= SIGHT["summary"] for height in heights)
    assert (kind == "story") == bool(heights)


@pytest.mark.parametrize("change", ["wide spacing", "text twice as large"])
@pytest.mark.parametrize("kind", TEMPLATES)
def test_text_may_be_spaced_and_enlarged(visit: Any, site: str, kind: str, change: str) -> None:
    width = 320 if change == "wide spacing" else 640
    page = visit(site, viewport={"width": width, "height": 800}, bypass_csp=True).to(TEMPLATES[kind])
    page.add_style_tag(content=SPACED if change == "wide spacing" else "html { font-size: 200% !important }")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = page.evaluate("""() => [...document.querySelectorAll("main *, header *, footer *")].filter(each => {
        const style = getComputedStyle(each);
        return each.clientHeight && style.overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1
            && !each.closest(".visually-hidden, .skip-link");
    }).map(each => each.outerHTML.slice(0, 120))""")
    assert clipped == []


def test_a_tap_opens_a_story_at_once_on_a_slow_phone(visit: Any, site: str, record_property: Tell) -> None:
    trip = visit(site, viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True, bypass_csp=True)
    page = trip.to(TEMPLATES["story"])
    trip.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    page.evaluate("""() => { window.took = []; new PerformanceObserver(list => took.push(...list.getEntries()
        .filter(each => each.name === "click").map(each => each.duration)))
        .observe({type: "event", durationThreshold: 16, buffered: true}); }""")
    summaries = page.locator(".keep-reading > summary").all()
    for summary in [*summaries, *summaries]:
        summary.tap()
        page.wait_for_timeout(200)
    took = page.evaluate("took")
    record_property("milliseconds, median and longest", (statistics.median(took), max(took)))
    assert len(summaries) == 3
    assert statistics.median(took) <= BUDGETS["touch"]["tap"]


def test_opening_a_story_moves_nothing_else(visit: Any, site: str) -> None:
    page = visit(site).to(TEMPLATES["story"])
    page.evaluate("""() => { window.moved = []; new PerformanceObserver(list => moved.push(...list.getEntries()
        .filter(each => !each.hadRecentInput).map(each => each.value))).observe({type: "layout-shift", buffered: true}); }""")
    summary = page.locator(".keep-reading > summary").first
    summary.scroll_into_view_if_needed()
    above = "[...document.querySelectorAll('.story-page *')].filter(each => each.getBoundingClientRect().bottom < 300)"
    tops = f"{above}.map(each => each.getBoundingClientRect().top)"
    before = page.evaluate(tops)
    summary.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('.keep-reading').open")
    assert page.evaluate(tops) == before
    assert page.evaluate("moved") == []


def test_a_link_to_a_place_in_a_closed_story_opens_it(visit: Any, site: str) -> None:
    page = visit(site).to(TEMPLATES["story"])
    place = page.evaluate("""() => document.querySelector(".keep-reading:not([open]) [id]")?.id""")
    assert place
    page.goto(f"{site}/{TEMPLATES['story']}#{place}")
    page.wait_for_timeout(300)
    assert page.evaluate("id => document.getElementById(id).closest('details').open", place)


def test_back_returns_to_where_the_reader_was(visit: Any, site: str) -> None:
    page = visit(site).to(TEMPLATES["story"])
    link = page.locator(".stream .headline a").last
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    page.wait_for_load_state("load")
    page.go_back()
    page.wait_for_function("at => Math.abs(scrollY - at) < 300 && scrollY > 0", arg=before)
    assert before > 2_000


def test_paper_has_the_whole_story_and_no_navigation(visit: Any, site: str) -> None:
    page = visit(site).to(TEMPLATES["story"])
    page.emulate_media(media="print")
    assert not page.locator(".sections").is_visible()
    assert not page.locator(".keep-reading > summary").first.is_visible()
    assert page.locator(".print-url").is_visible()
    assert page.locator(".story-page > article .story-body").is_visible()
    credit = page.locator(".photo--credit, .credit").first
    assert credit.is_visible()


def test_a_page_is_complete_without_its_style(visit: Any, site: str) -> None:
    trip = visit(site)
    trip.context.route(re.compile(r".*\\.css$"), lambda route: route.abort())
    page = trip.page
    page.goto(f"{site}/{TEMPLATES['story']}")
    order = page.evaluate(
        "[...document.querySelectorAll('h1, .story-body, .stream-title, .colophon')].map(each => each.className || each.tagName)"
    )
    assert order[0] == "headline" or "H1" in order[0]
    assert order[-1] == "colophon"
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
