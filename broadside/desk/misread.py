"""Gives advice on a command line that invoke does not understand; it is printed below invoke's own message."""

from __future__ import annotations

import re
import sys

from invoke.collection import Collection
from invoke.exceptions import ParseError

from broadside.plugins.faults import near

UNKNOWN = re.compile(r"No idea what '(.*)' is!", re.S)


def advice(problem: ParseError) -> str:
    """What was probably meant, or where to look that up."""
    unknown, context = UNKNOWN.fullmatch(str(problem)), problem.context
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
    if "positional" in str(problem):  # rather than an option without its value, which invoke reports first
        return f"write ./inv {' '.join([task, *(str(each.name).upper() for each in context.missing_positional_args)])}"
    return f"./inv {task} --help says what it takes"
