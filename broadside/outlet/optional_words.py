"""Lets a task's word be left out, which invoke does not know."""

from __future__ import annotations

from typing import Any, cast

from invoke.parser.parser import ParseMachine

ASKING = ("docs", "new", "publish", "template", "upgrade")
"""Tasks that do without their word: they ask for it, list what it may be, or take the usual one."""
complete = ParseMachine.complete_context


def _lenient(machine: ParseMachine) -> None:
    words = machine.context.positional_args
    if machine.context.name in ASKING or "--help" in [word.value for word in words]:
        for word in machine.context.missing_positional_args:
            word.value = ""
    complete(machine)


def allow() -> None:
    """Have invoke's parser do so."""
    cast("Any", ParseMachine).complete_context = _lenient
