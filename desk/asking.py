"""What ./inv new asks a writer for, one line at a time, until the answer will do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
SHOWN = 20
"""Suggestions that are listed; more would push the question off the screen, and part of a name finds any of them."""


class NoAnswer(Exception):
    """The writer gave up."""


def is_there() -> bool:
    """Whether somebody sits at a terminal, who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def line(question: str, otherwise: str = "") -> str:
    """The writer's answer; `otherwise` where there is nothing but Enter."""
    try:
        return input(f"{question} [{otherwise}]: " if otherwise else f"{question}: ").strip() or otherwise
    except (EOFError, KeyboardInterrupt):
        print()
        raise NoAnswer("Nothing was started.") from None


def until(question: str, check: Callable[[str], T], otherwise: str = "") -> T:
    """The first answer that `check` takes, as it makes it; a ValueError says what is wrong with one."""
    while True:
        try:
            return check(line(question, otherwise))
        except ValueError as problem:
            print(f"  {problem}")


def one_of(question: str, names: Sequence[str], find: Callable[[str], str], otherwise: str = "") -> str:
    """One of the names: by its number in the list, by a part that no other has, or by what `find` makes of the answer; the one is shown."""
    for number, name in enumerate(names[:SHOWN], 1):
        print(f"  {number:>2}  {name}")
    if len(names) > SHOWN:
        print(f"      and {len(names) - SHOWN} more")

    def check(answer: str) -> str:
        if answer.isdecimal() and 0 < int(answer) <= len(names[:SHOWN]):
            return names[int(answer) - 1]
        parts = [name for name in names if answer and answer.casefold() in name.casefold()]
        return find(parts[0] if len(parts) == 1 else answer)

    found = until(question, check, otherwise)
    print(f"  {found}")  # "ana" is in Hana too
    return found
