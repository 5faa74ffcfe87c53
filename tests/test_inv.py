"""./inv as a newcomer meets it: the real script, with real venv and pip."""

import ast
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import stamp
from tests.desk.running import until
from tests.forges import commit, git
from tests.newcomer import Project, ended

HERE = Path(__file__).resolve().parent.parent


def test_the_first_run_sets_up_and_says_so_away_from_the_output_of_the_task(newcomer: Project) -> None:
    newcomer.lock("invoke", comment="first")
    shutil.rmtree(newcomer.root / ".venv", ignore_errors=True)
    code, out, err = newcomer.run("build")
    assert code == 0, err
    assert out.startswith("arguments ")
    assert "Setting up" in err
    assert "1 of 1 packages" in err
    assert newcomer.installed() == {"invoke"}
    assert newcomer.beside() == {".venv", ".venv.lock"}


def test_a_ready_run_hands_over_at_once_from_where_the_caller_stands(project: Project, tmp_path: Path) -> None:
    (tmp_path / "invoke.py").write_text("raise SystemExit('the module of the caller was imported')", encoding="utf-8")
    code, out, err = project.run("build", "--content", "some where", cwd=tmp_path)
    assert (code, err) == (0, "")
    told = dict(line.split(" ", 1) for line in out.splitlines())
    wanted = ["--search-root", str(project.root), "build", "--content", "some where"]
    assert ast.literal_eval(told["arguments"]) == wanted
    assert Path(told["folder"]) == tmp_path
    assert Path(told["python"]).is_relative_to(project.root / ".venv")


def test_a_ready_run_asks_for_no_other_python_than_its_own(project: Project, tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    code, out, err = project.run("build", changes={"PATH": str(tmp_path), "PYTHONHOME": str(tmp_path)})
    assert (code, err) == (0, "")
    told = dict(line.split(" ", 1) for line in out.splitlines())
    assert told["python"] == stamp.python_of(str(project.root))
    assert str(project.root / "tools") not in ast.literal_eval(told["searched"])


@pytest.mark.parametrize("before", [[], [sys.executable]], ids=["as a script", "by another Python"])
def test_a_task_has_all_its_streams_where_the_caller_closed_some(project: Project, before: list[str]) -> None:
    line = ["sh", "-c", '"$@" <&- 2>&-', "sh", *before, str(project.root / "inv"), "build"]
    out = subprocess.run(line, env=project.environment({}), stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    assert "streams [True, True, True]" in out.splitlines()


def test_the_environments_own_python_may_be_named_and_is_steered_by_nobody(project: Project, tmp_path: Path) -> None:
    (tmp_path / "invoke.py").write_text(
        "raise SystemExit('the module of somebody else was imported')", encoding="utf-8"
    )
    way = [stamp.python_of(str(project.root)), "inv", "build"]
    told = set()
    for changes in ({}, {"PYTHONPATH": str(tmp_path)}, {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(tmp_path)}):
        environment = project.environment(changes)
        done = subprocess.run(way, cwd=project.root, env=environment, capture_output=True, check=True, text=True)
        told.add(done.stdout)
    told.add(project.run("build")[1])
    assert len(told) == 1
    searched = dict(line.split(" ", 1) for line in told.pop().splitlines())["searched"]
    assert not {str(tmp_path), str(project.root)} & set(ast.literal_eval(searched))


def test_it_runs_under_another_name_and_without_its_folder(project: Project, tmp_path: Path) -> None:
    (tmp_path / "press").symlink_to(project.root / "inv")
    ways = ([str(tmp_path / "press")], ["sh", "inv"], [sys.executable, "inv"])
    told = {
        subprocess.run(way, cwd=project.root, env=project.environment({}), capture_output=True, check=True).stdout
        for way in ways
    }
    assert len(told) == 1
    assert str(project.root) in told.pop().decode()


def test_without_a_task_it_lists_them(project: Project) -> None:
    assert "'--list'" in project.run()[1]


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


def test_ctrl_c_ends_with_130_and_puts_back_what_was_there(stale: Project) -> None:
    process = stale.start()
    until((stale.root / ".venv.old").exists, ".venv.old")
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert "Stopped" in err


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


@pytest.mark.git
def test_a_git_that_writes_crlf_hands_out_the_commands_and_the_look_as_they_are(tmp_path: Path) -> None:
    """As Git for Windows is set up, whose clones people run in WSL: no shell starts a script whose first line ends in CR."""
    names = ("inv", "broadside/desk/publish/server.sh", "theme/static/css/tokens.css", "content/sections.yml")
    for name in (".gitattributes", *names):
        (tmp_path / "ours" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HERE / name, tmp_path / "ours" / name)
    git(tmp_path / "ours", "init", "-q")
    commit(tmp_path / "ours", "All")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "ours", "theirs")
    changed = [name for name in names if (tmp_path / "theirs" / name).read_bytes() != (HERE / name).read_bytes()]
    assert changed == ["content/sections.yml"], "what people write is as their own Git has it"
