"""Payloads of public corpora in every place that a guest can write: refused and told, or shown as
the words they are.

What the checks refuse is told with a line and a way out. What they accept is built, and every page
of the output is opened in a real browser, which runs whatever would run: the policy of the pages is
only reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from broadside.urls import KINDS
from tests.sample import Outlet
from tests.stress.hostile_outlet import Findings, fill_names, fill_stories, findings
from tests.stress.payloads import CONTEXTS, EVERY, FRONT, payloads
from tests.stress.watching import SITE, Watch

pytestmark = pytest.mark.browser
ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
QUERIES = 25
"""Each payload of so many is searched for."""


@pytest.fixture(scope="module")
def found() -> Findings:
    """What the checks make of every payload in every place."""
    return findings()


@pytest.fixture(scope="module")
def outlets(found: Findings, tmp_path_factory: pytest.TempPathFactory) -> list[Outlet]:
    """Two built outlets: one with payloads in stories and what belongs to them, one with payloads
    in names.
    """
    made = []
    for fill in (fill_stories, fill_names):
        outlet = Outlet(tmp_path_factory.mktemp("hostile"))
        fill(outlet, found)
        said = outlet.rebuild(siteurl=SITE, jobs=2, settings={"FULL_TEXT_FEEDS": [*KINDS]})
        assert " published, " in said, said[:2_000]
        made.append(outlet)
    return made


@pytest.fixture
def watch(browser: Any) -> Iterator[Callable[[Path], Watch]]:
    """Makes a watch over a folder."""
    made: list[Watch] = []

    def start(folder: Path) -> Watch:
        made.append(Watch(browser, folder))
        return made[-1]

    yield start
    for each in made:
        each.close()


def test_each_payload_is_refused_with_a_way_out_or_kept_to_the_letter(
    found: Findings, record_property: Callable[[str, object], None]
) -> None:
    record_property("payloads", len(payloads()))
    assert found.wrong == []
    assert len(payloads()) > 6_000 / EVERY
    assert (
        len(found.accepted["attribute"])
        < len(payloads()) / 100
        < len(found.accepted["alone"])
        < len(payloads()) / 4
    )
    assert all(
        len(found.accepted[place]) > 0.9 * len(payloads()) for place in (*FRONT, "code", "fence")
    )
    assert [
        place for place in ("redirect_from", "photo", "related") if len(found.accepted[place]) > 40
    ] == []
    assert found.accepted.keys() > CONTEXTS.keys()


def test_no_page_runs_loads_or_holds_anything_of_a_payload(
    outlets: list[Outlet],
    watch: Callable[[Path], Watch],
    record_property: Callable[[str, object], None],
) -> None:
    opened = 0
    for outlet in outlets:
        visit = watch(outlet.output)
        visit.look_at_all(
            path for path in outlet.files() if path.endswith(".html") and path != "admin/index.html"
        )
        assert visit.wrong == []
        opened += visit.opened
    record_property("pages opened in Chromium", opened)
    assert opened > 400 / EVERY


def test_a_search_for_a_payload_shows_words(
    outlets: list[Outlet], watch: Callable[[Path], Watch]
) -> None:
    visit = watch(outlets[0].output)
    visit.look("search/")
    search = """async (words) => {
        const form = document.querySelector(".search-form"), count = document.querySelector(".search-count");
        form.q.value = words;
        count.textContent = "Searching";
        form.requestSubmit();
        for (let at = 0; at < 500 && count.textContent.startsWith("Searching"); at++)
            await new Promise((done) => setTimeout(done, 10));
        return [count.textContent, document.querySelectorAll(".search-results li").length];
    }"""
    results = []
    for words in [
        line for each in payloads()[::QUERIES] if (line := " ".join(each.split()).strip())
    ]:
        said, number = visit.page.evaluate(search, words[:200])
        assert "for “" in said, (words, said)
        results.append(number)
        visit.note()
    assert visit.wrong == []
    assert sum(number > 0 for number in results) > len(results) / 4


def test_feeds_can_be_read_and_a_reader_that_trusts_them_runs_nothing(
    outlets: list[Outlet], watch: Callable[[Path], Watch], tmp_path: Path
) -> None:
    seen: dict[str, str] = {}
    for outlet in outlets:
        for path, data in outlet.files().items():
            if path.endswith("feed.xml"):
                for entry in lxml.etree.fromstring(data).iter(f"{ATOM}entry"):
                    seen.setdefault(
                        f"xml {entry.findtext(f'{ATOM}id')}", "".join(map(_shown, entry))
                    )
            elif path.endswith("rss.xml"):
                for item in lxml.etree.fromstring(data).iter("item"):
                    texts = [
                        escape(item.findtext("title") or ""),
                        item.findtext("description"),
                        item.findtext(ENCODED),
                    ]
                    seen.setdefault(
                        f"rss {item.findtext('guid')}", "<hr>".join(filter(None, texts))
                    )
            elif path.endswith("feed.json"):
                for item in json.loads(data)["items"]:
                    shown = f"<h2>{escape(item['title'])}</h2>{item['content_html']}<p>{escape(item['summary'])}</p>"
                    seen.setdefault(f"json {item['url']}", shown)
    assert len(seen) > 375 / EVERY
    entries = list(seen.values())
    for at in range(0, len(entries), 10):
        page = "<hr>".join(f"<article>{entry}</article>" for entry in entries[at : at + 10])
        (tmp_path / f"{at}.html").write_text(
            f"<!doctype html><meta charset=utf-8><title>{at}</title>{page}", "utf-8"
        )
    visit = watch(tmp_path)
    visit.look_at_all(sorted(path.name for path in tmp_path.glob("*.html")))
    assert visit.wrong == []


def _shown(part: Any) -> str:
    """A text of an entry as a reader shows it: HTML as HTML."""
    text = part.text or ""
    return text if part.get("type") == "html" else f"<p>{escape(text)}</p>"


def test_sitemaps_and_lists_hold_addresses_of_this_site_only(outlets: list[Outlet]) -> None:
    read = 0
    for outlet in outlets:
        for path, data in outlet.files().items():
            if path.endswith(".xml") and "sitemap" in path:
                places = [each.text or "" for each in lxml.etree.fromstring(data).iter("{*}loc")]
                assert [place for place in places if not place.startswith(f"{SITE}/")] == []
                read += len(places)
    assert read > 500 / EVERY
