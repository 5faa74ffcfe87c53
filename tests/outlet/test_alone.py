"""Beginning an outlet with the standard library alone: its environment first, and once."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from broadside.outlet.alone import is_free
from tests.repository import PROJECT

INV = """
import os, sys
ROOT = os.path.dirname(os.path.realpath(__file__))
def set_up(locks):
    os.makedirs(ROOT + "/.venv/bin")
    with open(ROOT + "/.venv.lock", "w") as file:
        file.write(str(locks))
    with open(ROOT + "/.venv/bin/python", "w") as file:
        file.write('#!/bin/sh\\necho "$@"\\n')
    os.chmod(ROOT + "/.venv/bin/python", 0o755)
"""


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "pelican_broadside-9.9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in (
            ("requirements.lock", "a==1\n"),
            ("CHANGELOG.md", ""),
            ("starter/inv", INV),
        ):
            file.writestr(f"broadside/{name}", text)
    return path


def without_packages(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from broadside.__main__ import main;"
        " main()"
    )
    command = [sys.executable, "-I", "-S", "-c", code, "init", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_environment_is_made_first_and_init_runs_in_it(tmp_path: Path, wheel: Path) -> None:
    words = ["--yes", "--name", "Riverbank", "new", f"--wheel={wheel.name}"]
    done = without_packages(*words, cwd=tmp_path)
    assert done.stdout.splitlines() == [f"-I -m broadside init {' '.join(words)}"], done.stderr
    assert (tmp_path / "new" / ".venv.lock").read_text("utf-8") == "['requirements.lock']"
    assert "./vendor/pelican_broadside-9.9" in (tmp_path / "new" / "requirements.lock").read_text(
        "utf-8"
    )
    assert is_free(tmp_path / "new")


@pytest.mark.parametrize(
    "words", [["--yes"], ["there", "--wheel", "x.whl"], ["new", "--wheel", "x.whl"], ["new"]]
)
def test_what_cannot_be_begun_leaves_nothing_behind(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "inv").touch()
    done = without_packages(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not (tmp_path / "new").exists()
