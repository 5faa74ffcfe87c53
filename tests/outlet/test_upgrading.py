"""An upgrade that is killed leaves every file whole, and the same command goes on, the opposite one back."""

from __future__ import annotations

import os
import shutil
import signal
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

from broadside.commands import owning
from broadside.outlet.upgrading import LOCK, NOTE, NotUpgraded, apply, prepared, resumed, scratch_of
from broadside.outlet.wheels import Wheel
from tests.doomed import FORK, watch

OWN = "almanac==1.0 --hash=sha256:0123\n"
WORKFLOW = ".github/workflows/check.yml"
State = dict[str, tuple[bytes, int]]


def wheel(folder: Path, version: str, note: str = "") -> Wheel:
    """A wheel of an engine that can do nothing but say yes."""
    folder.mkdir(exist_ok=True)
    path = folder / f"pelican_broadside-{version}-py3-none-any.whl"
    files = {
        "requirements.lock": f"pelican=={version}\n",
        "CHANGELOG.md": f"## {version}\n{note}",
        "starter/inv": f"#!/bin/sh\n# {version}\n",
        "starter/gitattributes": "* text=auto\n",
        "starter/forges/.github/workflows/check.yml": f"# {version}\n",
    }
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(zipfile.ZipInfo(f"broadside/{name}"), text)
        for name in ("github/workflows/publish.yml", "forgejo/workflows/check.yml", "forgejo/workflows/publish.yml"):
            made.writestr(zipfile.ZipInfo(f"broadside/starter/forges/.{name}"), "")
        made.writestr(zipfile.ZipInfo("broadside/starter/forges/.gitlab-ci.yml"), "")
    return Wheel(path)


@pytest.fixture
def newer(tmp_path: Path) -> Wheel:
    return wheel(tmp_path / "index", "0.3.0")


@pytest.fixture
def outlet(tmp_path: Path) -> Path:
    """An outlet on 0.2.0, which came after 0.1.0."""
    folder = tmp_path / "outlet"
    (folder / WORKFLOW).parent.mkdir(parents=True)
    (folder / "content").mkdir()
    wheel(folder / "vendor", "0.1.0")
    now = wheel(folder / "vendor", "0.2.0")
    (folder / "requirements.in").write_text("pelican-broadside==0.2.0\nalmanac\n")
    (folder / LOCK).write_text(now.lock(OWN))
    (folder / "inv").write_text(now.text("starter/inv"))
    (folder / "inv").chmod(0o755)
    (folder / WORKFLOW).write_text(now.text(f"starter/forges/{WORKFLOW}"))
    return folder


def state(outlet: Path) -> State:
    """The bytes and the permissions of each of an outlet's files."""
    files = (path for path in outlet.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(outlet).as_posix(): (path.read_bytes(), path.stat().st_mode) for path in files}


def upgrade(outlet: Path, wanted: str = "", *, undo: bool = False) -> None:
    if not resumed(outlet, undo):
        apply(outlet, prepared(outlet, wanted, undo, scratch_of(outlet)), undo)


def killed(work: Callable[[], object], at: int) -> bool:
    """Whether some work was killed before its change number `at` to the disk; False where it ended with fewer."""

    def step(number: int, _: str) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched() -> None:
        watch(step)
        work()

    process = FORK.Process(target=watched)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def copied(outlet: Path, name: str) -> Path:
    copy = outlet.with_name(name)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(outlet, copy)
    return copy


def without_parts(found: State) -> State:
    return {path: value for path, value in found.items() if not path.endswith(".part")}


@pytest.mark.parametrize("undo", [False, True])
def test_a_kill_at_any_write_leaves_whole_files_and_a_way_on_and_back(outlet: Path, newer: Wheel, undo: bool) -> None:
    if undo:
        upgrade(outlet, str(newer.path))
    before = state(outlet)
    ready = prepared(outlet, str(newer.path), undo, scratch_of(outlet))
    done = copied(outlet, "done")
    upgrade(done, str(newer.path), undo=undo)
    after = state(done)
    assert before[LOCK] != after[LOCK]
    noted, at = 0, 1
    while killed(partial(apply, hit := copied(outlet, "hit"), ready, undo), at):
        found = state(hit)
        for path, value in without_parts(found).items():
            assert path == f"vendor/{NOTE}" or value in (before.get(path), after.get(path)), (at, path)
        assert found[LOCK] == before[LOCK] or found.items() >= after.items(), "the lock comes last"
        noted += f"vendor/{NOTE}" in found

        on = copied(hit, "on")
        upgrade(on, str(newer.path), undo=undo)
        assert state(on) == after, at

        back = copied(hit, "back")
        gone_back = bool(resumed(back, not undo))
        assert without_parts(state(back)) == (before if found[LOCK] == before[LOCK] else after), at
        assert gone_back == (f"vendor/{NOTE}" in found and found[LOCK] == before[LOCK])
        at += 1
    assert noted > 5
    assert state(hit) == after


