"""./inv as a newcomer meets it: the real script, with real venv and pip."""

import ast
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap import stamp
from tests.newcomer import TELLS, Project, awaited, ended, wheel, without_network

HERE = Path(__file__).resolve().parent.parent
POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX knows them")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project in a folder with an awkward name, set up once."""
    base = tmp_path_factory.mktemp("inv")
    root, wheels = base / "Ma côpie — 1", base / "wheels"
    wheels.mkdir()
    (root / "tools").mkdir(parents=True)
    shutil.copy2(HERE / "inv", root)
    shutil.copytree(HERE / "tools" / "bootstrap", root / "tools" / "bootstrap")
    lines = {"invoke": wheel(wheels, "invoke", TELLS), "extra": wheel(wheels, "extra", "")}
    return Project(root, wheels, lines)


@pytest.fixture
def project(made: Project) -> Project:
    """The project, ready to run on whatever the test before left as its lock."""
    lock = made.root / "requirements.lock"
    if not lock.exists():
        made.lock("invoke", comment="first")
    code, _, err = made.run()
    assert code == 0, err
    return made


@pytest.fixture
def stale(project: Project) -> Iterator[Project]:
    """The project with another lock than its environment; afterwards the lock of before must be fit to run on."""
    lock = project.root / "requirements.lock"
    before = lock.read_bytes()
    project.lock("invoke", "extra", comment="stale")
    yield project
    lock.write_bytes(before)
    assert project.beside() == {".venv", ".venv.lock"}
    assert project.run()[2] == "", "the environment of before is ready again"


def test_the_first_run_sets_up_and_says_so_away_from_the_output_of_the_task(made: Project) -> None:
    made.lock("invoke", comment="first")
    shutil.rmtree(made.root / ".venv", ignore_errors=True)
    code, out, err = made.run("build")
    assert code == 0, err
    assert out.startswith("arguments ")
    assert "Setting up" in err
    assert "1 of 1 packages" in err
    assert made.installed() == {"invoke"}
    assert made.beside() == {".venv", ".venv.lock"}


def test_a_ready_run_hands_over_at_once_from_where_the_caller_stands(project: Project, tmp_path: Path) -> None:
    (tmp_path / "invoke.py").write_text("raise SystemExit('the module of the caller was imported')", encoding="utf-8")
    code, out, err = project.run("build", "--content", "some where", cwd=tmp_path)
    assert (code, err) == (0, "")
    told = dict(line.split(" ", 1) for line in out.splitlines())
    wanted = ["--search-root", str(project.root), "build", "--content", "some where"]
    assert ast.literal_eval(told["arguments"]) == wanted
    assert Path(told["folder"]) == tmp_path
    assert Path(told["python"]).is_relative_to(project.root / ".venv")


def test_without_a_task_it_lists_them(project: Project) -> None:
    assert "'--list'" in project.run()[1]


@pytest.mark.slow
def test_the_settings_of_the_callers_python_stay_outside(project: Project, tmp_path: Path) -> None:
    project.lock("invoke", comment="anew")
    trap = "raise SystemExit('a module of the caller was imported')"
    for name in ("bootstrap", "invoke", "pip", "venv"):
        (tmp_path / f"{name}.py").write_text(trap, encoding="utf-8")
    elsewhere = str(tmp_path / "elsewhere")
    leaks = {"PIP_TARGET": elsewhere, "PIP_PREFIX": elsewhere, "PIP_USER": "1", "PIP_NO_BINARY": ":all:"}
    leaks |= {"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1", "VIRTUAL_ENV": elsewhere}
    code, out, err = project.run(changes=leaks)
    assert code == 0, err
    assert str(tmp_path) not in out
    assert not (tmp_path / "elsewhere").exists()
    assert project.installed() == {"invoke"}


@pytest.mark.slow
def test_a_changed_lock_is_followed_exactly(project: Project) -> None:
    for names in ({"invoke", "extra"}, {"invoke"}):
        project.lock(*names, comment="changed")
        assert "up to date" in project.run()[2]
        assert project.installed() == names


def test_a_moved_project_is_set_up_anew(project: Project) -> None:
    moved = project.root.rename(project.root.with_name("moved"))
    try:
        assert not stamp.is_ready(str(moved))
    finally:
        moved.rename(project.root)
    assert stamp.is_ready(str(project.root))


