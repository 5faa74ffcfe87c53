"""What readers see of how a story read before, on real builds from small real repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broadside.build.reading import read
from broadside.config.options import Options
from broadside.plugins.versions.changes import compared
from broadside.plugins.versions.content import shown
from broadside.settings import Settings
from tests.newsroom import Newsroom
from tests.sample import NOW, Outlet, differing

ON = {"VERSIONS": "2026-11-01"}
PAGE = "2026/11/ferry/versions/"
CORRECTION = {"date": "2026-11-22", "type": "correction", "text": "It sails at six."}
LATER = {"date": "2026-11-24", "type": "clarification", "text": "It sails at five."}


class Ferry(Newsroom):
    """One that has a story."""

    def ferry(self, body: str, *, day: int = 0, **given: Any) -> None:
        """Write the story and, if there is a day, commit it."""
        self.story("ferry", body=body, **given)
        if day:
            self.commit(day)

    def built(self, since: str = ON["VERSIONS"], **options: Any) -> str:
        """Build with versions."""
        return self.rebuild(settings={"VERSIONS": since}, **options)

    def marked(self, sign: str) -> list[str]:
        """The words with a mark on the page of versions."""
        return [each.get_text().strip() for each in self.html(PAGE).select(sign)]

    def shows(self, word: str) -> bool:
        """Whether any file of the site has a word, in small letters."""
        return any(word.encode() in data.lower() for data in self.files().values())


@pytest.fixture
def outlet(tmp_path: Path) -> Ferry:
    return Ferry(tmp_path)


def links(outlet: Outlet) -> list[str]:
    """The links of the story's page to its versions."""
    found = outlet.html("2026/11/ferry/").select('.story-foot a[href*="versions"]')
    return [str(each["href"]) for each in found]


def test_each_declared_change_is_shown_word_by_word_newest_first(outlet: Ferry) -> None:
    outlet.ferry("The ferry sails at seven.\n\nNobody is on it.", day=20)
    outlet.ferry("The ferry sails at six.\n\nNobody is on it.", day=22, corrections=[CORRECTION])
    outlet.ferry(
        "The ferry sails at six.\n\nEverybody is on it.\n\nIt is full.",
        day=23,
        corrections=[CORRECTION],
        updated="2026-11-23",
    )
    outlet.built()
    assert links(outlet) == [f"/{PAGE}"]
    page = outlet.html(PAGE)
    days = [str(each["datetime"])[:10] for each in page.select(".ledger time")]
    assert days == ["2026-11-23", "2026-11-22"]
    assert outlet.marked("del") == ["Nobody", "seven."]
    assert outlet.marked("ins") == ["Everybody", "It is full.", "six."]
    assert "It sails at six." in page.select(".ledger li")[1].get_text()
    said = json.loads((outlet.output / PAGE / "versions.json").read_bytes())
    assert [each["notes"][0]["type"] for each in said["changes"]] == ["update", "correction"]
    assert said["changes"][1]["text"] == [
        [["same", "The ferry sails at "], ["out", "seven."], ["in", "six."]]
    ]


def test_headline_and_dek_are_compared_too(outlet: Ferry) -> None:
    outlet.ferry("Body.", day=20, title="Seven ferries wait", dek="There are seven.")
    outlet.ferry(
        "Body.", day=22, title="Six ferries wait", dek="There are six.", corrections=[CORRECTION]
    )
    outlet.built()
    assert outlet.marked("del") == ["Seven", "seven."]


def test_a_correction_that_is_not_committed_yet_is_compared_with_what_is(outlet: Ferry) -> None:
    outlet.ferry("At seven.", day=20)
    outlet.ferry("At six.", corrections=[CORRECTION])
    outlet.built()
    before = outlet.files()
    assert outlet.marked("ins") == ["six."]
    outlet.commit(22)
    outlet.built()
    assert outlet.files() == before
    outlet.built(clean=True)
    assert outlet.files() == before


