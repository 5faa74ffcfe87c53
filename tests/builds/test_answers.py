"""A story that answers another: each leads to the other, and is the first below it; the letters
that answer it are listed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from broadside.config.options import Options
from broadside.plugins.related.command.reasons import explain
from tests.sample import NOW, Outlet


def test_a_story_and_its_answers_lead_to_each_other_before_all_that_is_related(
    tmp_path: Path,
) -> None:
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
    assert (lines, below) == (
        ["Answered by Headline of first Headline of second"],
        ["first", "second", "other"],
    )
    lines, below = told("second")
    assert (lines, below[:2]) == (["In answer to Headline of claim"], ["claim", "other"])
    assert told("other")[0] == []
    assert outlet.html("2026/11/first/").select_one(
        ".story-header .answers a[href='/2026/11/claim/']"
    )
    assert not [name for name, data in outlet.files().items() if b"Headline of held" in data]
    said = explain(Options(content=str(outlet.content), now=NOW), "claim")
    assert said.index("Headline of first") < said.index("Headline of other")


def test_letters_are_below_their_story_apart_from_answers_and_on_a_page_of_letters(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("story_types.yml", "- name: Analysis\n- name: Letters\n  written_by: readers\n")
    outlet.story("claim", related=["other"], date="2026-11-01")
    outlet.story("reply", answers="claim", date="2026-11-02")
    outlet.story("other", date="2026-11-03")
    signed: dict[str, Any] = {
        "answers": "claim",
        "type": "Letters",
        "related": ["other", "reply", "claim"],
        "authors": [],
    }
    outlet.story(
        "letter",
        **signed | {"authors": ["Mary Ellis", "Ana Pereira (answered by)"]},
        date="2026-11-04",
    )
    outlet.story("second-letter", **signed | {"authors": ["Name withheld"]}, date="2026-11-05")
    outlet.story("held-letter", **signed | {"authors": ["Name withheld"]}, date="2026-12-05")
    assert "published," in outlet.rebuild(settings={"LETTERS_MAIL": "letters@outlet.example"})
    page = outlet.html("2026/11/claim/")
    listed = [
        each.get_text(" ", strip=True) for each in page.select(".story-foot section.letters li")
    ]
    assert listed == [
        "Headline of letter Mary Ellis 4 November 2026",
        "Headline of second-letter Name withheld 5 November 2026",
    ]
    assert [each["href"] for each in page.select(".letters h2 a")] == ["/types/letters/"]
    assert [each.get_text() for each in page.select(".story-foot .answers a")] == [
        "Headline of reply"
    ]
    below = [str(each["data-slug"]) for each in page.select(".stream article.story")]
    assert below[:2] == ["reply", "other"], "letters are not shown whole"
    said = explain(Options(content=str(outlet.content), now=NOW), "claim")
    assert [slug for slug in ("reply", "other") if f"1. Headline of {slug}" in said] == ["reply"]
    assert page.select(".letters p a[href^='mailto:letters@outlet.example?']")
    assert outlet.html("2026/11/other/").select("p.letters a"), (
        "a story without letters has the address too"
    )
    assert (
        "In answer to"
        in outlet.html("2026/11/letter/").select(".story-header .answers")[0].get_text()
    )
    teasers = outlet.html("types/letters/").select("article.teaser")
    assert [str(each["data-slug"]) for each in teasers] == ["second-letter", "letter"]
    assert "Name withheld" in teasers[0].get_text()

    entries = BeautifulSoup(outlet.files()["feed.xml"], "xml").select("entry")
    threads = {
        entry.id.string: [each["ref"] for each in entry.select("in-reply-to")]
        for entry in entries
        if entry.id
    }
    top = "http://127.0.0.1:8000/2026/11"
    assert threads[f"{top}/reply/"] == threads[f"{top}/letter/"] == [f"{top}/claim/"]
    assert threads[f"{top}/claim/"] == []


def test_without_a_mailbox_nobody_is_asked_to_write(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    assert "published," in outlet.rebuild(settings={"LETTERS_MAIL": ""})
    assert not [name for name, data in outlet.files().items() if b'class="letters' in data]