def test_another_python_behind_the_environment_makes_it_stale(project: Project, tmp_path: Path) -> None:
    python = Path(stamp.python_of(str(project.root)))
    python.rename(tmp_path / "python")
    try:
        assert not stamp.is_ready(str(project.root)), "as when the system's Python was taken away"
        python.symlink_to(tmp_path / "upgraded")
        (tmp_path / "upgraded").touch()
        assert not stamp.is_ready(str(project.root)), "as when the system's Python became another one"
    finally:
        python.unlink()
        (tmp_path / "python").rename(python)
    assert stamp.is_ready(str(project.root))


@pytest.mark.slow
def test_of_two_runs_at_once_one_sets_up_and_both_run(project: Project) -> None:
    project.lock("invoke", comment="two")
    ends = [ended(process) for process in [project.start("a"), project.start("b")]]
    assert [code for code, _, _ in ends] == [0, 0]
    assert ["Set-up done" in err for _, _, err in ends].count(True) == 1
    assert project.installed() == {"invoke"}


@POSIX_ONLY
@pytest.mark.slow
@pytest.mark.parametrize("moment", [".venv/pyvenv.cfg", ".venv/requirements.lock"])
def test_a_killed_set_up_is_mended_by_the_next_run(project: Project, moment: str) -> None:
    project.lock("invoke", "extra", comment=moment)
    shutil.rmtree(project.root / ".venv")
    process = project.start()
    awaited(project.root / moment)
    process.kill()
    process.communicate()
    code, _, err = project.run()
    assert code == 0, err
    assert project.installed() == {"invoke", "extra"}
    assert project.beside() == {".venv", ".venv.lock"}


@POSIX_ONLY
def test_ctrl_c_ends_with_130_and_puts_back_what_was_there(stale: Project) -> None:
    process = stale.start()
    awaited(stale.root / ".venv.old")
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert "Stopped" in err


@pytest.mark.slow
def test_without_network_it_says_what_to_do_and_keeps_what_was_there(stale: Project) -> None:
    code, out, err = stale.run(changes=without_network())
    assert (code, out) == (1, "")
    assert "cannot be reached" in err
    assert "What was there before is kept" in err


@pytest.mark.slow
def test_an_altered_package_is_refused(stale: Project) -> None:
    wrong = stale.lines["invoke"].split("sha256:")[0] + "sha256:" + "0" * 64
    (stale.root / "requirements.lock").write_text(wrong, encoding="utf-8")
    code, _, err = stale.run()
    assert code == 1
    assert "not the one that requirements.lock names" in err


def test_a_missing_lock_is_named(stale: Project) -> None:
    (stale.root / "requirements.lock").unlink()
    code, _, err = stale.run()
    assert code == 1
    assert "git checkout requirements.lock" in err


def test_a_folder_that_cannot_be_written_to_is_named(stale: Project) -> None:
    hold = stale.root / ".venv.lock"
    hold.unlink()
    hold.mkdir()
    try:
        code, _, err = stale.run()
    finally:
        hold.rmdir()
        hold.touch()
    assert code == 1
    assert str(hold) in err


def with_old_python(project: Project, path: str) -> tuple[int, str, str]:
    """Run inv in a Python that says it is 3.9."""
    script = str(project.root / "inv")
    pretence = f"import runpy, sys; sys.version_info = (3, 9, 1); sys.argv = [{script!r}, 'build']"
    command = [sys.executable, "-c", f"{pretence}; runpy.run_path({script!r}, run_name='__main__')"]
    return ended(
        subprocess.Popen(command, env=project.environment({"PATH": path}), stdout=-1, stderr=-1, encoding="utf-8")
    )


def test_an_old_python_alone_is_told_what_to_install(stale: Project, tmp_path: Path) -> None:
    code, _, err = with_old_python(stale, str(tmp_path))
    assert code == 1
    assert "Broadside needs Python 3.11 or newer; this is 3.9." in err
    assert "apt install" in err


@POSIX_ONLY
def test_an_old_python_hands_over_to_the_first_newer_one_that_works(stale: Project, tmp_path: Path) -> None:
    for name, body in {"python3.14": "exit 1", "python3.12": '[ "$1" = -I ] || echo "ran $0 $@"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    code, out, err = with_old_python(stale, str(tmp_path))
    assert (code, out) == (0, f"ran {tmp_path}/python3.12 {stale.root}/inv build\n")
    assert f"Newer ones here: {tmp_path}/python3.12." in err


@pytest.mark.parametrize("name", ["inv", "tools/bootstrap/stamp.py", "tools/bootstrap/interpreters.py"])
def test_what_runs_before_the_version_is_known_parses_on_an_old_python(name: str) -> None:
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"), feature_version=(3, 7))
    hints = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    hints += [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg)]
    assert not [hint for hint in hints if isinstance(hint, ast.Subscript)], "list[str] must stand in quotes"
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
