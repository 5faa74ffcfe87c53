"""./inv test: what this machine cannot run is left out, and that is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import PROJECT
from tools import suites as testing

TESTS = """
import pytest

def test_plain():
    pass

@pytest.mark.browser
def test_reading():
    raise AssertionError("there is no browser here")
"""


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """A machine without Chromium: nothing is on its PATH."""
    return {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(PROJECT)}


def outcome(folder: Path, env: dict[str, str], *flags: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(TESTS)
    settings = ["-p", "tests.conftest", "-o", "markers=browser", "--rootdir", str(folder), "-p", "no:cacheprovider"]
    settings += ["--basetemp", str(folder / "tmp")]  # or pytest may take a minute to delete what other runs left
    command = [sys.executable, "-m", "pytest", *settings, *flags, "test_it.py"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


SAID = "Left out, because Chromium is not on this machine (Debian: apt install chromium):\n  test_it.py::test_reading"


@pytest.mark.slow
def test_a_test_that_cannot_run_is_named_with_the_reason(tmp_path: Path, machine: dict[str, str]) -> None:
    done = outcome(tmp_path, machine, "-n", "1")
    assert done.returncode == 0, done.stdout
    assert SAID in done.stdout
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_with_everything_a_test_left_out_is_a_failure(tmp_path: Path, machine: dict[str, str]) -> None:
    done = outcome(tmp_path, machine, "--everything")
    assert (done.returncode, SAID in done.stdout) == (1, True)
    whole = outcome(tmp_path, machine, "--everything", "-k", "plain")
    assert whole.returncode == 0
    assert "No test was left out." in whole.stdout


def test_what_is_asked_of_the_command_reaches_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def noted(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command[1:])
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", noted)
    assert testing.run(everything=True, quick=False, match="", files=[]) == 3
    assert testing.run(everything=False, quick=False, match="", files=[]) == 3
    assert testing.run(everything=False, quick=True, match="", files=[]) == 3
    assert testing.run(everything=False, quick=False, match="feed", files=["tests/a.py", "tests/b.py"]) == 3
    assert asked == [
        ["-m", "pytest", "--everything", "-n", "2", "--dist", "worksteal"],
        ["-m", "pytest", "-m", "not slow", "-n", "2", "--dist", "worksteal"],
        ["-m", "pytest", *testing.QUICK, "-m", "not slow", "-n", "2", "--dist", "worksteal"],
        ["-m", "pytest", "tests/a.py", "tests/b.py", "-k", "feed"],
    ]
