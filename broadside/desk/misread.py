"""Has invoke say what was probably meant by a command line that it does not understand, and let a word be left out."""

from __future__ import annotations

import re
import sys
from typing import Any, cast

from invoke.collection import Collection
from invoke.exceptions import ParseError
from invoke.parser.parser import ParseMachine

from broadside.plugins.faults import near

UNKNOWN = re.compile(r"No idea what '(.*)' is!", re.S)
ASKING = ("docs", "new", "publish", "template", "upgrade")
"""Tasks that do without their word: they ask for it, list what it may be, or take the usual one."""


def teach() -> None:
    """Have invoke's parser do so."""
    complete = ParseMachine.complete_context

    def lenient(machine: ParseMachine) -> None:
        words = machine.context.positional_args
        if machine.context.name in ASKING or "--help" in [each.value for each in words]:
            for each in machine.context.missing_positional_args:
                each.value = ""
        complete(machine)

    def told(problem: ParseError) -> str:
        return f"{problem.args[0]}\n{advice(problem)}"

    machine, error = cast("Any", ParseMachine), cast("Any", ParseError)
    machine.complete_context, error.__str__ = lenient, told


def advice(problem: ParseError) -> str:
    """What was probably meant, or where to look that up."""
    unknown, context = UNKNOWN.fullmatch(problem.args[0]), problem.context
    task = context.name if context else None
    if context is None or task is None:
        known = Collection.from_module(sys.modules["tasks"]).task_names
        return (near(unknown[1], known) if unknown else "") or "./inv lists all commands"
    if unknown and unknown[1].startswith("-"):
        return near(unknown[1], context.flags) or f"./inv {task} --help lists its options"
    if unknown:
        if any(argument.positional for argument in context.args.values()):
            return "write words that belong together in quotes"
        several = [f"--{argument.name} before each" for argument in context.args.values() if argument.kind is list]
        return f"write {' and '.join(several)}" if several else f"./inv {task} --help says what it takes"
    if "positional" in problem.args[0]:  # rather than an option without its value, which invoke reports first
        return f"write ./inv {' '.join([task, *(str(each.name).upper() for each in context.missing_positional_args)])}"
    return f"./inv {task} --help says what it takes"
