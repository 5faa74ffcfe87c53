"""Commands that begin in a process of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.repository import PROJECT
from tests.sample import Outlet, inv

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("verb", "code"), [("audit", 2), ("check", 0), ("due", 0), ("permalinks", 0), ("status", 0)]
)
def test_a_command_runs_in_a_process_that_has_loaded_nothing_before(
    tmp_path: Path, verb: str, code: int
) -> None:
    """Most tests run commands in processes that have everything loaded, where a missing import
    would not show.
    """
    outlet = Outlet(tmp_path)
    outlet.story()
    command = outlet.command(verb, "--content", "content")
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "Broadside failed" in done.stderr) == (code, False), done.stderr


@pytest.mark.parametrize(
    "words", [["publish"], ["publish", "--dry-run"], ["new", "--section", "Europe"]]
)
def test_a_word_that_is_left_out_is_left_to_the_task(tmp_path: Path, words: list[str]) -> None:
    command = [*inv(PROJECT, *words), "--content", str(Outlet(tmp_path).content)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "positional" not in done.stderr
