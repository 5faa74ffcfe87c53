"""When Broadside itself fails, a writer reads which file it was at and whom to tell, and never a
traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.content.reader import Reader
from broadside.preview.builds import Builder
from broadside.trouble import FULL, told
from tests.checkout import checkout
from tests.sample import NOW, Outlet

BREAKS = '\nif "BROKEN" in text:\n    raise ZeroDivisionError("deep inside")\n'


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet whose project fails at one story."""
    path = tmp_path_factory.mktemp("trouble")
    project = checkout(path / "project")
    source = project / "broadside" / "markdown" / "limits.py"
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
    assert (
        f"{broken.content}/articles/bad.md:1: error: internal: Broadside failed while it read this"
        " file" in said
    )
    assert not broken.output.exists()


def test_other_stories_are_still_related_and_started(broken: Outlet) -> None:
    content = ["--content", str(broken.content)]
    assert broken.run("related", "good", *content).returncode == 0
    assert broken.run("related", "bad", *content).returncode == 1
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
    with monkeypatch.context() as patch:
        patch.setattr("broadside.build.run.Staging", fail)
        said = _said(options)
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
    settings = project / "broadside" / "config" / "options.py"
    settings.write_text(
        settings.read_text("utf-8").replace(
            "    def content_path(self) -> Path:\n",
            '    def content_path(self) -> Path:\n        raise ValueError("deep inside")\n',
        ),
        "utf-8",
    )
    return Outlet(path, project)


@pytest.mark.parametrize("verb", ["build", "new", "serve"])
def test_whatever_fails_the_command_asks_for_a_report_and_keeps_it_in_a_file(
    failing: Outlet, verb: str
) -> None:
    words = ["A headline"] if verb == "new" else []
    done = failing.run(verb, *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    second = done.stderr.strip().splitlines()[1]
    file = Path(second.rpartition(" ")[2].removesuffix("."))
    assert "deep inside" in file.read_text("utf-8")
    file.unlink()


def test_what_fails_in_another_process_is_told_with_its_own_place_and_traceback(
    tmp_path: Path,
) -> None:
    project = checkout(tmp_path / "project")
    with (project / "broadside" / "plugins" / "search" / "indexing.py").open(
        "a", encoding="utf-8"
    ) as code:
        code.write(
            '\n\ndef index(*_: object) -> object:\n    raise ZeroDivisionError("deep inside")\n'
        )
    outlet = Outlet(tmp_path, project)
    outlet.story()
    done = outlet.build("--jobs", "2")
    assert (done.returncode, outlet.output.exists()) == (1, False)
    second = done.stderr.strip().splitlines()[1]
    file = Path(second.rpartition(" ")[2].removesuffix("."))
    assert "in index" in file.read_text("utf-8")
    file.unlink()


@pytest.mark.parametrize("path", ["broadside/config/options.py", "broadside/dates.py"])
def test_code_that_cannot_be_loaded_brings_no_traceback_either(tmp_path: Path, path: str) -> None:
    project = checkout(tmp_path / "project")
    code = project / path
    code.write_text(f"<<<<<<< HEAD\n{code.read_text('utf-8')}", "utf-8")
    done = Outlet(tmp_path, project).run("check")
    assert done.returncode == 1
    first, second = done.stderr.strip().splitlines()
    assert f"{code.name}, line 1" in first
    Path(second.rpartition(" ")[2].removesuffix(".")).unlink()


def test_what_is_told_is_one_line_however_the_exception_looks() -> None:
    said = told(ValueError("one\ntwo\x1b[31m" + "x" * 1_000))
    assert len(said.splitlines()) == 2
    assert len(said.splitlines()[0]) < 400
    Path(said.rpartition(" ")[2].removesuffix(".")).unlink()


def test_who_reads_only_the_first_lines_is_told_of_no_mistake(outlet: Outlet) -> None:
    command = f"{sys.executable} -P -m invoke --search-root {outlet.project} --list | head -n 1"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("Available tasks:", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("words", "unbuffered"), [(["--list"], ""), (["status"], ""), (["--list"], "1")]
)
def test_who_keeps_the_words_on_a_full_disk_is_told_of_that_and_of_no_mistake(
    outlet: Outlet, words: list[str], unbuffered: str
) -> None:
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            outlet.command(*words),
            stdout=full,
            stderr=subprocess.PIPE,
            env=env,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode != 0
    assert done.stderr.splitlines() == [FULL]


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story()
    return made
