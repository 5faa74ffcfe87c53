"""What only the desk is told of a story: it sees it, and no reader does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from broadside.build.reading import read
from broadside.config.options import Options
from broadside.plugins.desk.preview.front import arranging
from broadside.plugins.desk.preview.page import page
from broadside.preview.pages import PreviewState
from broadside.settings import Settings
from tests.sample import NOW, Outlet

WITH, DAY = "with Ana at the lawyers", "2026-11-27"


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("desk"))
    made.story("ice", status="draft", date=None, desk=WITH, planned=DAY)
    made.story("late", status="draft", date=None, planned="2026-11-02")
    made.story("far", status="draft", date=None, planned="2027-03-01")
    made.story("out", desk=WITH, planned=DAY)
    made.story("next", date="2026-11-26T09:00")
    made.story(
        "mended",
        corrections=[{"date": "2026-11-02", "type": "correction", "text": "It was a Tuesday."}],
    )
    made.write("series/rivers.md", "---\nname: Rivers\nstories: [out, ice]\n---\nThey flow.\n")
    made.story("bad", status="draft", date=None, planned="Friday")
    return made


def test_the_status_says_who_has_a_story_and_when_it_is_planned(outlet: Outlet) -> None:
    where = ("--content", "content", "--now", NOW)
    made = json.loads(outlet.run("status", *where, "--format", "json").stdout)
    assert [Path(line["path"]).stem for line in made["planned"]] == ["late", "ice", "far"]
    assert {Path(line["path"]).stem: line["note"] for line in made["drafts"]}["ice"] == WITH
    text = outlet.run("status", *where).stdout
    assert "3 planned" in text
    assert WITH in text


def test_the_desk_shows_the_week(outlet: Outlet) -> None:
    options = Options(content=str(outlet.content), now=NOW)
    content, reading, _ = read(options)
    html = page(PreviewState(content, reading, options, Settings({"SITENAME": "X"}), ""))
    week = BeautifulSoup(html, "html.parser").select_one(".week")
    assert week
    shown = [item.get_text(" ", strip=True) for item in week.select("dt, li")]
    assert len(week.select("dt")) == 3, "a day that has passed, two to come, and none in March"
    assert "lacking" in (week.select("dt")[0].get("class") or [])
    assert any(WITH in text and "Planned" in text for text in shown)
    assert any("09:00" in text and "Held" in text for text in shown)


def test_the_desk_shows_corrections_and_series_with_parts_to_come(outlet: Outlet) -> None:
    options = Options(content=str(outlet.content), now=NOW)
    content, reading, _ = read(options)
    html = page(PreviewState(content, reading, options, Settings({"SITENAME": "X"}), ""))
    desk = BeautifulSoup(html, "html.parser")
    said = [item.get_text(" ", strip=True) for item in desk.select(".corrections li, .series li")]
    assert ["It was a Tuesday." in said[0], said[1:]] == [True, ["Rivers: 1 out, 1 in draft"]]


def test_no_reader_sees_it(outlet: Outlet) -> None:
    assert outlet.build("--now", NOW).returncode == 0
    files = [path for path in outlet.output.rglob("*") if path.is_file()]
    assert any(path.parent.name == "out" for path in files)
    assert [path for path in files if WITH.encode() in path.read_bytes()] == []


def test_a_day_that_is_none_is_a_fault_of_its_line(outlet: Outlet) -> None:
    said = outlet.run("check", "--content", "content", "--now", NOW, "--format", "json").stdout
    faults = [each for each in json.loads(said) if each["code"] == "date"]
    (fault,) = faults
    lines = (outlet.content / "articles/bad.md").read_text("utf-8").splitlines()
    assert lines[fault["line"] - 1].startswith("planned:")


@pytest.mark.parametrize("text", ["slots:\n  - slot: lead\n   story: out\n", "- lead\n"])
def test_a_faulty_front_page_takes_no_page_of_the_preview_away(outlet: Outlet, text: str) -> None:
    outlet.write("front_page.yml", text)
    options = Options(content=str(outlet.content), now=NOW)
    content, reading, _ = read(options)
    preview = PreviewState(content, reading, options, Settings({"SITENAME": "X"}), "")
    assert arranging(preview).version == "", "nothing can be saved until it is mended"
