"""./inv as a newcomer meets it: the real script, with real venv and pip."""

import ast
import runpy
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from invoke.tasks import Task

from tests.commands.running import until
from tests.forges import commit, git
from tests.newcomer import Project, ended, from_index
from tools import developing as testing

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent.parent
STOPPED = "import signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)"


def test_the_first_run_sets_up_and_says_so_away_from_the_output_of_the_task(
    newcomer: Project,
) -> None:
    newcomer.lock("broadside", comment="first")
    shutil.rmtree(newcomer.root / ".venv", ignore_errors=True)
    code, out, err = newcomer.run("build")
    assert code == 0, err
    assert out.startswith("arguments ")
    assert "requirements.lock" in err
    assert newcomer.installed() == {"broadside"}
    assert newcomer.beside() == {".venv", ".venv.lock"}


def test_a_ready_run_hands_over_at_once_from_where_the_caller_stands(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "broadside.py").write_text(
        "raise SystemExit('the module of the caller was imported')", encoding="utf-8"
    )
    code, out, err = project.run("build", "--content", "some where", cwd=tmp_path)
    assert (code, err) == (0, "")
    told = dict(line.split(" ", 1) for line in out.splitlines())
    wanted = ["--search-root", str(project.root), "build", "--content", "some where"]
    assert ast.literal_eval(told["arguments"]) == wanted
    assert Path(told["folder"]) == tmp_path
    assert Path(told["python"]).is_relative_to(project.root / ".venv")


def test_a_ready_run_asks_for_no_other_python_than_its_own(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    code, out, err = project.run(
        "build", changes={"PATH": str(tmp_path), "PYTHONHOME": str(tmp_path)}
    )
    assert (code, err) == (0, "")
    assert f"python {project.python}" in out.splitlines()


def test_it_is_steered_by_nobody_whoever_starts_it(project: Project, tmp_path: Path) -> None:
    (tmp_path / "broadside.py").write_text(
        "raise SystemExit('somebody else was imported')", encoding="utf-8"
    )
    (tmp_path / "press").symlink_to(project.root / "inv")
    ways = ([str(tmp_path / "press")], ["sh", "inv"], [sys.executable, "inv"], ["./inv"])
    environment = project.environment({"PYTHONPATH": str(tmp_path)})
    told = {
        subprocess.run(
            way, cwd=project.root, env=environment, capture_output=True, check=True, text=True
        ).stdout
        for way in ways
    }
    assert len(told) == 1
    searched = dict(line.split(" ", 1) for line in told.pop().splitlines())["searched"]
    assert str(tmp_path) not in ast.literal_eval(searched)


def test_what_tests_need_is_installed_on_top_once_a_test_is_run(project: Project) -> None:
    project.lock("broadside", "extra", comment="tests", file="requirements-dev.lock")
    try:
        assert project.run("build")[2] == ""
        assert project.installed() == {"broadside"}
        code, out, err = project.run("test", "-k", "cut")
        assert (code, "requirements-dev.lock" in err, out[:10]) == (0, True, "arguments ")
        assert project.installed() == {"broadside", "extra"}
        assert project.run("test-browser")[2] == ""
        project.lock("broadside", "extra", "probe", comment="more", file="requirements-dev.lock")
        assert project.run("build")[2] == ""
        assert project.run("test")[2]
        assert project.installed() == {"broadside", "extra", "probe"}
        project.lock("broadside", comment="fewer", file="requirements-dev.lock")
        assert project.run("stress")[2]
        assert project.installed() == {"broadside"}
    finally:
        (project.root / "requirements-dev.lock").unlink()


def test_every_task_that_runs_tests_has_what_they_need() -> None:
    tasks = [
        each.name.replace("_", "-") for each in vars(testing).values() if isinstance(each, Task)
    ]
    assert sorted(runpy.run_path(str(HERE / "inv"))["TESTS"]) == sorted(
        {*tasks} - {"bench", "docs"}
    )


def test_a_changed_lock_is_followed_exactly(project: Project) -> None:
    for names in ({"broadside", "extra"}, {"broadside"}):
        project.lock(*names, comment="changed")
        assert project.run()[2]
        assert project.installed() == names
        assert project.run()[2] == ""


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("pass", 0),
        ("raise SystemExit(1)", 1),
        ("raise SystemExit(2)", 2),
        (STOPPED, 130),
        (f"class Destroyed:\n    def __del__(self):\n        {STOPPED}\nDestroyed()", 130),
        # as invoke does
        (f"try:\n    {STOPPED}\nexcept KeyboardInterrupt:\n    raise SystemExit(1)", 130),
        # as ./inv serve does
        (f"try:\n    {STOPPED}\nexcept KeyboardInterrupt:\n    raise SystemExit(0)", 0),
    ],
)
def test_a_command_ends_as_it_says_and_with_130_where_it_was_stopped(
    project: Project, program: str, code: int
) -> None:
    assert project.run("build", changes={"PROGRAM": program}) == (code, "", "")


