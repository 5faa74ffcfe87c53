"""The manual page of all commands, which ./inv --man prints for man."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from invoke.collection import Collection
from invoke.parser.context import ParserContext
from invoke.tasks import Task

from broadside import __version__


def manual(commands: Collection, groups: Mapping[str, Mapping[str, str]], flags: Mapping[str, ParserContext]) -> str:
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
            lines += _command(commands[name], flags[name])
    return "\n".join(lines) + "\n"


def _command(task: Task[Callable[..., Any]], flags: ParserContext) -> Iterator[str]:
    needed = "".join(rf" \fI{_plain(str(each.name).upper())}\fR" for each in flags.positional_args)
    yield f".SS {_plain(str(flags.name))}{needed}"
    for line in (inspect.getdoc(task) or "").splitlines():
        is_example = line.startswith("For example: ")
        yield from [".br", _plain(line), ".br"] if is_example else [_plain(line) or ".PP"]
    for names, says in flags.help_tuples():
        yield from (".TP", rf"\fB{_plain(names)}\fR", _plain(says or ""))


def _plain(words: str) -> str:
    """Words that roff sets as they are."""
    return re.sub(r"^([.'])", r"\\&\1", words.replace("\\", r"\e").replace("-", r"\-"))
