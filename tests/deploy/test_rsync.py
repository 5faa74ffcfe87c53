"""A server of your own: real sshd and rsync."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import Sshd
from tests.deploy.gate import Gate
from tests.deploy.sites import Site, held, pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the site goes; a name that a shell would break."""
    return tmp_path / "srv" / 'the site\'s $HOME; `x` "q"'


@pytest.fixture
def targets(gate: Gate, sshd: Sshd, folder: Path, site: Site) -> dict[str, Any]:
    site.env["PATH"] = sshd.knowing
    return {"server": {"kind": "rsync", "host": "127.0.0.1", "path": str(folder), "port": gate.port, "check": 0}}


def releases(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "releases").iterdir())


def test_what_is_published_is_there_and_what_stays_is_not_sent(
    site: Site, targets: dict[str, Any], folder: Path, gate: Gate
) -> None:
    first = site.build(pages(60))
    site.published(targets)
    assert held(folder / "current") == first
    up = gate.up
    second = site.build(pages(60, 1))
    done = site.published(targets)
    assert "11 files to upload, 1 to delete, 59 unchanged" in done.err
    assert held(folder / "current") == second
    changed = sum(len(data) for path, data in second.items() if first.get(path) != data)
    assert gate.up - up < changed + 25_000, "little more than what changed: six connections, and the script"
    old, new = (folder / "releases" / name for name in releases(folder))
    same = [path for path in first if second.get(path) == first[path]]
    assert all((old / path).stat().st_ino == (new / path).stat().st_ino for path in same)
    assert held(old) == first
    assert not (new / "theme" / "site-0.css").exists()
    assert list((folder / "incoming").iterdir()) == []


def test_the_same_again_sends_nothing_and_another_machine_knows_what_is_there(
    site: Site, targets: dict[str, Any], folder: Path, gate: Gate
) -> None:
    site.build(pages(60))
    site.published(targets)
    up = gate.up
    done = site.publish(targets)
    assert "Nothing to publish" in done.out
    assert gate.up - up < 10_000
    for path in (site.path / ".output.cache" / "published").glob("*"):
        path.unlink()
    for file in site.output.rglob("*"):
        os.utime(file, (0, 0))
    second = site.build(pages(60, 1))
    done = site.publish(targets)
    assert "11 files to upload, 1 to delete, 59 unchanged" in done.err
    assert held(folder / "current") == second
    old, new = (folder / "releases" / name for name in releases(folder))
    assert (old / "_redirects").stat().st_ino == (new / "_redirects").stat().st_ino


def test_a_dry_run_lists_what_it_would_do_and_does_nothing(site: Site, targets: dict[str, Any], folder: Path) -> None:
    site.build(pages(5))
    done = site.published(targets, "--dry-run")
    lines = done.out.splitlines()
    assert lines[0].startswith("upload photos/")
    assert lines[-2:] == ["upload feed.xml", "Nothing was changed: this was a dry run."]
    assert not folder.exists()


def test_rollback(site: Site, targets: dict[str, Any], folder: Path) -> None:
    targets["server"]["keep"] = 3
    editions = []
    for at in range(4):
        editions.append(site.build(pages(20, at)))
        site.published(targets)
    assert len(releases(folder)) == 3
    asked = site.publish(targets, "--rollback", "--dry-run")
    assert asked.out.startswith("Would bring back 2026")
    assert held(folder / "current") == editions[3]
    site.published(targets, "--rollback")
    assert held(folder / "current") == editions[2]
    site.published(targets, "--rollback", "1")
    assert held(folder / "current") == editions[1]
    done = site.publish(targets, "--rollback")
    assert done.code == 1
    site.published(targets)
    assert held(folder / "current") == editions[3], "what was rolled back can be published again"
    site.published(targets, "--rollback")
    assert held(folder / "current") == editions[1], "what was live before is what comes back"
    done = site.publish(targets, "--rollback", "7")
    assert done.code == 1


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97])
def test_killed_at_any_moment_the_old_site_stands_and_the_next_run_completes(
    site: Site, targets: dict[str, Any], folder: Path, gate: Gate, share: float
) -> None:
    first = site.build(pages(40))
    site.published(targets)
    second = site.build(pages(40, 1))
    twin = targets | {"twin": targets["server"] | {"path": f"{folder}-twin"}}
    site.build(first, hours=1)
    site.published(twin, "--to", "twin")
    site.build(second, hours=2)
    before = gate.up
    site.published(twin, "--to", "twin")
    whole = gate.up - before
    doomed = site.started(targets)
    gate.at(int(whole * share), doomed.kill)
    code, said = doomed.ended()
    assert code == -9, said
    assert held(folder / "current") in ((first, second) if share > 0.9 else (first,))
    site.published(targets)
    assert held(folder / "current") == second
    assert len(releases(folder)) == 2
    assert not list((folder / "incoming").iterdir())


