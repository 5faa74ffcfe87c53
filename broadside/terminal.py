"""Colour, tables and bars where somebody looks at a terminal; plain text, line by line, everywhere else."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from broadside import progress

if TYPE_CHECKING:  # it takes a tenth of a second to load, which only a terminal is worth
    from rich.console import Console, RenderableType

STYLED = (
    r"(?m)^(?P<bold>[^\s:][^:\n]*:\d+): ((?P<red>error)|(?P<yellow>warning)): (?P<cyan>[a-z-]+):",
    r"(?m)^(?P<dim> *\d* \| .*)$",
)
"""The parts of faults and of the lines that are shown below them, each named for its style."""
BAR = 30
"""Columns of a progress bar."""
CLEAR = "\r\x1b[2K"
"""What empties the line in which a terminal's cursor is."""


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can do more than print lines."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """A console for a terminal. It shows texts as they are, and no colours if NO_COLOR is set."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def show(plain: str, shown: Callable[[], RenderableType]) -> None:
    """Print some text, or in a terminal what is made to be shown there."""
    if is_terminal(sys.stdout):
        console(sys.stdout).print(shown())
    else:
        print(plain)


def coloured(text: str, stream: TextIO) -> str:
    """The text of faults, with colours if the stream is a terminal."""
    if not is_terminal(stream):
        return text
    from rich.text import Text

    shown, to = Text(text), console(stream)
    for pattern in STYLED:
        for found in re.finditer(pattern, text):
            for style in found.groupdict():
                shown.stylize(style, *found.span(style))
    with to.capture() as written:
        to.print(shown, soft_wrap=True, end="")
    return written.get()


@contextmanager
def bars() -> Iterator[None]:
    """Show how far long work is, for as long as this block lasts, if standard error is a terminal."""
    if not is_terminal(sys.stderr):
        yield
        return
    with progress.shown_by(bar):
        yield


def bar(doing: str, done: int, total: int) -> None:
    """Draw a progress bar over the one before; at the end an empty line is left.

    Not by rich's own display, whose thread would keep us from forking, and which hides the cursor: a build may end at once.
    """
    sys.stderr.write(CLEAR)
    if done < total:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        row, to = Table.grid(padding=(0, 1)), console(sys.stderr)
        row.add_row(doing, ProgressBar(total, done, BAR), f"{done:,} of {total:,}")
        with to.capture() as written:
            to.print(row)
        sys.stderr.write(written.get().rstrip("\n") + "\r")  # what is printed next, begins at the left
    sys.stderr.flush()
