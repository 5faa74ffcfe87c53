"""Headlines for certain places, and the title wherever there is none."""

from __future__ import annotations

from pathlib import Path

from tests.sample import Outlet

HEADLINES = {
    "front": "For the 'front'",
    "section": "For a list",
    "search": "For a search engine",
    "social": "For a link",
}


def test_each_place_has_its_own_and_a_story_the_title(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("told", headlines=HEADLINES)
    outlet.story("other", headlines={"search": "Only found"}, date="2026-11-19")
    assert "published, " in outlet.rebuild()

    def shown(path: str, slug: str) -> str:
        return outlet.html(path).select(f"[data-slug={slug}] .headline")[0].get_text()

    assert [shown("", slug) for slug in ("told", "other")] == [
        "For the ‘front’",
        "Headline of other",
    ]
    for path in (
        "sections/europe/",
        "types/analysis/",
        "authors/ana-pereira/",
        "archive/2026/11/",
        "latest/",
    ):
        assert [shown(path, slug) for slug in ("told", "other")] == [
            "For a list",
            "Headline of other",
        ], path
    page = outlet.html("2026/11/told/")
    assert page.select("h1")[0].get_text() == "Headline of told"
    assert page.title
    assert page.title.get_text().startswith("For a search engine | ")
    assert page.select("meta[property='og:title']")[0]["content"] == "For a link"
    assert "For%20a%20link" in str(page.select(".share")[0])
    other = outlet.html("2026/11/other/")
    assert other.title
    assert other.title.get_text().startswith("Only found | ")
    assert other.select("meta[property='og:title']")[0]["content"] == "Headline of other"
    assert b"Headline of told" in outlet.files()["feed.xml"]