def test_a_connection_that_breaks_is_made_again(site: Site, targets: dict[str, Any], folder: Path, gate: Gate) -> None:
    first = site.build(pages(40))
    for at in (3_000, 30_000, 60_000, 90_000):
        gate.at(at, gate.cut)
    done = site.published(targets)
    assert done.err.count("trying again") >= 3, done.err
    assert held(folder / "current") == first


def test_a_server_that_is_not_there_is_said_in_the_end(site: Site, targets: dict[str, Any], gate: Gate) -> None:
    site.build(pages(3))
    gate.close()
    done = site.publish(targets)
    assert done.code == 1
    assert done.err.count("trying again (") == 3
    assert "refused" in done.err


def test_a_server_whose_key_is_not_known_is_not_talked_to(
    site: Site, targets: dict[str, Any], sshd: Sshd, folder: Path
) -> None:
    site.build(pages(3))
    done = site.publish(targets, env={"PATH": sshd.ignorant})
    assert done.code == 1
    assert "Host key verification failed" in done.err
    assert "trying again" not in done.err
    assert not folder.exists()


def test_an_older_build_does_not_take_the_place_of_a_newer_one(
    site: Site, targets: dict[str, Any], folder: Path
) -> None:
    old = site.build(pages(5))
    new = site.build(pages(5, 1))
    site.published(targets)
    site.build(old, hours=1)
    done = site.publish(targets)
    assert done.code == 3
    assert held(folder / "current") == new
    site.published(targets, "--force")
    assert held(folder / "current") == old


def test_who_is_overtaken_while_uploading_looks_again(
    site: Site, targets: dict[str, Any], folder: Path, gate: Gate, tmp_path: Path, sshd: Sshd
) -> None:
    site.build(pages(20))
    site.published(targets)
    newer = Site(tmp_path / "newer", site.project, site.env)
    newest = newer.build(pages(20, 2), hours=9)
    beside = {"server": targets["server"] | {"port": sshd.port}}
    results = []
    site.build(pages(20, 1), hours=2)
    gate.at(18_000, lambda: results.append(newer.publish(beside)))
    done = site.publish(targets)
    assert [each.code for each in results] == [0], results
    assert done.code == 3, done.said
    assert held(folder / "current") == newest


def test_two_of_one_build_at_once_both_end_well(site: Site, targets: dict[str, Any], folder: Path) -> None:
    site.build(pages(300))
    site.published(targets)
    for edition in range(1, 4):
        wanted = site.build(pages(300, edition))
        ends = [run.ended() for run in [site.started(targets) for _ in range(3)]]
        assert [code for code, _ in ends] == [0, 0, 0], ends
        assert held(folder / "current") == wanted


def test_what_somebody_changed_on_the_server_is_found_and_mended(
    site: Site, targets: dict[str, Any], folder: Path
) -> None:
    site.build(pages(20))
    site.published(targets)
    (folder / "current" / "_redirects").unlink()
    second = site.build(pages(20, 1))
    site.published(targets)
    assert held(folder / "current") == second


def test_a_folder_that_is_not_ours_is_left_alone(site: Site, targets: dict[str, Any], folder: Path) -> None:
    (folder / "current").mkdir(parents=True)
    (folder / "current" / "index.html").write_text("somebody's")
    site.build(pages(3))
    done = site.publish(targets)
    assert done.code == 1
    assert held(folder) == {"current/index.html": b"somebody's"}
