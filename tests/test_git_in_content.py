"""A guest's files that make content/ a Git repository of its own: no command of ours takes it for
one, so nothing that it names runs, and what Git is asked it answers of the outlet's repository.
"""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.checkout import NO_LINKS, checkout
from tests.forges import git
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.git
PROGRAMS = (
    *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "diff.external"),
    *("diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "gpg.program"),
    "filter.x.process",
)
"""Settings that name programs which Git starts."""
HOOKS = ("post-checkout", "post-index-change", "pre-commit", "reference-transaction")
COMMANDS = {
    "changed --since main": "Changed: Headline of edited",
    "check": "content/HEAD:1: error: unclaimed-file",
    "check --staged": "content/articles/staged.md:6: error: unknown-section",
    "audit --since main": "content/articles/edited.md:10: error: silent-edit",
    "status": "0 drafts",
    "new Ice --section Europe --author ana-pereira": "content/articles/2026/ice.md",
    "rename section Asia Orient --yes": "Nothing was renamed",
    "build --production": "Nothing was published",
    "publish there": "There are newer commits that are not in it",
    "publish there --rollback": "Nothing was published",
    "upgrade nowhere.whl": "content/articles/staged.md has changes that are not committed",
}
"""All that ask Git, with what they say, in an order."""
SETTINGS = f"""\
{NO_LINKS}
VERSIONS = "2026-11-01"
SITEURL = "https://halyard.test"
TARGETS = {{"there": {{"kind": "pages", "remote": "there.git", "check": 0}}}}
"""
MOMENTS = count(1_800_000_000)


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a program of the guest's would make."""
    return tmp_path_factory.mktemp("marker") / "made"


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory, marker: Path) -> Outlet:
    """One that was built for readers, on a branch with an edit that says nothing of itself."""
    path = tmp_path_factory.mktemp("outlet")
    made = Outlet(path, checkout(path, SETTINGS))
    made.story("told", body="Old words.", updated="2026-11-21")
    made.story("edited", body="Old words. " * 40)
    git(path, "init", "--quiet", "--bare", "there.git")
    (path / ".gitignore").write_text("/*\n!/content/\n", "utf-8")
    git(path, "init", "--quiet", "--initial-branch=main")
    git(path, "add", "content")
    git(path, "commit", "--quiet", "-m", "All")
    assert made.run("build", "--production", "--now", NOW).returncode == 0
    git(path, "switch", "--quiet", "-c", "edit")
    made.story("edited", body="New phrases. " * 40)
    plant(made.content, marker)
    git(path, "add", "content")
    git(path, "commit", "--quiet", "-m", "A guest's request")
    made.story("staged", section="Eurpoe")
    git(path, "add", "--force", "content/articles/staged.md")
    made.story("staged")
    return made


def plant(content: Path, marker: Path) -> None:
    """Make a folder a repository whose Git runs programs that touch the marker, whatever it does."""
    program = content / "run.sh"
    program.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n", "utf-8")
    program.chmod(0o755)
    git(content, "init", "--quiet", "--initial-branch=main", "--template=")
    git(content, "add", "articles")
    git(content, "commit", "--quiet", "-m", "Theirs")
    for name in PROGRAMS:
        git(content, "config", name, str(program))
    git(content, "config", "core.worktree", str(content))
    git(content, "config", "core.hooksPath", str(content / "hooks"))
    (content / ".git" / "hooks").mkdir()
    for name in HOOKS:
        shutil.copy(program, content / ".git" / "hooks" / name)
    (content / ".git" / "info").mkdir(exist_ok=True)
    (content / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n", "utf-8")
    for each in (content / ".git").iterdir():
        each.rename(content / each.name)
    (content / ".git").rmdir()


def touch(content: Path) -> None:
    """Have Git look again whether the stories are what its index says."""
    for story in (content / "articles").iterdir():
        os.utime(story, (1_800_000_000, next(MOMENTS)))


def test_the_folder_is_one_that_plain_git_falls_for(outlet: Outlet, marker: Path) -> None:
    assert git(outlet.content, "rev-parse", "--absolute-git-dir") == str(outlet.content)
    touch(outlet.content)
    git(outlet.content, "status")
    assert marker.exists()


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_runs_what_it_names_and_each_does_its_work(
    outlet: Outlet, marker: Path, words: str
) -> None:
    marker.unlink(missing_ok=True)
    touch(outlet.content)
    done = outlet.run(*words.split())
    assert COMMANDS[words] in done.stdout + done.stderr
    assert not marker.exists()