def test_who_is_started_to_hear_nothing_hears_nothing(project: Project) -> None:
    """As by a shell's & in a script."""
    program = STOPPED.replace("9", "0.1") + "; print('went on')"
    line = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", str(project.root / "inv"), "build"]
    environment = project.environment({"PROGRAM": program})
    assert (
        subprocess.run(line, env=environment, capture_output=True, check=True, text=True).stdout
        == "went on\n"
    )


def test_ctrl_c_ends_a_set_up_with_130(stale: Project) -> None:
    # so that pip installs nothing before it is ended
    with socket.create_server(("127.0.0.1", 0)) as silent:
        process = stale.start(changes=from_index(silent.getsockname()[1]))
        until((stale.root / ".venv" / "stamp-requirements.lock.new").exists, "pip")
        process.send_signal(signal.SIGINT)
        code, out, _ = ended(process)
    assert (code, out) == (130, "")


def test_a_link_in_place_of_the_lock_is_refused(stale: Project, tmp_path: Path) -> None:
    """It may lead to a file that only this user may write to."""
    lock, precious = stale.root / ".venv.lock", tmp_path / "precious"
    lock.rename(precious)
    lock.symlink_to(precious)
    code, _, err = stale.run()
    assert (code, ".venv.lock" in err) == (1, True)
    precious.replace(lock)


def test_without_network_it_says_what_to_do_and_keeps_what_was_there(stale: Project) -> None:
    before = stale.installed()
    code, out, err = stale.run(changes=from_index(1))  # where nobody listens
    assert (code, out) == (1, "")
    assert "cannot be reached" in err
    assert stale.installed() == before


def test_an_altered_package_is_refused(stale: Project) -> None:
    wrong = stale.lines["extra"].split("sha256:")[0] + "sha256:" + "0" * 64
    (stale.root / "requirements.lock").write_text(
        f"{stale.lines['broadside']}{wrong}\n", encoding="utf-8"
    )
    code, out, _ = stale.run()
    assert (code, out) == (1, "")
    assert "extra" not in stale.installed()


def test_a_missing_lock_is_named(stale: Project) -> None:
    (stale.root / "requirements.lock").unlink()
    code, _, err = stale.run()
    assert code == 1
    assert "requirements.lock" in err


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


@pytest.mark.parametrize(
    "pretence",
    [
        "sys.version_info = (3, 9, 1)",
        "import importlib.util; importlib.util.find_spec = lambda name: None",
    ],
    ids=["too old", "without venv"],
)
def test_a_python_that_will_not_do_ends_at_once(stale: Project, pretence: str) -> None:
    script = str(stale.root / "inv")
    program = (
        f"import runpy, sys; {pretence}; sys.argv = [{script!r}]; runpy.run_path({script!r},"
        " run_name='__main__')"
    )
    stamp = stale.root / ".venv" / "stamp-requirements.lock"
    before = stamp.read_bytes()
    stamp.unlink()  # as before the first run
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=stale.environment({}),
            stdout=-1,
            stderr=-1,
            encoding="utf-8",
        )
        code, out, _ = ended(process)
    finally:
        stamp.write_bytes(before)
    assert (code, out) == (1, "")


def test_it_parses_on_an_old_python() -> None:
    tree = ast.parse((HERE / "inv").read_text(encoding="utf-8"), feature_version=(3, 7))
    hints = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    hints += [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg)]
    assert not [hint for hint in hints if isinstance(hint, ast.Subscript)], (
        "list[str] must stand in quotes"
    )
    assert not [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]


@pytest.mark.git
def test_a_git_that_writes_crlf_hands_out_the_commands_and_the_look_as_they_are(
    tmp_path: Path,
) -> None:
    """As Git for Windows is set up, whose clones people run in WSL: no shell starts a script whose
    first line ends in CR.
    """
    names = (
        "inv",
        "broadside/publish/server.sh",
        "theme/static/css/tokens.css",
        "content/sections.yml",
    )
    for name in (".gitattributes", *names):
        (tmp_path / "ours" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HERE / name, tmp_path / "ours" / name)
    git(tmp_path / "ours", "init", "-q")
    commit(tmp_path / "ours", "All")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "ours", "theirs")
    changed = [
        name
        for name in names
        if (tmp_path / "theirs" / name).read_bytes() != (HERE / name).read_bytes()
    ]
    assert changed == ["content/sections.yml"], "what people write is as their own Git has it"
