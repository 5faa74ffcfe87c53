"""What the commands share: help for their flags, arguments that may be left out, and ways to end a
command that cannot go on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.parser.parser import ParseMachine
from invoke.tasks import Task

from broadside.build.report import BuildFailed, NotNoted, held_back, mending
from broadside.config.options import Options
from broadside.faults import Fault, FaultsFound, count, errors_in, grouped, render
from broadside.folders import ENGINE, OUTLET
from broadside.terminal import bars, coloured

WHERE = {
    "content": "folder with the stories (default: content)",
    "output": "folder for the site (default: output)",
}
NOW = "the moment to take as the present, such as 2026-11-25T09:00 (default: now)"
ASKING = ("docs", "new", "publish", "template", "upgrade")
"""Commands whose argument may be left out: they ask for it, list the choices, or take the usual
one.
"""
complete_as_invoke = ParseMachine.complete_context


class OfSeveral(Task[Callable[..., None]]):
    """A task with flags that may be given several times; one without its value is refused, like any
    other flag.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """The task's arguments, as invoke wants them."""
        found = super().get_arguments(ignore_unknown_help)
        for argument in found:
            if argument.kind is list:
                # invoke starts with an empty list, and takes it for a given value
                argument.raw_value = None
        return found


def allow_missing_words() -> None:
    """Make invoke's parser accept a command without its argument."""
    cast("Any", ParseMachine).complete_context = _complete_leniently


def _complete_leniently(machine: ParseMachine) -> None:
    words = machine.context.positional_args
    if machine.context.name in ASKING or "--help" in [word.value for word in words]:
        for word in machine.context.missing_positional_args:
            word.value = ""
    complete_as_invoke(machine)


@contextmanager
def ending(*problems: type[Exception], says: str = "", code: int = 1) -> Iterator[None]:
    """End the command if one of these exceptions is raised: print `says` and the exception, and
    exit with the code.
    """
    try:
        yield
    except problems as problem:
        raise Exit(f"{says}{problem}", code) from None


@contextmanager
def mending_first(undone: str) -> Iterator[None]:
    """End the command if the content has faults: show them, and say what was not done because of
    them.
    """
    try:
        yield
    except FaultsFound as found:
        raise Exit(
            f"{coloured(render(grouped(found.faults), 'text'), sys.stderr)}\n{undone}: fix these"
            " first.",
            1,
        ) from None


@contextmanager
def disk_trouble(folder: Path) -> Iterator[None]:
    """End the command if the system refuses to read or write: say why, and which file or at least
    which folder.
    """
    try:
        yield
    except OSError as problem:
        raise Exit(
            f"Nothing was published: {problem.strerror or problem} ({problem.filename or folder})",
            1,
        ) from None


def build_or_end(options: Options) -> None:
    """Build the site and report, or end the command and say why nothing was published."""
    from broadside.build.build import build

    try:
        stopped = ending(BuildFailed, says="Nothing was published: ")
        with disk_trouble(options.output_path), ending(NotNoted), stopped, bars():
            report = build(options)
    except FaultsFound as found:
        faults = grouped(found.faults)
        print(coloured(render(faults, "text"), sys.stderr), file=sys.stderr)
        raise Exit(f"Nothing was published: {count(errors_in(faults), 'error')}.", 1) from None
    if report.warnings:
        print(coloured(render(grouped(report.warnings), "text"), sys.stderr), file=sys.stderr)
    print(*mending(report), *held_back(report, options), report, sep="\n")


def add_on_or_end(name: str, says: str) -> Any:
    """What an add-on offers to its commands; ends the command, with `says` before the reason, if it
    cannot be had.
    """
    from broadside.outlet.addons import NotThere, add_on

    with ending(NotThere, says=says):
        return add_on(name)


def refuse_other_than(formats: Collection[str], format: str) -> None:
    """End the command if it is given an unknown format."""
    if format not in formats:
        raise Exit(f"--format is one of {', '.join(formats)}", 2)


def tell(faults: list[Fault], format: str, sources: dict[str, str]) -> None:
    """Print faults in a format; if any is an error, end the command, in text with the number of
    errors.
    """
    shown = render(faults, format, sources if format == "text" else None)
    if shown:
        print(coloured(shown, sys.stdout) if format == "text" else shown)
    if errors := errors_in(faults):
        if format == "text":
            warnings = []
            if len(faults) > errors:
                warnings = [count(len(faults) - errors, "warning")]
            print(f"{', '.join([count(errors, 'error'), *warnings])}.")
        raise Exit(code=1)


def explain_where_a_flag_stands(word: str, name: str) -> None:
    """Show a command's help if invoke took a flag, such as --help, for the command's argument."""
    if word.startswith("-"):
        command = [
            sys.executable,
            "-P",
            "-m",
            "broadside.commands.program",
            "--search-root",
            str(OUTLET),
            "--help",
            name,
        ]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ENGINE.parent)}, check=False)
        raise Exit(code=0 if word in ("-h", "--help") else 2)
