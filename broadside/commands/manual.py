"""The manual page of all commands, which ./inv --man prints for man."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from invoke.collection import Collection
from invoke.tasks import Task

from broadside import __version__


def manual(commands: Collection, groups: Mapping[str, Mapping[str, str]]) -> str:
    """The page, as roff: each group of commands, and what each command does, with its flags."""
    lines = [
        f'.TH BROADSIDE 1 "" "Broadside {__version__}"',
        ".SH NAME",
        r"broadside \- the publishing system of a commentary outlet",
        ".SH SYNOPSIS",
        r"\fB./inv\fR \fICOMMAND\fR [\fIFLAGS\fR]",
    ]
    for group, names in groups.items():
        lines.append(f".SH {_plain(group.upper())}")
        for name in names:
            lines += _command(name, commands[name])
    return "\n".join(lines) + "\n"


def _command(name: str, task: Task[Callable[..., Any]]) -> Iterator[str]:
    needed = "".join(rf" \fI{_plain(each.upper())}\fR" for each in task.positional)
    yield f".SS {_plain(name)}{needed}"
    for part in (inspect.getdoc(task) or "").split("\n\n"):
        yield from (_plain(" ".join(part.split())), ".PP")
    for argument in task.get_arguments():
        if not argument.positional:
            flags = ", ".join(rf"\fB{_plain(_flag(each))}\fR" for each in argument.names)
            yield from (".TP", flags if argument.kind is bool else rf"{flags} \fIVALUE\fR", _plain(argument.help or ""))


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}" if len(name) > 1 else f"-{name}"


def _plain(words: str) -> str:
    """Words that roff sets as they are."""
    return re.sub(r"^([.'])", r"\\&\1", words.replace("\\", r"\e").replace("-", r"\-"))
