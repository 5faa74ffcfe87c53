"""Whatever the content says, nothing outside it is opened and nothing outside the output is
changed, as the kernel says it.

Under strace, which sees Pagefind and all workers too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.corpus import outlet
from tests.repository import PROJECT
from tests.sample import NOW, Outlet
from tests.watch import trace
from tests.watch.escapes import SECRET
from tests.watch.folders import faulty, good, hostile, lonely, rules, run

pytestmark = pytest.mark.strace


def traced(
    made: Outlet, log: Path, verb: str, *flags: str
) -> tuple[int, str, list[tuple[str, str, str]]]:
    """A command's exit code, what it said, and what it did."""
    words = [*made.command(verb, "--content", str(made.content), "--now", NOW), *flags]
    done = run(made, trace.command(log, words))
    return done.returncode, done.stdout + done.stderr, list(trace.events(log))


def outside(made: Outlet, events: list[tuple[str, str, str]]) -> list[str]:
    """What was done that may not be, but for the start of the command itself."""
    assert events[0][0] == "start", events[0]
    return rules(made).broken(events[1:])


def test_a_good_site_is_built_within_its_folders(tmp_path: Path) -> None:
    made = good(tmp_path / "site")
    for number, flags in enumerate([[], ["--drafts"], ["--production", "--clean"]]):
        code, said, events = traced(
            made,
            tmp_path / f"log-{number}",
            "build",
            "--output",
            str(made.output),
            "--jobs",
            "3",
            *flags,
        )
        assert code == 0, said
        assert outside(made, events) == []
        assert sum(how == "renameat2" for _, _, how in events) >= (number > 0), (
            "the exchange was seen"
        )
        assert any(
            where.startswith(f"{made.content}/articles")
            for what, where, _ in events
            if what == "read"
        )
        assert sum(what == "start" for what, _, _ in events) > (number != 1), (
            "Pagefind was seen, where the index changed"
        )


@pytest.mark.parametrize("folder", [faulty, hostile], ids=["faults", "escapes"])
def test_neither_check_nor_build_leaves_the_folders(
    tmp_path: Path, folder: Callable[[Path], Outlet]
) -> None:
    made = folder(tmp_path / "site")
    for verb, flags in (("check", []), ("build", ["--output", str(made.output)])):
        code, said, events = traced(made, tmp_path / f"log-{verb}", verb, *flags)
        assert (code, "Traceback" in said, SECRET in said) == (1, False, False), said[-4000:]
        assert outside(made, events) == []
        assert not [
            where
            for what, where, _ in events
            if what == "write" and where.startswith(str(made.content))
        ]
    assert not made.output.exists()


def test_a_case_that_spoils_its_folder_does_not_leave_it_either(tmp_path: Path) -> None:
    outlets = lonely(tmp_path)
    assert len(outlets) > 20
    for made in outlets:
        code, said, events = traced(made, made.path / "log", "build", "--output", str(made.output))
        assert "Traceback" not in said
        assert code in (0, 1)
        assert outside(made, events) == [], made.path.name


@pytest.mark.parametrize("verb", ["build", "check", "permalinks", "new"])
def test_no_module_of_the_folder_where_one_stands_is_run(tmp_path: Path, verb: str) -> None:
    made = outlet(tmp_path)
    names = (
        "lightningcss numpy markdown PIL pagefind_bin unidecode tasks invoke pelicanconf yaml"
        " sitecustomize brotli lxml"
    )
    for name in (*names.split(), "plugins", "broadside"):
        made.write(
            f"{name}.py",
            f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit('ran')\n",
        )
    words = {
        "build": ["--output", str(made.output)],
        "new": ["Headline", "--section", "Europe", "--author", "Ana Pereira"],
    }
    command = [str(PROJECT / "inv"), verb, *words.get(verb, []), "--content", "."]
    done = subprocess.run(
        command, cwd=made.content, capture_output=True, text=True, timeout=120, check=False
    )
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()
    assert "Traceback" not in done.stderr
    assert ("unclaimed-file" in done.stdout + done.stderr) == (verb != "new")
