"""An outlet takes over a newer Broadside as docs/for-site-owners.md says, and keeps its content."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from broadside.desk.options import PROJECT
from tests.test_docs import FENCED, section_of

pytestmark = pytest.mark.git
DOCUMENT = PROJECT / "docs" / "for-site-owners.md"
ENV = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
ENV |= {f"GIT_{who}_{what}": "jo@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def run(folder: Path, commands: str) -> str:
    return subprocess.run(
        ["sh", "-uc", commands], cwd=folder, env=ENV, capture_output=True, text=True, check=True
    ).stdout


def blocks(heading: str) -> list[str]:
    """The lines for Git in the blocks under a heading, and those that go to a folder."""
    found = [text for _, _, text in FENCED.findall(section_of(DOCUMENT, heading))]
    lines = [[line.strip() for line in text.splitlines() if line.strip().startswith(("git ", "cd "))] for text in found]
    return ["\n".join(each) for each in lines if each]


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Broadside's repository, as far as it matters here."""
    folders = ("articles", "pages", "authors", "photos", "roundups")
    demo = ["sections.yml", "front_page.yml", "permalinks.txt", *(f"{folder}/demo.md" for folder in folders)]
    for path in (*(f"content/{each}" for each in demo), "desk/code.py"):
        write(tmp_path / "broadside", path, path)
    run(tmp_path / "broadside", "git init -qb main; git add -A; git commit -qm One")
    return tmp_path / "broadside"


def files(folder: Path) -> dict[str, str]:
    paths = run(folder, "git ls-files").split()
    return {path: (folder / path).read_text("utf-8") for path in paths}


def test_an_upgrade_brings_code_and_leaves_the_content_alone(theirs: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    run(tmp_path, "git clone -q broadside ours; git init -q --bare outlet.git")
    empty, start = blocks("Your own outlet")
    run(ours, empty)
    write(ours, "content/sections.yml", "- name: Coast\n")
    write(ours, "content/articles/quay.md", "Quay.")
    run(ours, "git add -A; git commit -qm Ours")
    run(ours, start.replace("git@example.org:your/outlet.git", str(tmp_path / "outlet.git")))
    write(ours, "content/articles/unfinished.md", "Not committed yet.")

    for path in ("content/sections.yml", "content/articles/demo.md", "content/pages/more.md", "desk/code.py"):
        write(theirs, path, f"{path}, newer")
    run(theirs, "git add -A; git commit -qm Two")

    upgrade, done = blocks("Upgrading")
    run(ours, upgrade)
    run(ours, done)
    assert files(ours) == {
        "content/articles/quay.md": "Quay.",
        "content/sections.yml": "- name: Coast\n",
        "desk/code.py": "desk/code.py, newer",
    }
    assert (ours / "content" / "articles" / "unfinished.md").read_text("utf-8") == "Not committed yet."
    assert run(ours, "git rev-parse --abbrev-ref @{upstream}") == "origin/main\n"
