"""When Broadside itself fails, a writer reads which file it was at and whom to tell, and never a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadside.desk.options import Options
from broadside.desk.preview.builder import Builder
from broadside.desk.trouble import FULL, MAY_NOT, hook, told
from broadside.plugins.content.reader import Reader
from tests.checkout import checkout
from tests.outlet import NOW, Outlet
from tests.repository import PROJECT

BREAKS = '\nif "BROKEN" in text:\n    raise ZeroDivisionError("deep inside")\n'


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet whose project fails at one story."""
    path = tmp_path_factory.mktemp("trouble")
    project = checkout(path / "project")
    source = project / "broadside" / "plugins" / "markup" / "limits.py"
    head, mark, rest = source.read_text("utf-8").partition(
        '    """Why the text should not be read at all, or None."""\n'
    )
    assert mark
    source.write_text(head + mark + BREAKS.replace("\n", "\n    ").rstrip(" ") + rest, "utf-8")
    outlet = Outlet(path, project)
    outlet.story("good")
    outlet.story("bad", body="BROKEN")
    return outlet


@pytest.mark.parametrize("verb", ["build", "check", "permalinks"])
def test_a_command_names_the_file_that_it_was_reading(broken: Outlet, verb: str) -> None:
    where = ["--output", str(broken.output)] if verb == "build" else []
    done = broken.run(verb, "--content", str(broken.content), *where, "--now", NOW)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert f"{broken.content}/articles/bad.md:1: error: internal: Broadside failed while it read this file" in said
    assert "ZeroDivisionError: deep inside at limits.py:" in said
    assert "please report it" in said
    assert not broken.output.exists()


def test_other_stories_are_still_related_and_started(broken: Outlet) -> None:
    content = ["--content", str(broken.content)]
    assert broken.run("related", "good", *content).returncode == 0
    unknown = broken.run("related", "bad", *content)
    assert (unknown.returncode, "no story with the slug" in unknown.stderr) == (1, True)
    assert broken.run("new", "Another", *content).returncode == 0


