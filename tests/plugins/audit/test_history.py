"""What is compared with what: revisions, branches and clones of a real Git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.editing.history import NotCompared
from broadside.plugins.audit.command.comparing import audit
from tests.plugins.audit.repository import OTHER, WORDS, Repo
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.git


def test_links_in_the_file_system_and_hidden_files_are_not_followed(repo: Repo) -> None:
    articles = repo.outlet.content / "articles"
    (articles / "link.md").symlink_to(articles / "a.md")
    (articles / ".hidden.md").write_text((articles / "a.md").read_text("utf-8"), "utf-8")
    commit = repo.commit()
    repo.outlet.story("a", body=OTHER)
    assert repo.codes(since=commit) == ["silent-edit"]
    assert repo.codes(since=commit, until=commit) == []
    repo.commit()
    assert repo.codes() == ["silent-edit"], "nor do they count as edited since"


@pytest.mark.parametrize("name", ["remotes/origin/HEAD", "remotes/origin/master", "heads/master"])
def test_main_may_have_another_name(repo: Repo, name: str) -> None:
    repo.git("checkout", "-q", "-b", "edit")
    repo.git("update-ref", f"refs/{name}", "main")
    repo.git("branch", "-q", "-D", "main")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.commit()
    assert repo.codes() == ["silent-edit"]


def test_on_a_branch_all_of_its_edits_count(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "edit")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.git("checkout", "-q", "main")
    repo.outlet.story("c", body="Elsewhere.")
    repo.commit()
    repo.git("checkout", "-q", "edit")
    assert repo.codes() == ["silent-edit"]


@pytest.mark.parametrize("names", ["sha1", "sha256"])
def test_on_main_the_last_commit_counts_or_what_is_not_committed_yet(
    tmp_path: Path, names: str
) -> None:
    repo = Repo(tmp_path, names)
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.outlet.story("b", body="New.")
    assert repo.codes() == []


def test_what_is_not_pushed_yet_counts(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = tmp_path_factory.mktemp("origin") / "bare"
    repo.git("clone", "-q", "--bare", ".", str(there))
    repo.git("remote", "add", "origin", str(there))
    repo.git("fetch", "-q", "origin")
    for body in (OTHER, OTHER + " more"):
        repo.outlet.story("a", body=body)
        repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.git("checkout", "-q", "-b", "edit")
    repo.commit()
    assert repo.codes() == ["silent-edit"], "of main, only what is pushed is published"


def test_a_first_commit_has_nothing_to_be_compared_with(repo: Repo) -> None:
    assert repo.codes() == []
    assert repo.codes(since="0" * 40) == []


def test_a_repository_without_a_commit_is_no_fault(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("a")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert audit(Options(content=str(outlet.content))).since == ""


def test_a_shallow_clone_says_what_it_lacks(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    there = tmp_path_factory.mktemp("shallow") / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(there))
    for since in ("", first):
        with pytest.raises(NotCompared):
            audit(Options(content=str(there / "site" / "content"), now=NOW), since)


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_clone_without_the_texts_of_earlier_stories_says_so(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory, left_out: str
) -> None:
    repo.outlet.story("b", body=WORDS)
    first = repo.commit()
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.git("config", "uploadpack.allowFilter", "true")
    there = tmp_path_factory.mktemp("partial") / "clone"
    repo.git("clone", "-q", f"--filter={left_out}", f"file://{repo.path}", str(there))
    options = Options(content=str(there / "site" / "content"), now=NOW)
    with pytest.raises(NotCompared):
        audit(options, first)
    Outlet(there / "site").story("b", body=OTHER)
    assert [fault.code for fault in audit(options, "HEAD").faults] == ["silent-edit"], (
        "of which it has the texts"
    )


@pytest.mark.parametrize("name", ["--help", "HEAD:site", "a b"])
def test_a_revision_that_is_none_is_refused(repo: Repo, name: str) -> None:
    with pytest.raises(NotCompared):
        repo.audited(since=name)


def test_nothing_of_the_repository_is_executed(repo: Repo) -> None:
    marker = repo.path / "executed"
    program = repo.path / "program"
    program.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n", "utf-8")
    program.chmod(0o755)
    hooks = repo.path / ".git" / "hooks"
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (hooks / hook).write_text(program.read_text("utf-8"), "utf-8")
        (hooks / hook).chmod(0o755)
    (repo.path / ".gitattributes").write_text("*.md filter=evil diff=evil\n", "utf-8")
    since = repo.commit()
    marker.unlink(missing_ok=True)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.evil.textconv",
        "filter.evil.smudge",
        "gpg.program",
    ):
        repo.git("config", key, str(program))
    repo.git("config", "log.showSignature", "true")
    marker.unlink(missing_ok=True)
    repo.outlet.story("a", body=OTHER)
    assert repo.codes(since=since) == ["silent-edit"]
    assert repo.codes(since=since, until=since) == []
    assert not marker.exists()
