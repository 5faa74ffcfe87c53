"""Round-ups on real sites: pages, list and feeds; held ones and drafts; and nothing at all where
there are none.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.feed_rules import faults
from tests.sample import HARBOUR, NOW, Outlet

SITE = "https://outlet.example/magazine"
LINK = "See [this]({filename}/articles/s2.md) and [that](/2026/11/s1/)."


def weeks(path: Path) -> Outlet:
    """Two weeks of stories, one a day, with a note for each and a brief in the second."""
    outlet = Outlet(path)
    outlet.photo()
    for day in range(1, 15):
        section = {3: "Asia", 12: "Briefs", 13: "Asia"}.get(day, "Europe")
        outlet.story(f"s{day}", date=f"2026-11-{day:02}T09:00", section=section, **HARBOUR)
    outlet.roundup("2026-11-08", "The first.", since="2026-11-01", dek="What began.")
    outlet.roundup("2026-11-15", LINK, date="2026-11-15T08:00", lead="s9", title="Tom & <Jerry>")
    return outlet


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    outlet = weeks(tmp_path_factory.mktemp("roundup"))
    assert "14 stories published" in outlet.rebuild(production=True, siteurl=SITE)
    return outlet


def rebuilt(outlet: Outlet, **options: str) -> str:
    usual: dict[str, Any] = {"production": True, "siteurl": SITE}
    return outlet.rebuild(**(usual | options))


def test_a_page_has_the_note_the_lead_and_the_week_by_section(shared: Outlet) -> None:
    page = shared.html("roundup/2026-11-15/")
    assert [each.get_text() for each in page.select("h1")] == ["Tom & <Jerry>"]
    assert [each["href"] for each in page.select(".story-body a")] == [
        "/magazine/2026/11/s2/",
        "/magazine/2026/11/s1/",
    ]
    assert [each.get_text() for each in page.select(".roundup-title")] == [
        "Europe",
        "Asia",
        "In brief",
    ]
    slugs = [each["data-slug"] for each in page.select("article.teaser")]
    assert slugs == ["s9", "s14", "s11", "s10", "s8", "s13", "s12"]
    assert page.select_one(".roundup-lead img[alt='A harbour.']")
    for each in page.select("article.teaser:has(img)"):
        assert [credit.get_text() for credit in each.select(".credit")] == [
            "Photo by A. Person/Agency"
        ]
    data = json.loads(str(page.select("script[type='application/ld+json']")[0].string))
    listed = [
        each["url"].rstrip("/").rpartition("/")[2] for each in data["mainEntity"]["itemListElement"]
    ]
    assert (data["@type"], listed) == ("CollectionPage", slugs)
    assert page.select_one("form.newsletter a[href='/magazine/roundup/']")


def test_all_are_listed_the_newest_first_with_feeds_and_in_the_sitemap(shared: Outlet) -> None:
    page = shared.html("roundup/")
    assert [each["href"] for each in page.select(".ledger .headline a")] == [
        "/magazine/roundup/2026-11-15/",
        "/magazine/roundup/2026-11-08/",
    ]
    box = page.select_one(".ledger ~ form.newsletter")
    assert box, "whoever reads past letters may have the next ones"
    assert not box.select("a"), "and is where they are"
    for name in ("roundup/feed.xml", "roundup/rss.xml"):
        data = shared.files()[name]
        assert faults(name, data) == []
        entries = feedparser.parse(data).entries
        assert [entry.title for entry in entries] == ["Tom & <Jerry>", "Round-up of 2026-11-08"]
        assert f'href="{SITE}/2026/11/s2/"' in entries[0].content[0].value
    assert "roundup/feed.json" not in shared.files()
    location = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    pages = {
        each.text for each in ET.fromstring(shared.files()["sitemaps/pages.xml"]).iter(location)
    }
    assert {
        f"{SITE}/roundup/",
        f"{SITE}/roundup/2026-11-08/",
        f"{SITE}/roundup/2026-11-15/",
    } <= pages


def test_one_that_is_held_or_a_draft_leaves_no_trace_until_its_hour(
    shared: Outlet, tmp_path: Path
) -> None:
    outlet = shared.copy(tmp_path)
    secret = {"title": "Zanzibar", "dek": "Quixotic."}
    outlet.roundup("2026-11-26", "Embargoed.", date="2026-11-26T08:00", **secret)
    outlet.roundup("2026-11-19", "Embargoed.", status="draft", **secret)
    rebuilt(outlet)
    assert outlet.files() == shared.files()
    rebuilt(outlet, now="2026-11-26T07:59:59")
    assert not (outlet.output / "roundup/2026-11-26").exists()
    rebuilt(outlet, now="2026-11-26T08:00")
    assert "Zanzibar" in (outlet.output / "roundup/index.html").read_text("utf-8")
    assert not (outlet.output / "roundup/2026-11-19").exists()


def test_a_preview_shows_both_below_drafts_and_lists_neither(
    shared: Outlet, tmp_path: Path
) -> None:
    outlet = shared.copy(tmp_path)
    outlet.roundup("2026-11-26", title="Zanzibar")
    outlet.roundup("2026-11-19", status="draft", title="Quixotic")
    outlet.rebuild(drafts=True)
    for day, word in (("2026-11-26", "Held"), ("2026-11-19", "Draft.")):
        page = outlet.html(f"drafts/roundup-{day}/")
        assert word in page.select(".status-note")[0].get_text()
        assert page.select_one("meta[name=robots][content=noindex]")
    listed = {
        name for name, data in outlet.files().items() if b"Zanzibar" in data or b"Quixotic" in data
    }
    assert listed == {
        "drafts/roundup-2026-11-26/index.html",
        "drafts/roundup-2026-11-19/index.html",
    }


def test_a_story_that_is_out_before_a_held_round_up_may_lead_it(
    shared: Outlet, tmp_path: Path
) -> None:
    outlet = shared.copy(tmp_path)
    outlet.story("soon", date="2026-11-27T09:00")
    outlet.roundup("2026-11-28", lead="soon")
    done = outlet.run("check", "--content", "content", "--now", NOW)
    assert done.returncode == 0, done.stdout
    rebuilt(outlet, now="2026-11-28")
    assert outlet.html("roundup/2026-11-28/").select_one(".roundup-lead [data-slug=soon]")


def test_only_drafts_make_no_list(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("s1")
    outlet.roundup("2026-11-22", status="draft")
    assert "1 story published" in outlet.rebuild(drafts=True)
    assert (outlet.output / "drafts/roundup-2026-11-22/index.html").is_file()
    assert not (outlet.output / "roundup").exists()


def test_a_link_to_one_that_is_held_is_a_fault(shared: Outlet, tmp_path: Path) -> None:
    outlet = shared.copy(tmp_path)
    outlet.roundup("2026-11-26")
    outlet.story(
        "linking",
        body="[Next week]({filename}/roundups/2026-11-26.md), [this](/roundup/2026-11-15/).",
    )
    said = rebuilt(outlet)
    assert "unpublished" in said
    assert "broken-link" not in said
