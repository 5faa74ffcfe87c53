"""./inv status: each story is where an editor looks for it, at the stated clock."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broadside.desk.options import Options
from broadside.desk.status import board as board_of
from tests.outlet import NOW, Outlet

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
        "back", date="2026-10-20", status="withdrawn", corrections=[of | {"date": "2026-11-03", "text": "Taken back."}]
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
    assert [(due["moment"], due["kind"]) for due in made["due"]] == [("2026-11-25T12:30:00+01:00", "story")]
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


def test_it_is_told_in_words(outlet: Outlet) -> None:
    done = status(outlet)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "1 draft:\n"
        "  Headline of idea (content/articles/idea.md)\n"
        "2 held:\n"
        "  25 November 2026, 12:30: Headline of held-sooner (content/articles/held-sooner.md)\n"
        "  2 December 2026, 09:00: Headline of held-later (content/articles/held-later.md)\n"
        "1 published today:\n"
        "  25 November 2026, 00:30: Headline of today (content/articles/today.md)\n"
        "2 without a photo:\n"
        "  Headline of idea (content/articles/idea.md)\n"
        "  Headline of plain (content/articles/plain.md)\n"
        "2 corrections this month:\n"
        "  3 November 2026: Headline of back (content/articles/back.md)\n"
        "    correction: Taken back.\n"
        "  1 November 2026: Headline of plain (content/articles/plain.md)\n"
        "    correction: It was five.\n"
        'Next by itself: 25 November 2026, 12:30: "Headline of held-sooner" comes out\n'
    )


def test_long_lists_are_cut_in_words_and_whole_for_machines(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    for number in range(12):
        outlet.story(f"story-{number}", date=f"2026-10-{number + 1:02}")
    said = status(outlet).stdout
    assert "12 without a photo:\n  Headline of story-11" in said
    assert "  and 2 more\n" in said
    assert len(board(outlet)["without_photo"]) == 12
    assert "0 drafts\n0 held\n0 published today\n" in said


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("undated", status="draft", date=None)
    made = board_of(Options(content=str(outlet.content), now="2028-02-29T09:00"))
    assert "1 draft:\n  Headline of undated" in str(made)


def test_a_fault_is_counted_and_hides_nothing_else(tmp_path: Path) -> None:
    other = Outlet(tmp_path)
    other.story("good", date="2026-12-01")
    other.story("bad", section="Eurpoe", date="2026-11-25T08:00")
    done = status(other)
    assert done.returncode == 0
    assert "1 held:" in done.stdout
    assert "1 dated today:" in done.stdout, "and not published, which nothing can be"
    assert "1 error in the content: nothing can be published" in done.stdout
    nowhere = other.run("status", "--content", "nowhere")
    assert (nowhere.returncode, nowhere.stderr) == (1, "There is no folder nowhere.\n")
