"""An outlet that was a clone of Broadside moves as docs/for-site-owners.md says, and keeps its
content and its history.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from broadside import __version__
from broadside.outlet.upgrading import stops_between
from tests.repository import PROJECT
from tests.sample import inv
from tests.test_docs import blocks, section_of

pytestmark = pytest.mark.git
ENV = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
ENV |= {
    f"GIT_{who}_{what}": "jo@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def run(folder: Path, commands: str) -> str:
    return subprocess.run(
        ["sh", "-euc", commands], cwd=folder, env=ENV, capture_output=True, text=True, check=True
    ).stdout


def files(folder: Path) -> dict[str, str]:
    """What is committed, but for the wheel, by its path."""
    paths = [path for path in run(folder, "git ls-files").split() if not path.startswith("vendor/")]
    return {path: (folder / path).read_text("utf-8") for path in paths}


def test_a_clone_made_before_becomes_an_outlet(tmp_path: Path) -> None:
    old, clone = tmp_path / "old-outlet", tmp_path / "broadside"
    ours = {"content/sections.yml": "- name: Coast\n", "content/articles/quay.md": "Quay."}
    for path, text in {
        **ours,
        "plugins/code.py": "theirs",
        "pelicanconf.py": "theirs",
        ".gitignore": "/.venv\n",
    }.items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_text(text, "utf-8")
    run(old, "git init -qb main; git add -A; git commit -qm Ours; mkdir .venv; touch .venv/kept")
    clone.mkdir()
    start = inv(PROJECT, "init", "../new-outlet", "--name", "Quayside", "--yes")
    subprocess.run(start, cwd=clone, env=ENV, capture_output=True, check=True)
    new = files(tmp_path / "new-outlet")

    section = section_of(PROJECT / "docs" / "for-site-owners.md", "Upgrading").partition(
        "\n### A clone made before\n"
    )[2]
    (moved,) = (block for block in blocks(section, "") if "git switch" in block)
    run(clone, moved)
    assert (
        files(old)
        == {path: text for path, text in new.items() if not path.startswith("content/")} | ours
    )
    assert run(old, "git log --format=%s").splitlines() == ["Broadside is a package now", "Ours"]
    assert run(old, "git status --short") == ""
    assert run(old, "git show main:pelicanconf.py") == "theirs"
    assert (old / ".venv" / "kept").exists()


def test_the_changelog_says_what_stops_a_clone_made_before() -> None:
    """In the form that ./inv upgrade reads: no heading ends this part early."""
    changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    lines = [*stops_between(changelog, "0.0.0", __version__)]
    assert len(lines) > 10
    assert lines[-1] == changelog.splitlines()[-1]
