"""A new outlet, from broadside init to its site on a branch, with nothing but Python, Git and the
wheel.
"""

from __future__ import annotations

import ast
import os
import pty
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from broadside import __version__
from tests.commands.running import free_port
from tests.outlets.conftest import Owned

MOST = 30
"""Files of an outlet besides its content."""


def test_it_is_small_and_committed(owned: Owned) -> None:
    files = owned.git("ls-files").splitlines()
    beside = [path for path in files if not path.startswith("content/")]
    assert len(beside) <= MOST
    assert {
        "inv",
        "pelicanconf.py",
        "publishconf.py",
        "tasks.py",
        "requirements.in",
        "requirements.lock",
    } <= {*beside}
    assert [path for path in beside if path.startswith("vendor/")] == [
        f"vendor/pelican_broadside-{__version__}-py3-none-any.whl"
    ]
    assert owned.git("status", "--short") == ""


def test_the_engine_is_the_wheels_and_the_commands_are_an_outlets(owned: Owned) -> None:
    code = "import broadside, sys; print(broadside.__file__)"
    done = subprocess.run(
        [str(owned.path / ".venv/bin/python"), "-P", "-c", code],
        cwd=owned.path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "site-packages" in done.stdout
    listed = owned.run("--list")
    for verb in (
        "serve",
        "build",
        "check",
        "new",
        "status",
        "related",
        "audit",
        "due",
        "permalinks",
        "roundup",
        "publish",
    ):
        assert f"  {verb} " in listed
    for verb in ("test", "upgrade", "clean", "template"):
        assert f"  {verb} " in listed
    for verb in ("stress", "bench", "test-browser", "test-deploy"):
        assert f"  {verb} " not in listed


def test_commands_work_from_a_folder_below_and_by_broadside(owned: Owned, broadside: Path) -> None:
    below = owned.path / "content" / "articles"
    assert owned.run("check", cwd=below) == owned.run("check")
    done = subprocess.run(
        [str(broadside), "check"],
        cwd=below,
        env=owned.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = subprocess.run(
        [str(broadside), "--version"], cwd=below, capture_output=True, text=True, check=True
    )
    assert shown.stdout.split() == ["Broadside", __version__]


def test_from_the_first_story_to_a_branch(start: Callable[..., Owned], tmp_path: Path) -> None:
    outlet = start("--author", "Ana Ruiz")
    path = outlet.run(
        "new", "The ice road waits", "--section", "World", "--author", "Ana Ruiz"
    ).splitlines()[0]
    story = outlet.path / path
    text = story.read_text("utf-8")
    assert "author: Ana Ruiz" in text
    story.write_text(
        text.replace("dek:\n", "dek: One sentence.\n").partition("status:")[0]
        + "---\n\nIt waits.\n",
        "utf-8",
    )
    assert outlet.run("check").strip() == "No faults."
    assert "2 passed" in outlet.run("test")
    outlet.git("init", "-q", "--bare", str(tmp_path / "site.git"))
    target = {"kind": "pages", "remote": str(tmp_path / "site.git"), "branch": "pages", "check": 0}
    outlet.write("publishconf.py", f'\nTARGETS = {{"pages": {target}}}\n', more=True)
    outlet.git("add", "-A")
    outlet.git("commit", "-qm", "The first story")
    assert "2 stories published" in outlet.run("build", "--production")
    outlet.run("publish", "--to", "pages")
    shown = subprocess.run(
        ["git", f"--git-dir={tmp_path / 'site.git'}", "show", "pages:index.html"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "The ice road waits" in shown.stdout


def test_the_preview_shows_it(owned: Owned) -> None:
    port = free_port()
    process = subprocess.Popen(
        [str(owned.path / "inv"), "serve", "--port", str(port)],
        cwd=owned.path,
        env=owned.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = _fetched(f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.wait(30)
    assert page.title is not None
    assert "Riverbank" in page.title.text
    assert page.select_one("section.front article h2.headline") or page.select_one(
        "section.front .headline"
    )


def _fetched(url: str) -> BeautifulSoup:
    until = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                page = BeautifulSoup(answer.read(), "lxml")
                if page.select_one("section.front"):
                    return page
        except OSError:
            pass
        assert time.monotonic() < until, "the preview shows no front page"
        threading.Event().wait(0.2)


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["--timezone", "Mars/Base"], "Mars/Base"),
        (["--lang", "en_GB!"], "en_GB!"),
        (["--url", "riverbank"], "riverbank"),
        (["--forge", "sourceforge"], "sourceforge"),
        (["--section", "!!!"], "!!!"),
        (["--section", "Política", "--section", "politica"], "politica"),
        (["--section", "政治"], "政治=some-words"),
        (["--author", "ليلى حسن"], "ليلى حسن=some-words"),
        (["--section", "政治=Seiji!"], "政治=Seiji!"),
        (["--section", "政治=news", "--section", "News"], "News"),
        (["--url", "http://localhost:8000"], "localhost"),
        (["--wheel", "nowhere.whl"], "nowhere.whl"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    broadside: Path, tmp_path: Path, flags: list[str], named: str
) -> None:
    command = [str(broadside), "init", str(tmp_path / "new"), "--yes", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2)
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name", ['La \\Nube \\u00e9 """x', "C:\\xyz", "It’s {{ name }} <b>", "Ríos’ “Día”"]
)
def test_any_name_makes_settings_that_python_can_read(
    broadside: Path, tmp_path: Path, name: str
) -> None:
    command = [
        str(broadside),
        "init",
        str(tmp_path / "new"),
        "--yes",
        "--name",
        name,
        "--author",
        name,
    ]
    subprocess.run(command, capture_output=True, check=True)
    files = [path for path in (tmp_path / "new").rglob("*.py") if ".venv" not in path.parts]
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in files}
    assigned = [
        node.value for node in ast.walk(trees["pelicanconf.py"]) if isinstance(node, ast.Assign)
    ]
    assert name in [value.value for value in assigned if isinstance(value, ast.Constant)]


def test_questions_are_asked_in_a_terminal_and_a_wrong_answer_is_asked_again(
    broadside: Path, tmp_path: Path
) -> None:
    answers = [
        "Riverbank",
        "",
        "",
        "",
        "Mars/Base",
        "Europe/Madrid",
        "World, Economy",
        "Ana Ruiz",
        "gitlab",
    ]
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [str(broadside), "init", str(tmp_path / "new")],
        stdin=child,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    os.write(parent, "".join(f"{line}\n" for line in answers).encode())
    said = process.communicate(timeout=60)[0].decode()
    os.close(parent)
    os.close(child)
    assert process.returncode == 0, said
    text = (tmp_path / "new" / "pelicanconf.py").read_text("utf-8")
    assert 'TIMEZONE = "Europe/Madrid"' in text
    assert "Economy" in (tmp_path / "new" / "content" / "sections.yml").read_text("utf-8")
    assert (tmp_path / "new" / ".gitlab-ci.yml").is_file()


@pytest.mark.parametrize(
    ("words", "code"), [(["check"], 2), (["init", "--help"], 0), (["--help"], 0), ([], 0)]
)
def test_outside_an_outlet_it_says_what_it_can_do(
    broadside: Path, tmp_path: Path, words: list[str], code: int
) -> None:
    done = subprocess.run(
        [str(broadside), *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert "init" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_holds_something_is_left_alone(broadside: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = subprocess.run(
        [str(broadside), "init", str(tmp_path), "--yes"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
