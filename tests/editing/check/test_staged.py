"""./inv check --staged: what Git is about to commit is checked, and not what lies on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from broadside.config.options import Options
from broadside.editing.check import check_staged
from tests.forges import AUTHOR, git
from tests.repository import PROJECT
from tests.sample import Outlet

pytestmark = [pytest.mark.git, pytest.mark.slow]
WRITERS = (PROJECT / "docs" / "writers-reference.md").read_text("utf-8")
ENTRY = next(
    hook
    for hook in yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][
        0
    ]["hooks"]
)


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    """An outlet in a repository with one commit, and Git asks before each commit as the writers'
    guide has it.
    """
    made = Outlet(tmp_path)
    made.story("first", body="See [the other](/2026/11/other/).")
    made.story("other")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "inv").write_text(
        f'#!/bin/sh\nexec {sys.executable} -P -m invoke --search-root {PROJECT} "$@" --content'
        " content\n"
    )
    (tmp_path / "inv").chmod(0o755)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    script = WRITERS.partition("```sh\n")[2].partition("```")[0]
    assert ENTRY["entry"] in script
    subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, check=True, timeout=60)
    return made


def committed(outlet: Outlet, *words: str) -> tuple[bool, str]:
    """Whether a commit was made, and what was said."""
    command = ["git", *AUTHOR, "commit", "-m", "x", *words]
    done = subprocess.run(
        command, cwd=outlet.path, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_a_fault_that_is_staged_stops_the_commit_though_it_is_mended_on_the_disk(
    outlet: Outlet,
) -> None:
    outlet.story("new", section="Eurpoe")
    git(outlet.path, "add", "content")
    outlet.story("new", section="Europe")
    made, said = committed(outlet)
    assert not made
    assert "content/articles/new.md:6: error: unknown-section" in said
    assert git(outlet.path, "rev-list", "--count", "HEAD") == "1"
    assert not list((outlet.path / ".git").glob("broadside-*")), "nothing is left behind"


def test_a_fault_on_the_disk_that_is_not_staged_does_not_stop_the_commit(outlet: Outlet) -> None:
    outlet.story("new")
    git(outlet.path, "add", "content")
    outlet.story("new", section="Eurpoe")
    outlet.story("never-added", section="Nowhere")
    assert committed(outlet)[0]


def test_what_git_stages_by_itself_counts(outlet: Outlet) -> None:
    """By commit --all, and by naming a file, for which Git makes an index that is nowhere else."""
    outlet.story("other", section="Eurpoe")
    for words in (("--all",), ("content/articles/other.md",)):
        made, said = committed(outlet, *words)
        assert (made, "unknown-section" in said) == (False, True), words
    outlet.story("other", body="Another text.")
    assert committed(outlet, "--all")[0]


def test_what_moves_to_another_file_and_address_is_missed_by_others(outlet: Outlet) -> None:
    git(outlet.path, "mv", "content/articles/other.md", "content/articles/moved.md")
    file = outlet.content / "articles" / "moved.md"
    file.write_text(file.read_text("utf-8").replace('slug: "other"', 'slug: "moved"'), "utf-8")
    git(outlet.path, "add", "content")
    assert "content/articles/first.md:10: error: broken-link" in committed(outlet)[1]


def test_content_may_be_reached_by_a_link(
    outlet: Outlet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alias = tmp_path_factory.mktemp("alias") / "outlet"
    alias.symlink_to(outlet.path)
    outlet.story("new", section="Eurpoe")
    git(outlet.path, "add", "content")
    faults, _ = check_staged(Options(content=str(alias / "content")))
    assert [fault.code for fault in faults] == ["unknown-section"]


def test_a_section_that_is_renamed_is_missed_by_others(outlet: Outlet) -> None:
    outlet.write("sections.yml", "- name: Asia\n")
    git(outlet.path, "add", "content")
    assert "unknown-section" in committed(outlet)[1]


def test_a_photo_that_was_not_added_is_missed(outlet: Outlet) -> None:
    outlet.photo()
    outlet.story("new", photo="photos/harbour.jpg", alt="Cranes.", credit="Photo by A. Person")
    git(outlet.path, "add", "content/articles")
    assert "photo-missing" in committed(outlet)[1]
    git(outlet.path, "add", "content/photos")
    assert committed(outlet)[0]


def test_a_link_to_another_file_is_a_fault_and_is_not_followed(outlet: Outlet) -> None:
    (outlet.content / "articles" / "link.md").symlink_to("/etc/passwd")
    git(outlet.path, "add", "content")
    made, said = committed(outlet)
    assert (made, "unreadable" in said, "root:" in said) == (False, True, False)


def test_a_second_work_tree_has_an_index_of_its_own(outlet: Outlet) -> None:
    git(outlet.path, "worktree", "add", "--quiet", str(outlet.path / "second"))
    second = Outlet(outlet.path / "second")
    second.story("new", section="Eurpoe")
    git(second.path, "add", "content")
    assert "unknown-section" in committed(second)[1]
    assert committed(outlet, "--allow-empty")[0]


def test_content_may_be_a_repository_of_its_own_and_the_first_commit_is_checked_too(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path / "elsewhere")
    git(outlet.content, "init", "--quiet")
    outlet.story("a", section="Eurpoe")
    git(outlet.content, "add", ".")
    (outlet.content / "articles" / "a.md").unlink()
    faults, sources = check_staged(Options(content=str(outlet.content)))
    assert [fault.code for fault in faults] == ["unknown-section"]
    assert list(sources) == [f"{outlet.content}/articles/a.md"]