@pytest.mark.parametrize(
    "taken_back", [{}, {"status": "hidden"}, {"history": "none", "history_reason": "A court."}]
)
def test_what_was_taken_back_never_comes_back_with_a_later_correction(
    outlet: Ferry, taken_back: dict[str, str]
) -> None:
    outlet.ferry("Zugzwang sails at seven.\n\nZugzwang.\n\nThe end.", day=20)
    outlet.ferry(
        "Zugzwang sails at six.\n\nZugzwang.\n\nThe End.", day=22, corrections=[CORRECTION]
    )
    outlet.ferry("It sails at six.\n\nThe End.", day=23, corrections=[CORRECTION], **taken_back)
    outlet.built()
    assert not outlet.shows("zugzwang")
    outlet.ferry("It sails at five.\n\nThe End.", day=24, corrections=[LATER, CORRECTION])
    outlet.built()
    assert not outlet.shows("zugzwang")
    if taken_back:
        outlet.ferry("It sails at four.", day=25, corrections=[LATER, LATER, CORRECTION])
        outlet.built()
        assert outlet.marked("del") == ["five.", "The End."]
    else:
        assert outlet.marked("del") == ["six.", "end."]


@pytest.mark.parametrize(
    ("day", "given"),
    [
        (20, {"status": "draft"}),
        (20, {"status": "hidden"}),
        (20, {"status": "drafted"}),
        (10, {}),
    ],
)
def test_what_nobody_could_read_is_not_shown(
    outlet: Ferry, day: int, given: dict[str, str]
) -> None:
    """Nor what was replaced before the story's hour had come."""
    outlet.ferry("Zugzwang.", day=day, **given)
    outlet.ferry("At seven.", day=20 if day == 20 else 11)
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.built()
    assert outlet.marked("del") == ["seven."]
    assert not outlet.shows("zugzwang")


@pytest.mark.parametrize("way", ["--no-ff", "--ff-only"])
def test_what_only_a_branch_had_is_not_shown(outlet: Ferry, way: str) -> None:
    """Nor what came in one push with what replaced it."""
    outlet.commit(19)
    outlet.git("checkout", "-q", "-b", "new")
    for minute, body in enumerate(("Zugzwang.", "At seven.")):
        outlet.ferry(body)
        outlet.git("add", "-A")
        outlet.git("commit", "-q", "-m", "x", at=f"2026-11-20T10:0{minute}:00+0000")
    outlet.git("checkout", "-q", "main")
    outlet.git("merge", "-q", way, "-m", "x", "new", at="2026-11-21T10:00:00+0000")
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.built()
    assert outlet.marked("del") == ["seven."]
    assert not outlet.shows("zugzwang")


def test_writers_notes_in_earlier_versions_stay_unseen(outlet: Ferry) -> None:
    outlet.ferry("At seven. <!-- zugzwang -->", day=20)
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.built()
    assert outlet.marked("del") == ["seven."]
    assert not outlet.shows("zugzwang")


def test_a_story_that_moved_keeps_its_past(outlet: Ferry) -> None:
    outlet.ferry(
        "At seven.\n\nAnd so on, for long, and without a change.", day=20, where="articles/old"
    )
    (outlet.content / "articles/old/ferry.md").unlink()
    outlet.ferry("At seven.\n\nAnd so on, for long, and without a change.", day=21)
    outlet.ferry(
        "At six.\n\nAnd so on, for long, and without a change.", day=22, corrections=[CORRECTION]
    )
    outlet.built()
    assert outlet.marked("del") == ["seven."]


def test_a_note_has_the_words_and_the_kind_that_it_has_now(outlet: Ferry) -> None:
    outlet.ferry("At seven.", day=20)
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.ferry("At five.", day=24, corrections=[LATER, CORRECTION])
    outlet.ferry(
        "At five.",
        day=25,
        corrections=[LATER, CORRECTION | {"type": "clarification", "text": "It sailed at six."}],
    )
    outlet.built()
    notes = [each.get_text() for each in outlet.html(PAGE).select(".ledger li > p:not(.dateline)")]
    assert notes == ["Clarification It sails at five.", "Clarification It sailed at six."]
    assert outlet.marked("del") == ["six.", "seven."]
    outlet.ferry("At five.", corrections=[LATER])
    outlet.built()
    assert outlet.marked("del") == ["six."], "it took the other note back"


