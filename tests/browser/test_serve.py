"""./inv serve as a writer sees it: the open page follows each save, and shows the faults of one
that went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from tests.browser.waiting import wait_until
from tests.commands.running import Serving, change, until
from tests.sample import Outlet

pytestmark = pytest.mark.browser

NARROW = {"width": 375, "height": 600}
ANY = re.compile(".")
TEXT = "\n\n".join(f"Paragraph {number}." for number in range(1, 9))


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("serve"))
    made.story("wind", body=TEXT)
    made.story("ice", body="The first text.", status="draft", related=["wind"])
    made.story("held", body=TEXT * 9, date="2199-11-26T09:00", title="Held & kept")
    return made


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as running:
        yield running


@pytest.fixture
def file(outlet: Outlet) -> Iterator[Path]:
    """The draft's file, which the next test finds as it was."""
    path = outlet.content / "articles" / "ice.md"
    text = path.read_text("utf-8")
    yield path
    path.write_text(text, "utf-8")


@pytest.fixture
def page(visit: Any, serving: Serving) -> Any:
    opened = visit(serving.base).to("drafts/ice/")
    opened.set_default_timeout(60_000)
    return opened


def test_a_save_loads_the_open_page_anew_and_keeps_open_what_was_open(
    page: Any, file: Path
) -> None:
    page.locator("details.keep-reading summary").click()
    change(file, "The first text.", "The second text.")
    page.get_by_text("The second text.").wait_for()
    page.get_by_text("Paragraph 8.").wait_for()
    change(file, "The second text.", "The first text.")
    page.get_by_text("The first text.").wait_for()


def test_a_save_keeps_the_place_on_the_page(visit: Any, serving: Serving, outlet: Outlet) -> None:
    page = visit(serving.base, viewport=NARROW).to("drafts/held/")
    page.set_default_timeout(60_000)
    page.evaluate("scrollTo({ top: 1500, behavior: 'instant' })")
    before = page.evaluate("scrollY")
    assert before > 1000
    change(outlet.content / "articles" / "held.md", "Paragraph 8.", "Paragraph eight.")
    page.get_by_text("Paragraph eight.").first.wait_for()
    wait_until(page, "history.scrollRestoration === 'auto'")
    assert page.evaluate("scrollY") == before
    page.goto(f"{serving.base}/drafts/ice/")
    assert page.evaluate("scrollY") == 0, "another page begins at its top"


def test_the_page_of_a_story_that_moves_goes_along(page: Any, file: Path, serving: Serving) -> None:
    change(file, 'slug: "ice"', 'slug: "ice-road"')
    # It may load once more on its way there.
    expect(page).to_have_url(f"{serving.base}/drafts/ice-road/", timeout=60_000)
    page.get_by_text("The first text.").wait_for()
    change(file, 'slug: "ice-road"', 'slug: "ice"')
    expect(page).to_have_url(f"{serving.base}/drafts/ice/", timeout=60_000)


def test_pages_that_nobody_looks_at_leave_the_lines_to_others_and_follow_when_they_are_seen(
    visit: Any, serving: Serving, file: Path
) -> None:
    context = visit(serving.base).context
    context.add_init_script(
        "window.away = true; Object.defineProperty(document, 'hidden', { get: () => window.away })"
    )
    pages = [context.new_page() for _ in range(8)]  # a browser opens six lines to one server
    for page in pages:
        page.goto(f"{serving.base}/drafts/ice/")
    change(file, "The first text.", "The second text.")
    pages[0].evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    pages[0].get_by_text("The second text.").wait_for(timeout=60_000)
    pages[1].get_by_text("The first text.").wait_for()


def test_a_faulty_save_shows_the_fault_on_the_page_until_it_is_mended(
    page: Any, file: Path
) -> None:
    overlay = page.get_by_role("alert")
    assert not overlay.is_visible()
    change(file, "Analysis", "Analisis")
    overlay.wait_for()
    shown = overlay.inner_text()
    assert (
        f'{file}:7: error: unknown-name: "Analisis" is not in story_types.yml; did you mean'
        ' "Analysis"?' in shown
    )
    page.get_by_text("The first text.").wait_for()
    change(file, "Analisis", "Analysis")
    overlay.wait_for(state="hidden")


def test_the_faults_can_be_dismissed_until_there_are_others(page: Any, file: Path) -> None:
    overlay = page.get_by_role("alert")
    change(file, "Analysis", "Analisis")
    overlay.wait_for()
    page.get_by_role("button", name="Dismiss").click()
    assert not overlay.is_visible()
    with page.expect_response("**/_broadside/events*"):
        page.reload()
    assert not overlay.is_visible(), "the same faults stay away"
    change(file, "Analisis", "Analisys")
    overlay.wait_for()
    page.keyboard.press("Escape")
    assert not overlay.is_visible()
    change(file, "Analisys", "Analysis")

    def is_forgotten() -> bool:
        with suppress(Error):  # it may be loading anew just now
            return page.evaluate("sessionStorage.getItem('broadside-dismissed')") is None
        return False

    until(is_forgotten, "it is mended")


def test_faults_lead_to_the_line_in_the_writers_editor(
    visit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "/usr/bin/code --wait")
    monkeypatch.delenv("VISUAL", raising=False)
    mine = Outlet(tmp_path)
    mine.story("ice")
    with Serving(mine) as serving:
        page = visit(serving.base).to("")
        change(story := mine.content / "articles" / "ice.md", "Analysis", "Analisis")
        link = page.get_by_role("alert").get_by_role("link")
        link.wait_for(timeout=60_000)
        assert link.get_attribute("href") == f"vscode://file{story}:7"
        page.goto(f"{serving.base}/desk/")
        link = page.get_by_role("link", name=f"{story}:7")
        link.wait_for(timeout=60_000)
        assert link.get_attribute("href") == f"vscode://file{story}:7"


def test_a_page_opened_while_the_fault_stands_shows_it_too(
    page: Any, file: Path, serving: Serving
) -> None:
    change(file, "dek: ", "dke: ")
    page.get_by_role("alert").wait_for()
    page.goto(f"{serving.base}/")
    page.get_by_role("alert").get_by_text("unknown-key").wait_for()
    change(file, "dke: ", "dek: ")
    page.get_by_role("alert").wait_for(state="hidden")


def test_the_list_of_drafts_leads_to_the_draft(visit: Any, serving: Serving) -> None:
    trip = visit(serving.base)
    page = trip.to("desk/")
    page.get_by_role("link", name="Held & kept").wait_for(timeout=60_000)
    rows = page.locator("tbody tr:not(.faults)")
    # The page follows the build of what the test before put back.
    expect(rows.nth(0).locator("td")).to_have_text(
        ["Draft", ANY, "Ana Pereira", ANY, ANY, "none", "missing"], timeout=60_000
    )
    # It warns of a date so far ahead.
    expect(rows.nth(1).locator("td")).to_have_text(
        ["Held", ANY, "Ana Pereira", ANY, ANY, "1", "missing"]
    )
    expect(rows).to_have_count(2)
    for scheme, width in (("light", 360), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("link", name="Held & kept").click()
    assert page.locator(".status-note").inner_text() == "Held until 26 November 2199, 09:00."
    page.go_back()
    page.get_by_role("link", name="Headline of ice").click()
    page.wait_for_url(lambda url: url == f"{serving.base}/drafts/ice/")
    assert page.locator(".status-note").inner_text().startswith("Draft.")
    assert (trip.errors, trip.outside) == ([], [])
