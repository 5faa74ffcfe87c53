"""An upgrade replaces the files that are the engine's; Git takes it back."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

from broadside.commands import owning
from broadside.outlet.upgrading import LOCK, NotUpgraded, apply, prepared, scratch_of
from broadside.outlet.wheels import Wheel
from tests.forges import commit, git

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
        for name in (
            "github/workflows/publish.yml",
            "forgejo/workflows/check.yml",
            "forgejo/workflows/publish.yml",
        ):
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
    files = (
        path
        for path in outlet.rglob("*")
        if path.is_file() and not {".cache", ".git"} & {*path.parts}
    )
    return {
        path.relative_to(outlet).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in files
    }


def upgrade(outlet: Path, wanted: str = "", *, undo: bool = False) -> None:
    apply(outlet, prepared(outlet, wanted, undo, scratch_of(outlet)))


@pytest.mark.git
def test_git_takes_an_upgrade_back_so_nothing_may_be_uncommitted(
    outlet: Path, newer: Wheel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (outlet / ".gitignore").write_text("/.cache/\n")
    git(outlet, "init", "-q")
    commit(outlet, "Begin")
    before = state(outlet)
    monkeypatch.setattr(owning, "OUTLET", outlet)
    monkeypatch.chdir(outlet)
    (outlet / "requirements.in").write_text("ours")
    with pytest.raises(Exit, match=r"requirements\.in has changes that are not committed"):
        owning.upgrade(Context(), str(newer.path))
    git(outlet, "checkout", ".")
    owning.upgrade(Context(), str(newer.path))
    assert Wheel(outlet / "vendor" / newer.path.name).lock(OWN) == (outlet / LOCK).read_text()
    (command,) = re.findall(r"git stash -u -- \.(?= takes it back)", capsys.readouterr().out)
    subprocess.run(command.split(), check=True, capture_output=True)
    assert state(outlet) == before


def test_outside_git_it_says_that_nothing_can_be_undone(
    outlet: Path, newer: Wheel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(owning, "OUTLET", outlet)
    owning.upgrade(Context(), str(newer.path))
    assert "cannot be undone" in capsys.readouterr().out
    assert Wheel(outlet / "vendor" / newer.path.name).lock(OWN) == (outlet / LOCK).read_text()


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


def test_an_add_on_that_is_there_comes_in_the_new_version(outlet: Path, newer: Wheel) -> None:
    for version in ("0.2.0", "0.3.0"):
        for name, folder in (
            ("announce", outlet / "vendor"),
            ("announce", newer.path.parent),
            ("import", newer.path.parent),
        ):
            (folder / f"broadside_{name}-{version}-py3-none-any.whl").write_bytes(b"")
    (outlet / "vendor/broadside_announce-0.3.0-py3-none-any.whl").unlink()
    upgrade(outlet, str(newer.path))
    names = sorted(path.name for path in (outlet / "vendor").iterdir())
    assert names[0] == "broadside_announce-0.3.0-py3-none-any.whl"
    assert [name.partition("-")[0] for name in names[1:]] == [
        "pelican_broadside",
        "pelican_broadside",
    ]


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
    assert (
        Wheel(outlet / "vendor/pelican_broadside-0.1.0-py3-none-any.whl").lock(OWN)
        == (outlet / LOCK).read_text()
    )
