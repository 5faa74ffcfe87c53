"""./inv status: each story is where an editor looks for it, at the stated clock."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.plugins.desk.command.board import board as board_of
from tests.sample import NOW, Outlet

PHOTO = {"photo": "photos/harbour.jpg", "alt": "Cranes.", "credit": "Photo by A. Person"}


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("status"))
    made.photo()
    made.story("held-later", date="2026-12-02T09:00", **PHOTO)
    made.story("held-sooner", date="2026-11-25T08:30-03:00", **PHOTO)
    made.story("today", date="2026-11-24T23:30Z", **PHOTO)
    made.story("yesterday", date="2026-11-24T23:59", **PHOTO)
    made.story("idea", status="draft", date=None)
    made.story("unlisted", date="2026-11-25T07:00", status="hidden")
    of = {"type": "correction", "text": "It was five."}
    entries = [of | {"date": date} for date in ("2026-11-01", "2026-10-31T22:30Z", "2026-11-30")]
    made.story("plain", date="2026-10-20", corrections=entries)
    made.story(
        "back",
        date="2026-10-20",
        status="withdrawn",
        corrections=[of | {"date": "2026-11-03", "text": "Taken back."}],
    )
    return made


def status(outlet: Outlet, *flags: str) -> subprocess.CompletedProcess[str]:
    return outlet.run("status", "--content", "content", "--now", NOW, *flags)


def board(outlet: Outlet, *flags: str) -> Any:
    return json.loads(status(outlet, "--format", "json", *flags).stdout)


def stems(lines: list[dict[str, str]]) -> list[str]:
    return [Path(line["path"]).stem for line in lines]


def test_every_story_is_in_its_lists(outlet: Outlet) -> None:
    made = board(outlet)
    assert stems(made["drafts"]) == ["idea"]
    assert stems(made["held"]) == ["held-sooner", "held-later"]
    assert made["held"][0]["moment"] == "2026-11-25T12:30:00+01:00"
    assert stems(made["today"]) == ["today"], "the day is that of the site's zone"
    assert stems(made["without_photo"]) == ["idea", "plain"]
    assert [(Path(line["path"]).stem, line["more"]) for line in made["corrections"]] == [
        ("back", "correction: Taken back."),
        ("plain", "correction: It was five."),
    ], "of this month in the site's zone, and not of days to come"
    assert [(due["moment"], due["kind"]) for due in made["due"]] == [
        ("2026-11-25T12:30:00+01:00", "story")
    ]
    assert made["errors"] == 0


def test_a_round_up_waits_among_the_stories(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("later", date="2026-12-02T09:00")
    outlet.roundup("2026-11-25")
    outlet.roundup("2026-11-27")
    outlet.roundup("2026-12-04", status="draft")
    made = board(outlet)
    assert (stems(made["held"]), stems(made["drafts"])) == (["2026-11-27", "later"], ["2026-12-04"])
    assert stems(made["today"]) == ["2026-11-25"]
    assert stems(made["without_photo"]) == ["later"]


def test_what_comes_next_is_not_that_a_story_is_no_news_any_more(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("today", date="2026-11-25T08:00")
    assert [due["kind"] for due in board(outlet)["due"]] == ["year"]


def test_an_opinion_lacks_no_photo(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("argued", type="Opinion")
    outlet.story("reported")
    assert stems(board(outlet)["without_photo"]) == ["reported"]


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("undated", status="draft", date=None)
    made = board_of(Options(content=str(outlet.content), now="2028-02-29T09:00"))
    assert len(made.drafts) == 1


def test_a_fault_is_counted_and_hides_nothing_else(tmp_path: Path) -> None:
    other = Outlet(tmp_path)
    other.story("good", date="2026-12-01")
    other.story("bad", section="Eurpoe", date="2026-11-25T08:00")
    assert status(other).returncode == 0
    made = board(other)
    assert (stems(made["held"]), made["errors"]) == (["good"], 1)
    assert other.run("status", "--content", "nowhere").returncode == 1


def test_it_says_how_things_stand_with_each_series(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("series/water.md", "---\nname: Rivers\nstories: [listed]\n---\nText.\n")
    outlet.write("series/later.md", "---\nname: Later\n---\nText.\n")
    outlet.story("listed")
    outlet.story("out", series="Rivers")
    outlet.story("waits", series="Rivers", date="2027-01-01")
    outlet.story("idea", series="Rivers", status="draft", date=None)
    made = {
        each["name"]: [each[state] for state in ("published", "held", "draft")]
        for each in board(outlet)["series"]
    }
    assert made == {"Rivers": [2, 1, 1], "Later": [0, 0, 0]}
    said = status(outlet).stdout
    assert "Rivers: 2 parts out, 1 held, 1 in draft (content/series/water.md)" in said
    assert "Later: 0 parts out (content/series/later.md)" in said


def test_a_part_of_a_series_counts_once_in_whatever_languages_it_is(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("series/water.md", "---\nname: Rivers\n---\nText.\n")
    for slug in ("one", "two", "three"):
        outlet.story(slug, series="Rivers")
    outlet.story("two-fr", lang="fr", translation_of="two")
    outlet.story("three-fr", lang="fr", translation_of="three", date="2027-01-01")
    assert [each["published"] for each in board(outlet)["series"]] == [3]
    assert "Rivers: 3 parts out (content/series/water.md)" in status(outlet).stdout
    assert "published," in outlet.rebuild()
    assert len(outlet.html("series/water/").select(".series-parts > li")) == 3


def test_a_story_that_waits_for_its_slot_is_told_here_and_is_no_fault(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("now")
    outlet.story("later", title="The embargo", date="2026-12-02T09:00")
    outlet.story("idea", title="An idea", status="draft", date=None)
    slots = ("lead", "later"), ("lead", "now"), ("second", "idea"), ("third", "now")
    entries = "".join(f"- {{slot: {slot}, story: {story}}}\n" for slot, story in slots)
    outlet.write("front_page.yml", f"{entries}- {{slot: third, story: later, until: 2026-11-01}}\n")
    made = board(outlet)
    assert [(each["slot"], each["title"]) for each in made["slots"]] == [
        ("lead", "The embargo"),
        ("second", "An idea"),
    ]
    said = status(outlet).stdout
    assert "The embargo, held until 2 December 2026, 09:00 (content/articles/later.md)" in said
    assert "An idea, a draft (content/articles/idea.md)" in said
    checked = outlet.run("check", "--content", str(outlet.content), "--now", NOW)
    assert (checked.returncode, checked.stdout) == (0, "No faults.\n")
    assert "slot" not in outlet.rebuild()
