"""Running coverage as it is published: what machines are told, what pages load, and what others are
spared.
"""

from __future__ import annotations

import json

import pytest

from tests.sample import Outlet

TEXT = "The key points.\n\n## 09:10 The doors open\n\nThey open.\n\n## 14:05 A break\n\nFor coffee."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    outlet = Outlet(tmp_path_factory.mktemp("live"))
    outlet.story("runs", body=TEXT, live="running")
    outlet.story("ended", body=TEXT, live="over")
    outlet.story("plain")
    outlet.rebuild()
    return outlet


def data(outlet: Outlet, slug: str) -> dict[str, object]:
    found = json.loads(
        outlet.html(f"2026/11/{slug}/").select("script[type='application/ld+json']")[0].string or ""
    )
    return dict(found[0] if isinstance(found, list) else found)


def test_search_engines_learn_of_the_entries_and_of_the_end(site: Outlet) -> None:
    runs = data(site, "runs")
    assert runs["@type"] == "LiveBlogPosting"
    assert [each["url"].partition("#")[2] for each in runs["liveBlogUpdate"]] == [  # type: ignore[attr-defined]
        "1405-a-break",
        "0910-the-doors-open",
    ]
    assert runs["dateModified"] == "2026-11-20T14:05:00+01:00"
    assert "coverageEndTime" not in runs
    assert data(site, "ended")["coverageEndTime"] == "2026-11-20T14:05:00+01:00"
    assert data(site, "plain")["@type"] != "LiveBlogPosting"


def test_readers_see_that_it_runs_where_it_runs(site: Outlet) -> None:
    scripts = {
        slug: [
            str(each["src"]) for each in site.html(f"2026/11/{slug}/").select("script[src*='live']")
        ]
        for slug in ("runs", "plain")
    }
    assert [len(each) for each in scripts.values()] == [1, 0]
    page = site.html("2026/11/runs/")
    assert page.select_one(".live a[href='/2026/11/runs/']")
    assert [each.get_text() for each in page.select(".story .story-body h2 time")] == [
        "14:05",
        "09:10",
    ]
    assert not site.html("2026/11/ended/").select(".live [role=status]")
    listed = site.html("sections/europe/").select("main [data-slug]")
    assert {str(each["data-slug"]) for each in listed if each.select(".kicker strong")} == {"runs"}