def test_only_stories_that_are_corrected_from_the_day_on_are_changed(outlet: Ferry) -> None:
    outlet.ferry("At seven.", day=20)
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.rebuild()
    before = outlet.files()
    outlet.built("2026-11-23")
    assert differing(before, outlet.files()) == []
    outlet.ferry("At five.", day=24, corrections=[LATER, CORRECTION])
    outlet.built("2026-11-23")
    assert outlet.marked("del") == ["six."]


@pytest.mark.parametrize(("since", "lines"), [("", 0), ("2026-11-01", 1), ("2026-11-23", 0)])
def test_the_status_says_which_stories_show_their_past(
    outlet: Ferry, since: str, lines: int
) -> None:
    outlet.ferry("At six.", corrections=[CORRECTION])
    outlet.story("secret", corrections=[CORRECTION], history="none", history_reason="For safety.")
    content = read(Options(content=str(outlet.content), now=NOW))[0]
    said = [*shown(content, Settings({"VERSIONS": since}))]
    assert [("Headline of ferry" in line, "2026-11-22" in line) for line in said] == [
        (True, True)
    ] * lines


def test_readers_are_told_why_they_see_none(outlet: Ferry) -> None:
    outlet.ferry("Her name.", day=20)
    reason = "A court has forbidden it."
    given = {"history": "none", "history_reason": reason}
    outlet.ferry("A name.", day=22, corrections=[CORRECTION], **given)
    outlet.built()
    assert not (outlet.output / PAGE).exists()
    assert reason in outlet.html("2026/11/ferry/").select(".story-foot")[0].get_text()
    assert not outlet.shows("her name")


def test_who_hides_the_past_must_say_why(outlet: Ferry) -> None:
    outlet.ferry("At six.", history="none")
    assert "missing-key" in outlet.built()


def test_stories_without_a_declared_change_and_sites_without_the_setting_have_none(
    outlet: Ferry,
) -> None:
    outlet.ferry("At seven.", day=20)
    outlet.ferry("At six.", day=22)
    outlet.built()
    assert links(outlet) == []
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    outlet.rebuild()
    assert links(outlet) == []
    assert not (outlet.output / PAGE).exists()


def test_without_the_history_the_site_is_built_and_a_line_says_what_is_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outlet = Ferry(tmp_path / "whole")
    outlet.ferry("At seven.", day=20)
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    shallow = Outlet(tmp_path / "shallow")
    shutil.rmtree(shallow.content)
    outlet.git("clone", "-q", "--depth", "1", f"file://{outlet.content}", str(shallow.content))
    outside = outlet.copy_content(tmp_path / "outside")
    shutil.rmtree(outside.content / ".git")
    for other, word in ((shallow, "fetch-depth"), (outside, "Git")):
        assert "published," in other.rebuild(settings=ON)
        assert links(other) == []
        assert word in capfd.readouterr().err


def test_git_is_asked_five_times_at_most_and_not_at_all_where_nothing_changed(
    outlet: Ferry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "asked"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout
    fake.write_text(f'#!/bin/sh\necho "$*" >> {log}\nexec {real.strip()} "$@"\n')
    fake.chmod(0o755)
    outlet.ferry("At seven.", day=20)
    outlet.story("other", body="One.", updated="2026-11-21")
    outlet.ferry("At six.", day=22, corrections=[CORRECTION])
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    outlet.built()
    asked = log.read_text().splitlines()
    assert len([each for each in asked if " log " in each]) == 1
    assert len([each for each in asked if " cat-file " in each]) == 1
    assert len(asked) <= 5
    log.write_text("")
    outlet.story("third")
    outlet.built()
    assert not [each for each in log.read_text().splitlines() if " rev-parse " not in each]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("One two.", "One two.", []),
        ("", "New.", ["in"]),
        ("Gone.", "", ["out"]),
        ("One two three.", "One four three.", ["same", "out", "in", "same"]),
        ("船は七時に出る。", "船は六時に出る。", ["same", "out", "in", "same"]),
        ("A b c d e.", "Quite another thing is said.", ["out", "in"]),
    ],
)
def test_what_is_compared(before: str, after: str, kinds: list[str]) -> None:
    pieces = [piece for paragraph in compared(before, after, set()) for piece in paragraph]
    assert [kind for kind, _ in pieces] == kinds
    assert "".join(words for kind, words in pieces if kind != "in") in (before, "")
    assert "".join(words for kind, words in pieces if kind != "out") in (after, "")
