"""What a reader's hands and eyes need: quick taps, large targets, contrast, text of any size, and
nothing that moves.

What else a reader relies on is tried in tests/browser.
"""

from __future__ import annotations

import statistics
from typing import Any

import pytest

from tests.reader.conftest import BUDGETS, TEMPLATES

SIGHT = BUDGETS["sight"]
SLOW = 4
"""Times as slow as this machine's processor."""
OPENED = (
    TEMPLATES["story"],
    "2026/11/thirty-years-at-farakka/",
    "2026/11/to-the-reader-who-wants-us-to-agree/",
)
"""Pages with three stories to open below their own."""
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
    page = visit(site, color_scheme=scheme, viewport={"width": width, "height": 800}).to(
        TEMPLATES[kind]
    )
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate(FAINT, SIGHT["contrast"]) == []
    assert page.evaluate(SMALL, SIGHT["target"]) == []
    heights = page.evaluate(
        "[...document.querySelectorAll('.keep-reading > summary')].map(each => each.offsetHeight)"
    )
    assert all(height >= SIGHT["summary"] for height in heights)
    assert (kind in ("story", "heard")) == bool(heights)


@pytest.mark.parametrize("change", ["wide spacing", "text twice as large"])
@pytest.mark.parametrize("kind", TEMPLATES)
def test_text_may_be_spaced_and_enlarged(visit: Any, site: str, kind: str, change: str) -> None:
    width = 320 if change == "wide spacing" else 640
    page = visit(site, viewport={"width": width, "height": 800}, bypass_csp=True).to(
        TEMPLATES[kind]
    )
    page.add_style_tag(
        content=SPACED if change == "wide spacing" else "html { font-size: 200% !important }"
    )
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")].filter(each => {
        const style = getComputedStyle(each);
        return each.clientHeight && style.overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1
            && !each.closest(".visually-hidden, .skip-link");
    }).map(each => each.outerHTML.slice(0, 120))"""
    )
    assert clipped == []


def test_a_tap_opens_a_story_at_once_on_a_slow_phone(
    visit: Any, site: str, record_property: Tell
) -> None:
    """Openings only, each of a text that was closed until then; the first on a page loads code of
    the browser's and does not count.
    """
    first: list[float] = []
    took: list[float] = []
    for path in OPENED * 2:
        trip = visit(
            site,
            viewport={"width": 375, "height": 667},
            has_touch=True,
            is_mobile=True,
            bypass_csp=True,
        )
        page = trip.to(path)
        trip.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        page.evaluate(
            """() => { window.took = []; new PerformanceObserver(list => took.push(...list.getEntries()
            .filter(each => each.name === "click").map(each => each.duration)))
            .observe({type: "event", durationThreshold: 16, buffered: true}); }"""
        )
        for summary in page.locator(".keep-reading > summary").all():
            summary.tap()
            page.wait_for_timeout(300)
        assert page.locator(".keep-reading[open]").count() == 3
        one, *others = page.evaluate("took")
        assert len(others) == 2
        first.append(one)
        took += others
        trip.context.close()
    record_property("milliseconds, median and longest", (statistics.median(took), max(took)))
    record_property("milliseconds of the first on each page", first)
    assert statistics.median(took) <= BUDGETS["touch"]["tap"]


def test_opening_a_story_moves_nothing_else(visit: Any, site: str) -> None:
    page = visit(site).to(TEMPLATES["story"])
    page.evaluate(
        """() => { window.moved = []; new PerformanceObserver(list => moved.push(...list.getEntries()
        .filter(each => !each.hadRecentInput).map(each => each.value))).observe({type: "layout-shift", buffered: true}); }"""
    )
    summary = page.locator(".keep-reading > summary").first
    summary.scroll_into_view_if_needed()
    above = (
        "[...document.querySelectorAll('.story-page *')].filter(each =>"
        " each.getBoundingClientRect().bottom < 300)"
    )
    tops = f"{above}.map(each => each.getBoundingClientRect().top)"
    before = page.evaluate(tops)
    summary.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('.keep-reading').open")
    assert page.evaluate(tops) == before
    assert page.evaluate("moved") == []
