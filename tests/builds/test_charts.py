"""Charts on pages, in feeds and in copies for other outlets, from tables that may change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sample import Outlet

CHART = '![A line that falls.](data/cod.csv){title="Half the cod" source="Harbour office"}'


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.write("data/cod.csv", "Year,Cod\n2015,14\n2020,\n2025,1234.5\n")
    made.story(body=f"Words.\n\n{CHART}\n\nMore words.")
    made.story("other")
    return made


def test_a_chart_is_drawn_with_its_numbers_below(outlet: Outlet) -> None:
    outlet.rebuild()
    figure = outlet.html("2026/11/a-story/").select_one(".story > .story-body figure.chart")
    assert figure
    assert figure.select_one('svg[role="img"][aria-label="A line that falls."]')
    assert [cell.get_text() for cell in figure.select("details table td")] == ["14", "", "1,234.5"]
    assert "Harbour office" in figure.get_text()
    (item,) = [
        item
        for item in json.loads((outlet.output / "feed.json").read_bytes())["items"]
        if item["title"].endswith("a-story")
    ]
    assert "<svg" in item["content_html"]
    copy = outlet.html("2026/11/a-story/republish/").select_one("textarea")
    assert copy
    assert "1,234.5" in copy.get_text()
    assert "<svg" not in copy.get_text()


def test_words_in_a_table_are_set_in_type_as_in_its_story(outlet: Outlet) -> None:
    outlet.write("data/cod.csv", "Fisher's \"land\",'New' cod\nIreland's,14\n")
    outlet.story(body=f"Words.\n\n{CHART}", lang="de")
    outlet.story("other", body=f"Words.\n\n{CHART}")
    outlet.rebuild()
    heads = "figure.chart table th"
    told = {
        slug: [head.get_text() for head in outlet.html(f"2026/11/{slug}/").select(heads)]
        for slug in ("a-story", "other")
    }
    assert told["other"] == ["Fisher’s “land”", "‘New’ cod", "Ireland’s"]
    assert told["a-story"] == ["Fisher’s „land“", "‚New‘ cod", "Ireland’s"]


def test_a_changed_table_changes_the_pages_that_show_it_alone(outlet: Outlet) -> None:
    outlet.rebuild()
    before = outlet.files()
    outlet.write("data/cod.csv", "Year,Cod\n2015,14\n2025,7\n")
    outlet.rebuild()
    after = outlet.files()
    changed = {path for path in after if after[path] != before.get(path)}
    assert "2026/11/a-story/index.html" in changed
    assert not {
        path for path in changed if path.startswith(("authors/", "sections/", "topics/")) and path.endswith(".html")
    }
    outlet.rebuild(clean=True)
    assert outlet.files() == after


def test_the_introduction_of_a_series_has_charts_too(outlet: Outlet) -> None:
    outlet.write("series/cod.md", f"---\nname: Cod\nstories: [a-story]\n---\nAbout it.\n\n{CHART}\n")
    outlet.rebuild()
    assert outlet.html("series/cod/").select_one('.story-body svg[aria-label="A line that falls."]')
    outlet.write("data/cod.csv", "Year,Cod\n2015,14\n2025,7\n")
    outlet.rebuild()
    numbers = outlet.html("series/cod/").select(".story-body figure.chart td")
    assert [cell.get_text() for cell in numbers] == ["14", "7"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (None, "a-story.md:12: error: chart-missing"),
        ("Year,Cod\n2015,many\n", "data/cod.csv:2: error: chart-number"),
        ("Year,A,B,C,D,E\n1,1,1,1,1,1\n", "a-story.md:12: error: chart-columns"),
    ],
)
def test_a_table_that_cannot_be_shown_stops_the_build(outlet: Outlet, table: str | None, said: str) -> None:
    (outlet.content / "data/cod.csv").unlink()
    if table:
        outlet.write("data/cod.csv", table)
    assert said in outlet.rebuild()
