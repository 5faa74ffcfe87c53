"""Charts on pages, in feeds and in copies for other outlets, from tables that may change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sample import Outlet, differing

CHART = '![A line that falls.](data/cod.csv){title="Half the cod" source="Harbour office"}'
IN_WORDS = CHART.replace("cod.csv", "words.csv")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with charts in stories and in a series; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("charts"))
    outlet.write("data/cod.csv", "Year,Cod\n2015,14\n2020,\n2025,1234.5\n")
    outlet.write("data/words.csv", "Fisher's \"land\",'New' cod\nIreland's,14\n")
    outlet.story(body=f"Words.\n\n{CHART}\n\nMore words.")
    outlet.story("english", body=f"Words.\n\n{IN_WORDS}", section="Asia")
    outlet.story("german", body=f"Words.\n\n{IN_WORDS}", section="Asia", lang="de")
    outlet.write(
        "series/cod.md", f"---\nname: Cod\nstories: [a-story]\n---\nAbout it.\n\n{CHART}\n"
    )
    assert "published," in outlet.rebuild()
    return outlet


def test_a_chart_is_drawn_with_its_numbers_below(made: Outlet) -> None:
    figure = made.html("2026/11/a-story/").select_one(".story-main > .story-body figure.chart")
    assert figure
    assert figure.select_one('svg[role="img"][aria-label="A line that falls."]')
    assert [cell.get_text() for cell in figure.select("details table td")] == ["14", "", "1,234.5"]
    assert "Harbour office" in figure.get_text()
    (item,) = [
        item
        for item in json.loads((made.output / "feed.json").read_bytes())["items"]
        if item["title"].endswith("a-story")
    ]
    assert "<svg" in item["content_html"]
    copy = made.html("2026/11/a-story/republish/").select_one("textarea")
    assert copy
    assert "1,234.5" in copy.get_text()
    assert "<svg" not in copy.get_text()


def test_words_in_a_table_are_set_in_type_as_in_its_story(made: Outlet) -> None:
    heads = ".story-main > .story-body figure.chart table th"
    told = {
        slug: [head.get_text() for head in made.html(f"2026/11/{slug}/").select(heads)]
        for slug in ("english", "german")
    }
    assert told["english"] == ["Fisher’s “land”", "‘New’ cod", "Ireland’s"]
    assert told["german"] == ["Fisher’s „land“", "‚New‘ cod", "Ireland’s"]


def test_a_changed_table_changes_the_pages_that_show_it_alone(made: Outlet, tmp_path: Path) -> None:
    assert made.html("series/cod/").select_one('.story-body svg[aria-label="A line that falls."]')
    outlet = made.copy(tmp_path)
    outlet.write("data/cod.csv", "Year,Cod\n2015,14\n2025,7\n")
    outlet.rebuild()
    changed = differing(made.files(), outlet.files())
    assert {"2026/11/a-story/index.html", "series/cod/index.html"} <= {*changed}
    assert not [
        path
        for path in changed
        if path.startswith(("authors/", "sections/")) and path.endswith(".html")
    ]
    numbers = outlet.html("series/cod/").select(".story-body figure.chart td")
    assert [cell.get_text() for cell in numbers] == ["14", "7"]
    after = outlet.files()
    outlet.rebuild(clean=True)
    assert outlet.files() == after
