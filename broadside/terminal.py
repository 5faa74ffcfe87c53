"""What a command prints while it works: colours, tables and bars in a terminal; plain text, line by
line, elsewhere.

Progress is only shown within `bars` or `shown_by`.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

from broadside.faults import count

if TYPE_CHECKING:  # it takes a tenth of a second to load, and only a terminal needs it
    from rich.console import Console, RenderableType

Item = TypeVar("Item")
Show = Callable[[str, int, int], None]
"""Shows what is being done, how much of it is done, and how much there is."""
STYLED = (
    r"(?m)^(?P<bold>[^\s:][^:\n]*:\d+): ((?P<red>error)|(?P<yellow>warning)): (?P<cyan>[a-z-]+):",
    r"(?m)^(?P<dim> *\d* \| .*)$",
)
"""The parts of faults and of the lines that are shown below them, each named for its style."""
BAR = 30
"""The width of a progress bar in columns."""
CLEAR = "\r\x1b[2K"
"""Clears the terminal's current line."""
LOOKS, LINES = 0.1, 5.0
"""Seconds between two updates of a bar, and between two lines of progress without one."""

_shows: list[Show] = []


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can do more than print lines."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """A console for a terminal. It shows texts as they are, and no colours if NO_COLOR is set."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def show(plain: str, shown: Callable[[], RenderableType]) -> None:
    """Print some text, or in a terminal its richer form."""
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


def say(words: str) -> None:
    """Print a line on standard error, over a progress bar if there is one; standard output is for
    what was done.
    """
    if is_terminal(sys.stderr):
        sys.stderr.write(CLEAR)
    print(words, file=sys.stderr, flush=True)


@contextmanager
def shown_by(show: Show) -> Iterator[None]:
    """Have all progress in this block shown."""
    _shows.append(show)
    try:
        yield
    finally:
        _shows.pop()


def is_shown() -> bool:
    """Whether progress is being shown."""
    return bool(_shows)


def counted(doing: str, items: Iterable[Item], total: int, each: int = 1) -> Iterator[Item]:
    """The items, each of which counts `each` towards the total, while progress is shown."""
    if not (_shows and doing):
        yield from items
        return
    show, looked, done = _shows[-1], 0.0, 0
    try:
        for item in items:
            yield item
            done = min(done + each, total)
            if time.monotonic() - looked >= LOOKS:
                looked = time.monotonic()
                show(doing, min(done, total - 1), total)
    finally:
        if looked:
            show(doing, total, total)


@contextmanager
def bars() -> Iterator[None]:
    """Show the progress of long work in this block, if standard error is a terminal."""
    if not is_terminal(sys.stderr):
        yield
        return
    with shown_by(bar):
        yield


def bar(doing: str, done: int, total: int) -> None:
    """Draw a progress bar over the one before; at the end an empty line is left.

    Not by rich's own display, whose thread would keep us from forking, and which hides the cursor:
    a build may end at once.
    """
    sys.stderr.write(CLEAR)
    if done < total:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        row, to = Table.grid(padding=(0, 1)), console(sys.stderr)
        row.add_row(doing, ProgressBar(total, done, BAR), f"{done:,} of {total:,}")
        with to.capture() as written:
            to.print(row)
        sys.stderr.write(written.get().rstrip("\n") + "\r")  # the next output begins at the left
    sys.stderr.flush()


class Progress:
    """Counts files that are done: a bar in a terminal, and elsewhere a line every few seconds."""

    def __init__(self, doing: str, total: int) -> None:
        self.doing, self.total, self.done, self._printed = doing, total, 0, time.monotonic()

    def step(self) -> None:
        """Count one more file."""
        self.done += 1
        if is_terminal(sys.stderr):
            bar(self.doing, self.done, self.total)
        elif time.monotonic() - self._printed >= LINES:
            self._printed = time.monotonic()
            say(f"{self.doing}: {self.done:,} of {count(self.total, 'file')}")
