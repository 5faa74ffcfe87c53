"""Setting up, as it goes wrong or is repeated: each time an environment is made, with real venv and pip."""

import shutil
import sys
from pathlib import Path

import pytest

from bootstrap import stamp
from tests.desk.running import until
from tests.newcomer import Project, ended, without_network


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


def test_a_changed_lock_is_followed_exactly(project: Project) -> None:
    for names in ({"invoke", "extra"}, {"invoke"}):
        project.lock(*names, comment="changed")
        assert "up to date" in project.run()[2]
        assert project.installed() == names


def test_of_two_runs_at_once_one_sets_up_and_both_run(project: Project) -> None:
    project.lock("invoke", comment="two")
    ends = [ended(process) for process in [project.start("a"), project.start("b")]]
    assert [code for code, _, _ in ends] == [0, 0]
    assert ["Set-up done" in err for _, _, err in ends].count(True) == 1
    assert project.installed() == {"invoke"}


@pytest.mark.parametrize("moment", [".venv/pyvenv.cfg", ".venv/requirements.lock"])
def test_a_killed_set_up_is_mended_by_the_next_run(project: Project, moment: str) -> None:
    project.lock("invoke", "extra", comment=moment)
    shutil.rmtree(project.root / ".venv")
    process = project.start()
    until((project.root / moment).exists, moment)
    process.kill()
    process.communicate()
    code, _, err = project.run()
    assert code == 0, err
    assert project.installed() == {"invoke", "extra"}
    assert project.beside() == {".venv", ".venv.lock"}


def test_without_network_it_says_what_to_do_and_keeps_what_was_there(stale: Project) -> None:
    code, out, err = stale.run(changes=without_network())
    assert (code, out) == (1, "")
    assert "cannot be reached" in err
    assert "What was there before is kept" in err


def test_an_altered_package_is_refused(stale: Project) -> None:
    wrong = stale.lines["invoke"].split("sha256:")[0] + "sha256:" + "0" * 64
    (stale.root / "requirements.lock").write_text(wrong, encoding="utf-8")
    code, _, err = stale.run()
    assert code == 1
    assert "not the one that requirements.lock names" in err


def test_an_environment_whose_python_became_too_old_is_made_anew(project: Project) -> None:
    python = Path(stamp.python_of(str(project.root)))
    python.unlink()
    pretence = "import runpy, sys; sys.version_info = (3, 9, 1); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    python.write_text(
        f'#!/bin/sh\n[ "$1" != -P ] || exit 2\nexec {sys.executable} -c "{pretence}" "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    code, out, err = project.run("build")
    assert code == 0, err
    assert out.startswith("arguments ")
    assert "Broadside needs Python 3.11 or newer; this is 3.9." in err
    assert stamp.is_ready(str(project.root))
