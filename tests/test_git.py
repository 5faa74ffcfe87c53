"""Git where it cannot help: each command says so in our words, and what to do."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from broadside.git import GitFailed, GitRefuses, git
from tests.repository import PROJECT
from tests.sample import Outlet

pytestmark = pytest.mark.git


def test_git_is_started_in_one_place() -> None:
    ours = [
        path.relative_to(PROJECT).as_posix()
        for folder in ("broadside", "plugins", "extras")
        for path in (PROJECT / folder).rglob("*.py")
        if re.search(r'"git",\s*"', path.read_text("utf-8")) and "tests" not in path.parts
    ]
    assert ours == ["broadside/git.py"]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--staged", "--content", "content"],
        ["audit", "--content", "content", "--since", "main"],
        ["guest", "--base", "main", "--repository", "content"],
    ],
)
def test_a_command_that_lacks_git_fails(tmp_path: Path, words: list[str]) -> None:
    outlet = Outlet(tmp_path)
    for path in (os.environ["PATH"], str(tmp_path)):
        done = outlet.run(*words, env=os.environ | {"PATH": path})
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_folder_of_another_user_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitRefuses):
        git(tmp_path, "status")


def test_a_folder_that_is_not_there_is_in_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitRefuses):
        git(tmp_path / "nowhere", "status")


def test_anything_else_is_said_as_git_says_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(GitFailed, match="nowhere") as failed:
        git(tmp_path, "rev-list", "nowhere")
    assert not isinstance(failed.value, GitRefuses)
