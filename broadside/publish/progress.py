"""What a command prints while it runs, on standard error; standard output is for what was done."""

from __future__ import annotations

import sys
import time

from broadside.faults import count
from broadside.terminal import CLEAR, bar, is_terminal

EVERY = 5.0
"""Seconds between two lines."""


def say(words: str) -> None:
    """Print a line, over a progress bar if there is one."""
    if is_terminal(sys.stderr):
        sys.stderr.write(CLEAR)
    print(words, file=sys.stderr, flush=True)


class Progress:
    """Counts files that are done: a bar in a terminal, and elsewhere a line every few seconds."""

    def __init__(self, doing: str, total: int) -> None:
        self.doing, self.total, self.done, self._printed = doing, total, 0, time.monotonic()

    def step(self) -> None:
        """One more file is done."""
        self.done += 1
        if is_terminal(sys.stderr):
            bar(self.doing, self.done, self.total)
        elif time.monotonic() - self._printed >= EVERY:
            self._printed = time.monotonic()
            say(f"{self.doing}: {self.done:,} of {count(self.total, 'file')}")