def test_a_preview_says_so_too(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("deep inside")

    options = Options(content=str(outlet.content), output=str(outlet.output), now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Reader, "parse", fail)
        said = _said(options)
        assert "articles/a-story.md:1: error: internal" in said
        assert "please report it" in said
    with monkeypatch.context() as patch:
        patch.setattr("broadside.desk.making.Staging", fail)
        said = _said(options)
        assert said.startswith("Broadside failed: ZeroDivisionError: deep inside at test_trouble.py:")
        Path(said.rpartition(" ")[2].removesuffix(".")).unlink()
    assert "Traceback" not in "".join(capfd.readouterr())


def _said(options: Options) -> str:
    builder = Builder(options, fresh=False)
    try:
        return builder.outcome().faults
    finally:
        builder.end()


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet whose project fails before it reads anything."""
    path = tmp_path_factory.mktemp("failing")
    project = checkout(path / "project")
    settings = project / "broadside" / "desk" / "options.py"
    settings.write_text(
        settings.read_text("utf-8").replace(
            "    def content_path(self) -> Path:\n",
            '    def content_path(self) -> Path:\n        raise ValueError("deep inside")\n',
        ),
        "utf-8",
    )
    return Outlet(path, project)


@pytest.mark.parametrize("verb", ["build", "check", "new", "related", "permalinks", "serve"])
def test_whatever_fails_the_command_asks_for_a_report_and_keeps_it_in_a_file(failing: Outlet, verb: str) -> None:
    words = {"new": ["A headline"], "related": ["a-story"]}.get(verb, [])
    done = failing.run(verb, *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("Broadside failed: ValueError: deep inside at options.py:")
    file = Path(second.rpartition(" ")[2].removesuffix("."))
    assert "Please report it" in second
    assert "Traceback" in file.read_text("utf-8")
    file.unlink()


def test_what_fails_in_another_process_is_told_with_its_own_place_and_traceback(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    with (project / "broadside" / "plugins" / "search" / "indexing.py").open("a", encoding="utf-8") as code:
        code.write('\n\ndef index(*_: object) -> object:\n    raise ZeroDivisionError("deep inside")\n')
    outlet = Outlet(tmp_path, project)
    outlet.story()
    done = outlet.build("--jobs", "2")
    assert (done.returncode, outlet.output.exists()) == (1, False)
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("Broadside failed: ZeroDivisionError: deep inside at indexing.py:")
    file = Path(second.rpartition(" ")[2].removesuffix("."))
    assert "in index" in file.read_text("utf-8")
    file.unlink()


def test_a_program_that_is_not_there_is_named_and_is_no_mistake_of_ours(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(PROJECT / "inv"),
        "server-init",
        str(tmp_path / "srv"),
        "--siteurl",
        "https://x.example",
    ]
    env = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "This command needs git, which is not on this machine: install it first.\n"


@pytest.mark.parametrize("path", ["broadside/desk/options.py", "broadside/plugins/dates.py"])
def test_code_that_cannot_be_loaded_brings_no_traceback_either(tmp_path: Path, path: str) -> None:
    project = checkout(tmp_path / "project")
    code = project / path
    code.write_text(f"<<<<<<< HEAD\n{code.read_text('utf-8')}", "utf-8")
    done = Outlet(tmp_path, project).run("check")
    assert done.returncode == 1
    first, second = done.stderr.strip().splitlines()
    assert first.startswith(f"Broadside failed: SyntaxError: invalid syntax ({code.name}, line 1)")
    Path(second.rpartition(" ")[2].removesuffix(".")).unlink()


@pytest.mark.parametrize("path", ["broadside/desk/trouble.py", "broadside/plugins/faults.py"])
def test_nor_does_that_which_tells_of_it(tmp_path: Path, path: str) -> None:
    project = checkout(tmp_path / "project")
    code = project / path
    code.write_text(f"<<<<<<< HEAD\n{code.read_text('utf-8')}", "utf-8")
    command = [sys.executable, "-P", "-m", "invoke", "--search-root", str(project), "check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"Broadside failed: SyntaxError: invalid syntax ({code.name}, line 1).",
        "Please report it to whoever runs the site.",
    ]


def test_what_is_told_is_one_line_however_the_exception_looks() -> None:
    said = told(ValueError("one\ntwo\x1b[31m" + "x" * 1_000))
    assert len(said.splitlines()) == 2
    assert len(said.splitlines()[0]) < 400
    Path(said.rpartition(" ")[2].removesuffix(".")).unlink()


def test_who_reads_only_the_first_lines_is_told_of_no_mistake(outlet: Outlet) -> None:
    command = f"{sys.executable} -P -m invoke --search-root {outlet.project} --list | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.strip(), done.stderr) == ("Available tasks:", "")


def test_who_reads_is_told_of_a_pipe_that_broke_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    hook(BrokenPipeError, BrokenPipeError("elsewhere"), None)
    said = capsys.readouterr().err
    assert said.startswith("Broadside failed: BrokenPipeError: elsewhere.")
    Path(said.rpartition(" ")[2].strip().removesuffix(".")).unlink()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_what_a_user_may_not_write_is_named_and_is_no_mistake_of_ours(
    capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """As in a checkout of another user, or one that is mounted to be read only."""
    hook(OSError, OSError(number, os.strerror(number), "content/permalinks.txt"), None)
    words = f"content/permalinks.txt: {os.strerror(number)}. {MAY_NOT}"
    assert capsys.readouterr().err == f"{words}\n"
    assert told(OSError(number, os.strerror(number), "content/permalinks.txt")) == words, (
        "the preview's page has it too"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["--list"], ["status"]])
def test_who_keeps_the_words_on_a_full_disk_is_told_of_that_and_of_no_mistake(outlet: Outlet, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            outlet.command(*words), stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False
        )
    assert done.returncode != 0
    assert done.stderr.splitlines() == [FULL]


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story()
    return made
