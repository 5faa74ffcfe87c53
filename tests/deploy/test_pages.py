"""A branch of a Git repository: real bare repositories, by their path and over ssh."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import Sshd
from tests.deploy.gate import Gate
from tests.deploy.sites import Done, Site, pages
from tests.forges import git

NOT_THE_SITES = {".nojekyll": b""}


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", str(path)], check=True)
    git(path, "config", "uploadpack.allowFilter", "true")
    git(path, "config", "uploadpack.allowAnySHA1InWant", "true")
    return path


@pytest.fixture
def targets(remote: Path) -> dict[str, Any]:
    return {"pages": {"kind": "pages", "remote": str(remote), "check": 0}}


@pytest.fixture
def by_ssh(gate: Gate, sshd: Sshd, remote: Path, site: Site) -> dict[str, Any]:
    """The same repository, over ssh and through a door."""
    site.env["PATH"] = sshd.knowing
    return {"pages": {"kind": "pages", "remote": f"ssh://127.0.0.1:{gate.port}{remote}", "check": 0}}


def shown(remote: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """What the branch holds."""
    archive = subprocess.run(
        ["git", "--git-dir", str(remote), "archive", "--format=tar", branch], capture_output=True, check=True
    )
    import io
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        return {each.name: tar.extractfile(each).read() for each in tar if each.isfile()}  # type: ignore[union-attr]


def test_what_is_published_is_there_and_what_stays_is_not_sent(
    site: Site, by_ssh: dict[str, Any], remote: Path, gate: Gate
) -> None:
    first = site.build(pages(60) | {".gitignore": b"*.css\n", "crlf.txt": b"one\r\ntwo\r\n"})
    site.published(by_ssh)
    assert shown(remote) == first | NOT_THE_SITES
    up = gate.up
    second = site.build(pages(60, 1))
    done = site.published(by_ssh)
    assert "11 files to upload, 3 to delete, 59 unchanged" in done.err
    assert shown(remote) == second | NOT_THE_SITES
    assert gate.up - up < 60_000
    up = gate.up
    assert "Nothing to publish" in site.publish(by_ssh).out
    assert gate.up - up < 8_000


@pytest.mark.parametrize("history", [False, True])
def test_rollback_and_what_is_kept(site: Site, targets: dict[str, Any], remote: Path, history: bool) -> None:
    targets["pages"] |= {"keep": 3, "history": history, "domain": "halyard.test"}
    extra = NOT_THE_SITES | {"CNAME": b"halyard.test\n"}
    editions = []
    for at in range(4):
        editions.append(site.build(pages(10, at)))
        site.published(targets)
    assert len(git(remote, "for-each-ref", "refs/broadside").splitlines()) == 3
    assert git(remote, "rev-list", "--count", "gh-pages") == ("4" if history else "1")
    tip = git(remote, "rev-parse", "gh-pages")
    site.published(targets, "--rollback")
    assert shown(remote) == editions[2] | extra
    assert (git(remote, "merge-base", tip, "gh-pages") == tip) if history else True
    site.published(targets, "--rollback")
    assert shown(remote) == editions[1] | extra
    assert "keeps 0 releases before" in site.publish(targets, "--rollback").err
    site.published(targets)
    assert shown(remote) == editions[3] | extra
    site.published(targets, "--rollback")
    assert shown(remote) == editions[1] | extra


def test_another_machine_fetches_what_is_live_but_not_its_files(
    site: Site, by_ssh: dict[str, Any], remote: Path, gate: Gate, tmp_path: Path
) -> None:
    site.build(pages(60, photos=60))
    site.published(by_ssh)
    other = Site(tmp_path / "other", site.project, site.env)
    second = other.build(pages(60, 1, photos=60), hours=5)
    down, up = gate.down, gate.up
    done = other.published(by_ssh)
    assert "11 files to upload" in done.err
    assert shown(remote) == second | NOT_THE_SITES
    assert gate.down - down < 60_000, "the trees, and none of 180 kB of photos"
    assert gate.up - up < 60_000


def test_who_is_overtaken_looks_again(
    site: Site, by_ssh: dict[str, Any], targets: dict[str, Any], remote: Path, gate: Gate, tmp_path: Path
) -> None:
    site.build(pages(10))
    site.published(by_ssh)
    newer = Site(tmp_path / "newer", site.project)
    newest = newer.build(pages(10, 2), hours=9)
    up = gate.up
    assert "Nothing to publish" in site.publish(by_ssh).out
    site.build(pages(10, 1), hours=2)
    results: list[Done] = []
    gate.at(gate.up - up + 500, lambda: results.append(newer.publish(targets)))
    done = site.publish(by_ssh)
    assert [each.code for each in results] == [0], results
    assert done.code == 3, done.said
    assert shown(remote) == newest | NOT_THE_SITES


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_killed_at_any_moment_the_branch_is_as_it_was_and_the_next_run_completes(
    site: Site, by_ssh: dict[str, Any], remote: Path, gate: Gate, share: float
) -> None:
    first = site.build(pages(40))
    up = gate.up
    site.published(by_ssh)
    whole = gate.up - up
    second = site.build({path: data + b" " for path, data in pages(40).items()})
    doomed = site.started(by_ssh)
    gate.at(int(whole * share), doomed.kill)
    code, said = doomed.ended()
    assert code in (-9, 0), said
    assert shown(remote) in (first | NOT_THE_SITES, second | NOT_THE_SITES)
    site.published(by_ssh)
    assert shown(remote) == second | NOT_THE_SITES


@pytest.mark.parametrize("alone", [False, True], ids=["with its Git", "and its Git goes on"])
def test_killed_while_git_reads_the_output_the_next_run_completes(
    site: Site, targets: dict[str, Any], remote: Path, alone: bool
) -> None:
    lock = site.options.cache_path / "published" / "pages.git" / "index.lock"
    wanted = site.build(pages(1500))
    doomed = site.started(targets)
    while not lock.exists():
        assert doomed.process.poll() is None
        time.sleep(0.001)
    if alone:
        doomed.process.kill()
    else:
        doomed.kill()
        assert lock.exists()
    assert doomed.process.wait(30) == -9
    site.published(targets)
    assert shown(remote) == wanted | NOT_THE_SITES


def test_two_at_once_from_one_output_both_end_well(site: Site, targets: dict[str, Any], remote: Path) -> None:
    wanted = site.build(pages(300))
    runs = [site.started(targets) for _ in range(3)]
    ends = [run.ended() for run in runs]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    assert shown(remote) == wanted | NOT_THE_SITES


@pytest.mark.parametrize("history", [False, True])
def test_a_branch_that_somebody_deleted_is_made_anew(
    site: Site, targets: dict[str, Any], remote: Path, tmp_path: Path, history: bool
) -> None:
    """Also from a machine that had fetched what was live, and had it without what came before."""
    targets["pages"]["history"] = history
    other = Site(tmp_path / "other", site.project, site.env)
    for edition, machine in enumerate((site, site, other)):
        wanted = machine.build(pages(3, edition), hours=edition)
        machine.published(targets)
    for ref in git(remote, "for-each-ref", "--format=%(refname)").split():
        git(remote, "update-ref", "-d", ref)
    git(remote, "gc", "--quiet", "--prune=now")
    other.published(targets)
    assert shown(remote) == wanted | NOT_THE_SITES


def test_two_commands_in_one_process_do_not_wait_for_each_other(
    site: Site, targets: dict[str, Any], remote: Path
) -> None:
    wanted = site.build(pages(3))
    where = ["--to", "pages", "--output", str(site.output), "--content", str(site.content)]
    site.published(targets, "--to", "pages", "--dry-run", "publish", *where, seconds=60)
    assert shown(remote) == wanted | NOT_THE_SITES


def test_a_clone_that_lacks_the_commit_that_is_live_says_what_decides_then(site: Site, targets: dict[str, Any]) -> None:
    """As hosted CI makes them, of the newest commit alone: an old run that is started again would go unnoticed."""
    site.commit("live")
    site.build(pages(5))
    assert "finds no commit" not in site.published(targets).err
    shutil.rmtree(site.content / ".git")
    site.commit("of another history")
    site.build(pages(5, 1))
    site.published(targets)


def test_a_connection_that_breaks_is_made_again(site: Site, by_ssh: dict[str, Any], remote: Path, gate: Gate) -> None:
    first = site.build(pages(40))
    for at in (2_000, 12_000, 40_000):
        gate.at(at, gate.cut)
    done = site.published(by_ssh)
    assert done.err.count("trying again") >= 2, done.err
    assert shown(remote) == first | NOT_THE_SITES


def test_a_branch_that_is_not_ours_is_left_alone(site: Site, targets: dict[str, Any], remote: Path) -> None:
    site.commit("a story")
    site.git("push", "-q", str(remote), "main")
    before = git(remote, "rev-parse", "main")
    site.build(pages(3))
    targets["pages"]["branch"] = "main"
    done = site.publish(targets, "--force")
    assert done.code == 1
    assert git(remote, "rev-parse", "main") == before


def test_a_hook_that_declines_is_said(site: Site, targets: dict[str, Any], remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    site.build(pages(3))
    done = site.publish(targets)
    assert done.code == 1
    assert "trying again" not in done.err
    assert git(remote, "for-each-ref") == ""


def test_a_repository_that_is_not_there_is_said(site: Site, targets: dict[str, Any], tmp_path: Path) -> None:
    site.build(pages(3))
    targets["pages"]["remote"] = str(tmp_path / "nowhere.git")
    done = site.publish(targets)
    assert done.code == 1
