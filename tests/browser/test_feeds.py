"""A feed that a person opens: a page with headlines to follow, under the policy of all pages, and
without JavaScript.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Quiet, built, served
from tests.repository import PROJECT
from tests.sample import Outlet

pytestmark = pytest.mark.browser
BUDGETS = tomllib.loads((PROJECT / "tests" / "reader" / "budgets.toml").read_text("utf-8"))
CONTRAST = """() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    return [...document.querySelectorAll("h1, h2, p, a, code")].filter(each => each.checkVisibility()).map(each => {
        const own = getComputedStyle(each), behind = parts(own.backgroundColor)[3] === 0 ? ground : own.backgroundColor;
        const [dark, bright] = [light(parts(own.color)), light(parts(behind))].sort((a, b) => a - b);
        return (bright + .05) / (dark + .05);
    });
}"""


class Strict(Quiet):
    """Files under the policy that site owners are given."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", BUDGETS["policy"]["page"])
        super().end_headers()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    outlet = Outlet(tmp_path_factory.mktemp("feeds"))
    note = [{"date": "2026-11-21", "type": "correction", "text": "It was five."}]
    outlet.story(
        "a", body="The text, which is for apps.", corrections=note, authors=["Ana Pereira"]
    )
    outlet.story("b", body="Another.", title="ميناء <b>", lang="ar", date="2026-11-19")
    with served(built(outlet.content, outlet.output), Strict) as base:
        yield base


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("feed.xml", "Every story"),
        ("rss.xml", "Every story"),
        ("sections/europe/rss.xml", "Europe"),
        ("corrections/feed.xml", "Corrections"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_feed_is_a_page_in_a_browser(
    visit: Any, site: str, path: str, heading: str, scheme: str
) -> None:
    trip = visit(site, viewport={"width": 320, "height": 640}, is_mobile=True, color_scheme=scheme)
    page = trip.to(path)
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [320, 320]
    assert page.locator("h1").inner_text() == heading
    head = page.locator("header").inner_text()
    assert "RSS" in head
    assert f"http://127.0.0.1:8000/{path}" in head
    for element in page.locator(
        "title, content, summary, description, pubDate, updated, guid, id, link"
    ).all():
        assert not element.is_visible()
    links = page.locator("article h2 a")
    assert str(links.first.get_attribute("href")).startswith("http://127.0.0.1:8000/2026/11/a/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(17, 22, 26)"
    )
    assert min(page.evaluate(CONTRAST)) >= BUDGETS["sight"]["contrast"]
    # browsers ask for an icon that feeds do not name
    assert [said for said in trip.errors if "404" not in said] == []


def test_a_headline_in_another_script_runs_its_own_way(visit: Any, site: str) -> None:
    page = visit(site).to("feed.xml")
    article = page.locator("article", has_text="ميناء <b>")
    assert article.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_each_file_of_the_theme_that_a_feed_names_is_there(
    visit: Any, site: str, tmp_path: Path
) -> None:
    asked: list[tuple[str, int]] = []
    trip = visit(site)
    trip.page.on("response", lambda answer: asked.append((answer.url, answer.status)))
    trip.to("rss.xml")
    sheets = [status for url, status in asked if url.endswith(".css")]
    assert sheets == [200]
