"""A story that answers another: each leads to the other, and is the first below it."""

from __future__ import annotations

from pathlib import Path

from broadside.config.options import Options
from broadside.editing.related import explain
from tests.sample import NOW, Outlet


def test_a_story_and_its_answers_lead_to_each_other_before_all_that_is_related(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("claim", related=["other"], date="2026-11-01")
    outlet.story("second", answers="claim", related=["other"], date="2026-11-12")
    outlet.story("first", answers="claim", date="2026-11-11")
    outlet.story("other", date="2026-11-02")
    outlet.story("held", answers="claim", date="2026-12-01")
    assert "published," in outlet.rebuild()

    def told(slug: str) -> tuple[list[str], list[str]]:
        page = outlet.html(f"2026/11/{slug}/")
        lines = [each.get_text(" ", strip=True) for each in page.select(".answers")]
        return lines, [str(each["data-slug"]) for each in page.select(".stream article.story")]

    lines, below = told("claim")
    assert (lines, below) == (["Answered by Headline of first Headline of second"], ["first", "second", "other"])
    lines, below = told("second")
    assert (lines, below[:2]) == (["In answer to Headline of claim"], ["claim", "other"])
    assert told("other")[0] == []
    assert outlet.html("2026/11/first/").select_one(".story-header .answers a[href='/2026/11/claim/']")
    assert not [name for name, data in outlet.files().items() if b"Headline of held" in data]
    said = explain(Options(content=str(outlet.content), now=NOW), "claim")
    assert said.index("Headline of first") < said.index("Headline of other")
