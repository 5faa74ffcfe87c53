"""./inv deploy-guard: an older commit never goes live after a newer one, whatever is known and
whatever is lost.
"""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.commands.publishing import (
    NOTHING_TO_DO,
    OLDER,
    Note,
    may_go_live,
    needs_to_go_live,
    write_note,
)
from broadside.config.options import settings_in
from broadside.git import GitFailed
from tests.examples import times
from tests.forges import commit, git
from tests.forked import command
from tests.repository import PROJECT

pytestmark = pytest.mark.git
NOW = "2026-11-25T09:00:00+00:00"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A clone whose branch main has four commits, the oldest first."""
    folder = tmp_path_factory.mktemp("guard")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commits = [commit(folder, str(number)) for number in range(4)]
    git(folder, "update-ref", "refs/remotes/origin/main", commits[-1])
    git(folder, "remote", "add", "origin", str(folder))
    return folder, commits


@given(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 3))
@settings(max_examples=times(0.3), deadline=None)
def test_no_older_commit_may_go_live(
    history: tuple[Path, list[str]], head: int, live: int | None, tip: int
) -> None:
    folder, commits = history
    git(folder, "checkout", "--quiet", "--detach", commits[head])
    git(folder, "update-ref", "refs/remotes/origin/main", commits[tip])
    note = folder / ".git" / "note.json"
    note.unlink(missing_ok=True)
    if live is not None:
        note.write_bytes(msgspec.json.encode(Note(commits[live], NOW)))
    verdict = may_go_live(note, "main", folder)
    may = head == tip or (live is not None and live <= head)
    assert verdict.code == (0 if may else OLDER), verdict.words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"commit": "a", "now": 3}',
        '{"commit": "a", "now": "2026-11-25"}',
        '{"commit": "--all", "now": "2026-11-25T09:00Z"}',
    ],
)
def test_a_damaged_note_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "note.json").write_text(text)
    assert Note.load(tmp_path / "note.json") is None


def test_there_is_need_where_another_commit_is_live_or_something_fell_due(
    history: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, commits = history
    note = tmp_path / "deep" / "note.json"
    git(folder, "checkout", "--quiet", "--detach", commits[1])
    assert needs_to_go_live(note, lambda _: [], folder).code == 0, "nobody knows what is live"
    assert (
        write_note(note, datetime.fromisoformat(NOW), folder)
        == Note.load(note)
        == Note(commits[1], NOW)
    )
    asked: list[str] = []

    def nothing(since: str) -> list[str]:
        asked.append(since)
        return []

    assert needs_to_go_live(note, nothing, folder) == (
        NOTHING_TO_DO,
        f"Nothing fell due since {NOW}.",
    )
    assert asked == [NOW]
    assert needs_to_go_live(note, lambda _: ["a story comes out"], folder) == (
        0,
        "a story comes out",
    )
    git(folder, "checkout", "--quiet", "--detach", commits[2])
    assert needs_to_go_live(note, lambda _: [], folder).code == 0


def test_a_moment_without_a_zone_is_one_of_the_site(tmp_path: Path) -> None:
    """As everywhere: or what falls due in the hours between would be missed."""
    zone = ZoneInfo(settings_in("pelicanconf.py").TIMEZONE)
    for now, moment in (
        ("2026-11-25T09:00", datetime(2026, 11, 25, 9, tzinfo=zone)),
        ("1764158400", datetime.fromtimestamp(1764158400, UTC)),
    ):
        said = told("deploy-guard", str(tmp_path / "note.json"), "--done", "--now", now)
        assert said.startswith("Live: ")
        note = Note.load(tmp_path / "note.json")
        assert note
        assert datetime.fromisoformat(note.now) == moment
    assert '--now "gestern" is not a moment' in told(
        "deploy-guard", str(tmp_path / "note.json"), "--done", "--now", "gestern"
    )


def told(*words: str) -> str:
    done = command(words, PROJECT, Path.cwd(), os.environ)
    return done.stdout + done.stderr


def test_a_folder_without_git_is_never_the_newest(tmp_path: Path) -> None:
    assert (
        subprocess.run(
            ["git", "-C", tmp_path, "status"], capture_output=True, check=False
        ).returncode
        != 0
    )
    (tmp_path / "note.json").write_bytes(msgspec.json.encode(Note("abc", NOW)))
    assert may_go_live(tmp_path / "note.json", "main", tmp_path).code == OLDER


def test_a_clock_that_was_set_back_lets_nothing_go_live(
    history: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, commits = history
    git(folder, "checkout", "--quiet", commits[-1])
    note, live = tmp_path / "note.json", datetime.fromisoformat(NOW)
    note.write_bytes(msgspec.json.encode(Note(commits[-1], NOW)))
    for hours, code in ((0.9, 0), (1.1, OLDER)):
        assert may_go_live(note, "main", folder, live - timedelta(hours=hours)).code == code, hours


def test_where_git_tells_no_commit_it_says_why_and_no_note_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.json"
    for why in ("has no commit yet", "another user's; if you trust it, run git config"):
        folder = tmp_path / why[:3]
        folder.mkdir()
        git(folder, "init", "--quiet")
        verdict = may_go_live(note, "main", folder)
        assert verdict.code == OLDER
        assert why in verdict.words
        with pytest.raises(GitFailed, match=why):
            write_note(note, datetime.fromisoformat(NOW), folder)
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert not note.exists()
