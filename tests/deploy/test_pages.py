"""What is special to a branch of a Git repository. test_targets.py has what every target
promises.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.deploy.places import Branch
from tests.deploy.sites import Site, pages

HISTORY = pytest.mark.parametrize("history", [False, True])


@pytest.fixture
def branch(on_branch: Branch) -> Branch:
    """A branch of a repository that is reached by its path."""
    on_branch.more["remote"] = str(on_branch.remote)
    return on_branch


@HISTORY
def test_a_history_and_a_domain_are_there_if_they_are_wanted(
    site: Site, branch: Branch, history: bool
) -> None:
    branch.more |= {"history": history, "domain": "halyard.test"}
    first = site.build(pages(10))
    site.published(branch.targets)
    site.build(pages(10, 1))
    site.published(branch.targets)
    assert branch.git("rev-list", "--count", "gh-pages") == ("2" if history else "1")
    tip = branch.git("rev-parse", "gh-pages")
    site.published(branch.targets, "--rollback")
    assert branch.shown() == {**first, **branch.extra, "CNAME": b"halyard.test\n"}
    assert (branch.git("merge-base", tip, "gh-pages") == tip) if history else True


@pytest.mark.parametrize("alone", [False, True], ids=["with its Git", "and its Git goes on"])
def test_killed_while_git_reads_the_output_the_next_run_completes(
    site: Site, branch: Branch, alone: bool
) -> None:
    lock = site.options.cache_path / "published" / "there.git" / "index.lock"
    wanted = site.build(pages(1500))
    doomed = site.started(branch.targets)
    while not lock.exists():
        assert doomed.process.poll() is None
        time.sleep(0.001)
    if alone:
        doomed.process.kill()
    else:
        doomed.kill()
        assert lock.exists()
    assert doomed.process.wait(30) == -9
    site.published(branch.targets)
    assert branch.shown() == {**wanted, **branch.extra}


@HISTORY
def test_a_branch_that_somebody_deleted_is_made_anew(
    site: Site, branch: Branch, tmp_path: Path, history: bool
) -> None:
    """Also from a machine that had fetched what was live, and had it without what came before."""
    branch.more["history"] = history
    other = Site(tmp_path / "other", site.project, site.env)
    for edition, machine in enumerate((site, site, other)):
        wanted = machine.build(pages(3, edition), hours=edition)
        machine.published(branch.targets)
    for ref in branch.git("for-each-ref", "--format=%(refname)").split():
        branch.git("update-ref", "-d", ref)
    branch.git("gc", "--quiet", "--prune=now")
    other.published(branch.targets)
    assert branch.shown() == {**wanted, **branch.extra}


def test_some_at_once_all_end_well_even_where_there_is_no_branch_yet(
    site: Site, branch: Branch
) -> None:
    wanted = site.build(pages(300))
    ends = [run.ended() for run in [site.started(branch.targets) for _ in range(3)]]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    assert branch.shown() == {**wanted, **branch.extra}


def test_two_commands_in_one_process_do_not_wait_for_each_other(site: Site, branch: Branch) -> None:
    wanted = site.build(pages(3))
    where = ["--to", "there", "--output", str(site.output), "--content", str(site.content)]
    site.published(branch.targets, "--to", "there", "--dry-run", "publish", *where, seconds=60)
    assert branch.shown() == {**wanted, **branch.extra}


def test_a_clone_that_lacks_the_commit_that_is_live_says_what_decides_then(
    site: Site, branch: Branch
) -> None:
    """As hosted CI makes them, of the newest commit alone: an old run that is started again would
    go unnoticed.
    """
    site.commit("live")
    site.build(pages(5))
    assert "finds no commit" not in site.published(branch.targets).err
    shutil.rmtree(site.content / ".git")
    site.commit("of another history")
    site.build(pages(5, 1))
    site.published(branch.targets)


def test_a_branch_that_is_not_ours_is_left_alone(site: Site, branch: Branch) -> None:
    site.commit("a story")
    site.git("push", "-q", str(branch.remote), "main")
    before = branch.git("rev-parse", "main")
    site.build(pages(3))
    branch.more["branch"] = "main"
    done = site.publish(branch.targets, "--force")
    assert done.code == 1
    assert branch.git("rev-parse", "main") == before


def test_a_hook_that_declines_is_said(site: Site, branch: Branch) -> None:
    hook = branch.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    site.build(pages(3))
    done = site.publish(branch.targets)
    assert done.code == 1
    assert "trying again" not in done.err
    assert branch.git("for-each-ref") == ""


def test_a_repository_that_is_not_there_is_said(site: Site, branch: Branch, tmp_path: Path) -> None:
    site.build(pages(3))
    branch.more["remote"] = str(tmp_path / "nowhere.git")
    done = site.publish(branch.targets)
    assert done.code == 1
