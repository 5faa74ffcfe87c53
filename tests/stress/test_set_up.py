"""Setting up, as it goes wrong or is repeated: each time an environment is made, with real venv and
pip.
"""

import shutil
from pathlib import Path

import pytest

from tests.commands.running import until
from tests.newcomer import Project, ended


def test_the_settings_of_the_callers_python_stay_outside(project: Project, tmp_path: Path) -> None:
    project.lock("broadside", comment="anew")
    shutil.rmtree(project.root / ".venv")
    trap = "raise SystemExit('a module of the caller was imported')"
    for name in ("broadside", "pip", "venv"):
        (tmp_path / f"{name}.py").write_text(trap, encoding="utf-8")
    elsewhere = str(tmp_path / "elsewhere")
    leaks = {
        "PIP_TARGET": elsewhere,
        "PIP_PREFIX": elsewhere,
        "PIP_USER": "1",
        "PIP_NO_BINARY": ":all:",
    }
    leaks |= {"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1", "VIRTUAL_ENV": elsewhere}
    code, out, err = project.run(changes=leaks)
    assert code == 0, err
    assert str(tmp_path) not in out
    assert not (tmp_path / "elsewhere").exists()
    assert project.installed() == {"broadside"}


def test_of_two_runs_at_once_one_sets_up_and_both_run(project: Project) -> None:
    project.lock("broadside", comment="two")
    shutil.rmtree(project.root / ".venv")
    ends = [ended(process) for process in [project.start("a"), project.start("b")]]
    assert [code for code, _, _ in ends] == [0, 0]
    assert ["requirements.lock" in err for _, _, err in ends].count(True) == 1
    assert project.installed() == {"broadside"}


@pytest.mark.parametrize("moment", [".venv/pyvenv.cfg", ".venv/stamp-requirements.lock.new"])
def test_a_killed_set_up_is_mended_by_the_next_run(project: Project, moment: str) -> None:
    project.lock("broadside", "extra", comment=moment)
    shutil.rmtree(project.root / ".venv")
    process = project.start()
    until((project.root / moment).exists, moment)
    process.kill()
    process.communicate()
    code, _, err = project.run()
    assert code == 0, err
    assert project.installed() == {"broadside", "extra"}
    assert project.beside() == {".venv", ".venv.lock"}


def test_an_environment_that_was_moved_or_lost_its_python_is_made_anew(
    project: Project, tmp_path: Path
) -> None:
    moved = Project(
        project.root.rename(project.root.with_name("moved")), project.wheels, project.lines
    )
    try:
        assert moved.run()[2]
        assert str(moved.root).encode() in (moved.root / ".venv" / "bin" / "pip").read_bytes()
        moved.python.unlink()
        moved.python.symlink_to(tmp_path / "gone")  # as when the system's Python became another one
        code, _, err = moved.run()
        assert (code, bool(err)) == (0, True)
        assert moved.run()[2] == ""
    finally:
        moved.root.rename(project.root)


def test_a_link_to_an_environment_elsewhere_goes_and_what_it_names_stays(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    shutil.rmtree(project.root / ".venv")
    (project.root / ".venv").symlink_to(tmp_path / "elsewhere")
    assert project.run()[0] == 0
    assert not (project.root / ".venv").is_symlink()
    assert (tmp_path / "elsewhere" / "kept").exists()