@pytest.mark.parametrize("undo", [False, True])
def test_going_on_and_going_back_may_be_killed_too(outlet: Path, newer: Wheel, undo: bool) -> None:
    before = state(outlet)
    ready = prepared(outlet, str(newer.path), False, scratch_of(outlet))
    apply(done := copied(outlet, "done"), ready)
    after, half, at = state(done), outlet, 1
    while state(half)["inv"] == before["inv"]:
        killed(partial(apply, half := copied(outlet, "half"), ready), at)
        at += 1
    again = 1
    while killed(partial(resumed, hit := copied(half, "hit"), undo), again):
        found = state(hit)
        if f"vendor/{NOTE}" in found:
            resumed(on := copied(hit, "on"), undo=False)
            assert state(on) == after, again
            resumed(hit, undo=True)
        assert without_parts(state(hit)) == (before if found[LOCK] == before[LOCK] else after), again
        again += 1
    assert again > 5
    assert state(hit) == (before if undo else after)


def test_the_command_goes_on_and_says_so(
    outlet: Path, newer: Wheel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ready = prepared(outlet, str(newer.path), False, scratch_of(outlet))
    at = 1
    while not (outlet / "vendor" / NOTE).exists():
        killed(partial(apply, outlet, ready), at)
        at += 1
    monkeypatch.setattr(owning, "OUTLET", outlet)
    half = state(outlet)
    with pytest.raises(Exit, match="interrupted"):
        owning.upgrade(Context(), "", dry_run=True)
    assert state(outlet) == half
    owning.upgrade(Context(), "")
    assert "0.3.0" in capsys.readouterr().out
    assert Wheel(outlet / "vendor" / newer.path.name).lock(OWN) == (outlet / LOCK).read_text()
    assert not (outlet / "vendor" / NOTE).exists()


def test_a_file_that_somebody_edited_meanwhile_is_not_overwritten(outlet: Path, newer: Wheel) -> None:
    ready = prepared(outlet, str(newer.path), False, scratch_of(outlet))
    at = 1
    while not (outlet / "vendor" / NOTE).exists():
        killed(partial(apply, outlet, ready), at)
        at += 1
    (outlet / "requirements.in").write_text("ours")
    for undo in (False, True):
        with pytest.raises(NotUpgraded, match=r"requirements\.in"):
            resumed(outlet, undo)
    assert (outlet / "requirements.in").read_text() == "ours"


def test_there_and_back_is_the_same(outlet: Path, newer: Wheel) -> None:
    before = state(outlet)
    upgrade(outlet, str(newer.path))
    assert state(outlet)["inv"][1] == before["inv"][1], "it can still be run"
    assert sorted(path.name for path in (outlet / "vendor").iterdir()) == [
        "pelican_broadside-0.2.0-py3-none-any.whl",
        "pelican_broadside-0.3.0-py3-none-any.whl",
    ]
    upgrade(outlet, undo=True)
    found = state(outlet)
    assert {path for path in before if found.get(path) != before[path]} == {
        "vendor/pelican_broadside-0.1.0-py3-none-any.whl"
    }


def test_the_importers_wheel_goes_with_the_engine_that_it_belongs_to(outlet: Path) -> None:
    (outlet / "vendor/broadside_import-0.2.0-py3-none-any.whl").write_bytes(b"")
    upgrade(outlet, undo=True)
    assert sorted(path.name for path in (outlet / "vendor").iterdir()) == [
        "pelican_broadside-0.1.0-py3-none-any.whl",
        "pelican_broadside-0.2.0-py3-none-any.whl",
    ]


@pytest.mark.parametrize("version", ["0.2.0", "0.1.0"])
def test_other_bytes_under_the_name_of_a_wheel_that_is_there_are_refused(
    outlet: Path, tmp_path: Path, version: str
) -> None:
    before = state(outlet)
    other = wheel(tmp_path / "other", version, "other bytes")
    with pytest.raises(NotUpgraded, match=f"{version}.*other bytes"):
        upgrade(outlet, str(other.path))
    assert state(outlet) == before
    upgrade(outlet, undo=True)
    assert Wheel(outlet / "vendor/pelican_broadside-0.1.0-py3-none-any.whl").lock(OWN) == (outlet / LOCK).read_text()
