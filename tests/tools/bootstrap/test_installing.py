"""What venv and pip are given, and how they are followed."""

import os
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from bootstrap import installing
from bootstrap.trouble import Trouble


def test_only_how_to_reach_packages_passes_of_pips_settings() -> None:
    given = {"PIP_INDEX_URL": "u", "PIP_CERT": "c", "PIP_TARGET": "t", "PIP_USER": "1", "PIP_NO_BINARY": ":all:"}
    given |= {"PYTHONPATH": "p", "PYTHONHOME": "h", "VIRTUAL_ENV": "v", "HTTPS_PROXY": "x", "PATH": "/bin"}
    assert installing.clean(given.items()) == {
        "PIP_INDEX_URL": "u",
        "PIP_CERT": "c",
        "PIP_USER": "0",
        "HTTPS_PROXY": "x",
        "PATH": "/bin",
        "LC_ALL": "C",
    }


def test_packages_are_counted_with_and_without_markers_and_comments() -> None:
    lock = "# a==1\na==1 \\\n    --hash=sha256:00\n    # via b==2\nb-c==2 ; sys_platform == 'win32' --hash=sha256:00\n"
    assert installing.count(lock) == 2


def test_a_command_is_followed_line_by_line(tmp_path: Path) -> None:
    lines: list[str] = []
    with (tmp_path / "hold").open("w") as hold:
        installing.follow([sys.executable, "-c", "print('é'); print(2)"], hold.fileno(), lines.append)
    assert lines[-1] == "2"
    assert len(lines) == 2


def test_a_command_that_fails_is_trouble_in_its_own_words(tmp_path: Path) -> None:
    with (tmp_path / "hold").open("w") as hold, pytest.raises(Trouble, match="an odd reason"):
        installing.follow([sys.executable, "-c", "raise SystemExit('an odd reason')"], hold.fileno())


def test_a_command_is_ended_with_the_one_that_follows_it(tmp_path: Path) -> None:
    def hear(line: str) -> None:
        raise KeyboardInterrupt

    endless = "print('begun', flush=True)\nimport time\ntime.sleep(600)"
    with (tmp_path / "hold").open("w") as hold, pytest.raises(KeyboardInterrupt):
        installing.follow([sys.executable, "-c", endless], hold.fileno(), hear)


@pytest.mark.parametrize("module", ["broadside.said", "pelicanconf"])
def test_our_own_code_is_compiled_and_an_edit_that_its_times_and_size_hide_is_seen(tmp_path: Path, module: str) -> None:
    source = tmp_path / f"{module.replace('.', '/')}.py"
    source.parent.mkdir(exist_ok=True)
    source.write_text("print('before')\n")
    with (tmp_path / "hold").open("w") as hold:
        installing.compile_ours(sys.executable, str(tmp_path), hold.fileno())
    compiled = Path(cache_from_source(str(source)))
    before, flags = compiled.read_bytes(), compiled.read_bytes()[4:8]
    assert flags == b"\3\0\0\0", "checked by the source's digest"

    def runs() -> str:
        command = [sys.executable, "-B", "-c", f"import {module}"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()

    assert runs() == "before"
    at = source.stat()
    source.write_text("print('behind')\n")
    os.utime(source, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert runs() == "behind"
    assert compiled.read_bytes() == before


def test_code_that_cannot_be_compiled_does_not_stop_a_set_up(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("def (\n")
    with (tmp_path / "hold").open("w") as hold:
        installing.compile_ours(sys.executable, str(tmp_path), hold.fileno())
    assert not (tmp_path / "__pycache__").exists()
