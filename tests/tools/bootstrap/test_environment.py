"""How an environment is set aside before it is made anew, whatever a killed run left behind."""

import errno
import sys
from pathlib import Path

import pytest

from bootstrap import environment, stamp


def folder(path: Path, content: str, *, whole: bool) -> None:
    path.mkdir()
    (path / "content").write_text(content, encoding="utf-8")
    if whole:
        (path / Path(stamp.stamp_of("")).name).write_text("any", encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "aside", "kept"),
    [
        (None, None, None),
        (("new", True), None, "new"),
        (("made by hand", False), None, "made by hand"),
        (("half made", False), ("old", True), "old"),
        (("new", True), ("old", True), "new"),
        (None, ("old", True), "old"),
    ],
)
def test_what_is_worth_keeping_is_set_aside(
    tmp_path: Path, there: tuple[str, bool] | None, aside: tuple[str, bool] | None, kept: str | None
) -> None:
    venv, old = tmp_path / ".venv", tmp_path / ".venv.old"
    for path, state in ((venv, there), (old, aside)):
        if state:
            folder(path, state[0], whole=state[1])
    environment.set_aside(str(tmp_path), str(venv), str(old))
    assert not venv.exists()
    assert ((old / "content").read_text(encoding="utf-8") if old.exists() else None) == kept


def test_a_link_to_an_environment_elsewhere_goes_and_what_it_names_stays(tmp_path: Path) -> None:
    folder(tmp_path / "elsewhere", "somebody's", whole=False)
    (tmp_path / ".venv").symlink_to(tmp_path / "elsewhere")
    environment.remove(str(tmp_path / ".venv"))
    assert not (tmp_path / ".venv").exists()
    assert (tmp_path / "elsewhere" / "content").exists()


def test_a_full_disk_ends_with_advice_and_no_half_made_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(venv: str, hold: int) -> None:
        Path(venv).mkdir()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bootstrap.installing.make_venv", full)
    (tmp_path / "requirements.lock").write_text("invoke==1\n", encoding="utf-8")
    assert environment.prepare(str(tmp_path)) == 1
    assert "The disk is full" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".venv")] == [".venv.lock"]


def test_a_python_without_venv_is_told_which_package_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert environment.prepare(str(tmp_path)) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


@pytest.mark.parametrize("runs", [True, False])
def test_what_was_there_is_said_to_run_only_where_it_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], runs: bool
) -> None:
    python = Path(stamp.python_of(str(tmp_path)))
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable if runs else tmp_path / "gone")
    Path(stamp.stamp_of(str(tmp_path))).write_text("any", encoding="utf-8")
    environment.fail(str(tmp_path), 1, "No.")
    assert ("still runs" in capsys.readouterr().err) == runs
