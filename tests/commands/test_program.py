"""The command line itself: the groups, a command that does not exist, completion in a real bash,
colours in a real terminal.
"""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from invoke.collection import Collection

from broadside import __version__
from broadside.commands.program import FIRST, GROUPS, groups_of
from broadside.faults import did_you_mean
from tests.repository import PROJECT
from tests.sample import Outlet
from tests.terminal import in_terminal

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def asked(*words: str, folder: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """What the commands say; as ./inv starts them, in this environment."""
    command = [
        sys.executable,
        "-m",
        "broadside.commands.program",
        "--search-root",
        str(folder),
        *words,
    ]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_every_command_has_its_place_and_six_words() -> None:
    commands = Collection()
    for task in runpy.run_path(str(PROJECT / "tasks.py")).values():
        if hasattr(task, "body"):
            commands.add_task(task)
    shown = groups_of(commands)
    assert list(shown) == ["Write", "Edit", "Publish", "Maintain", "Develop"]
    assert {name for names in shown.values() for name in names} == set(commands.tasks)
    assert {
        says for names in shown.values() for says in names.values() if len(says.split()) != 6
    } == set()


def test_an_outlets_own_commands_are_shown_and_nothing_that_it_lacks(tmp_path: Path) -> None:
    own = (
        "from broadside.tasks import *\nfrom invoke import task\n\n@task\ndef print_run(c):\n   "
        " '''Send the weekly to the printer.'''\n"
    )
    (tmp_path / "tasks.py").write_text(own, "utf-8")
    (tmp_path / "pelicanconf.py").touch()
    few = asked(folder=tmp_path).stdout.splitlines()
    assert few == asked("--help", folder=tmp_path).stdout.splitlines()
    assert {line.split()[0] for line in few[2:] if line[:1] == " "} == {
        *FIRST,
        "audit",
        "roundup",
        "status",
        "print-run",
    } - {"init"}
    lines = asked("--all", folder=tmp_path).stdout.splitlines()
    assert [line for line in lines if line and line[0] != " "][1:] == [
        "Write",
        "Edit",
        "Publish",
        "Maintain",
        "Your own",
    ]
    assert lines[-1].split(maxsplit=1) == ["print-run", "Send the weekly to the printer."]
    assert asked("--list", folder=tmp_path).stdout.splitlines() == lines


@pytest.mark.parametrize(
    ("words", "meant"),
    [(["buidl"], "build"), (["--help", "statsu"], "status"), (["build", "--draft"], "--drafts")],
)
def test_what_does_not_exist_ends_with_2_and_what_may_be_meant(
    words: list[str], meant: str
) -> None:
    done = asked(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert did_you_mean(words[-1], [meant]) in done.stderr


def test_the_version_is_broadsides() -> None:
    assert asked("--version").stdout == f"Broadside {__version__}\n"


@pytest.mark.slow
def test_a_shell_completes_commands_and_flags(tmp_path: Path) -> None:
    """What ./inv starts is this environment, whatever the checkout's own is."""
    (tmp_path / "inv").write_text(
        f"#!/bin/sh\nPYTHONPATH={PROJECT} exec {sys.executable} -m broadside.commands.program"
        f' --search-root {PROJECT} "$@"\n'
    )
    (tmp_path / "inv").chmod(0o755)
    (tmp_path / "completion").write_text(asked("--print-completion-script", "bash").stdout)
    press = (
        'press() { COMP_WORDS=("$@"); _complete_./inv "$1" "${@: -1}"; echo "${COMPREPLY[@]}"; }\n'
    )
    script = (
        f"cd {tmp_path}; . ./completion; {press}" + "press ./inv stat; press ./inv related --fig\n"
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["status", "--figures"]


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("terminal"))
    made.story("fine")
    made.story("wrong", section="Eurpoe")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "build", "status"])
def test_a_terminal_has_colours_no_color_is_heard_and_a_pipe_has_neither(
    outlet: Outlet, command: str
) -> None:
    words = outlet.command(
        command,
        "--content",
        str(outlet.content),
        *(["--output", str(outlet.output)] if command == "build" else []),
    )
    plain = subprocess.run(words, cwd=outlet.project, capture_output=True, text=True, check=False)
    code, bright = in_terminal(words, outlet.project, {})
    _, grey = in_terminal(words, outlet.project, {"NO_COLOR": "1"})
    assert code == plain.returncode
    assert re.search(r"\x1b\[[0-9;]*3[1-6]m", bright)
    assert not re.search(r"\x1b\[[0-9;]*[34][0-7]m", grey)
    assert "\x1b" not in plain.stdout + plain.stderr
    if command != "status":
        fault = next(
            line for line in (plain.stdout + plain.stderr).splitlines() if ": error: " in line
        )
        assert fault in ESCAPE.sub("", bright), "not a character changes"


@pytest.mark.slow
def test_long_work_shows_a_bar_in_a_terminal_alone(tmp_path: Path) -> None:
    made = Outlet(tmp_path)
    for number in range(80):
        made.story(f"story-{number}")
    words = made.command("build", "--content", str(made.content), "--output", str(made.output))
    _, said = in_terminal(words, made.project, {})
    assert re.search(r"Writing pages .*\d+ of \d+", ESCAPE.sub("", said))
    assert ESCAPE.sub("", said).splitlines()[-1].startswith("80 stories published")
    plain = subprocess.run(
        [*words, "--clean"], cwd=made.project, capture_output=True, text=True, check=False
    )
    assert "Writing pages" not in plain.stdout + plain.stderr


@pytest.mark.slow  # half a second each
@pytest.mark.parametrize("name", sorted({name for names in GROUPS.values() for name in names}))
def test_every_command_explains_itself(name: str) -> None:
    done = asked(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"./inv {name}")


def test_help_explains_the_command_that_it_names_and_runs_none() -> None:
    assert asked("--help", "build", "check").stdout == asked("build", "--help").stdout != ""
