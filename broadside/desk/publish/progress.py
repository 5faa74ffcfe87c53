"""What a command tells while it runs: lines, and the progress of an upload, as a bar in a terminal and as lines in a log."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Any, Self

from broadside.plugins.faults import count

EVERY = 5.0
"""Seconds between two lines."""


def say(words: str) -> None:
    """Tell how it goes, on standard error; standard output is for what was done."""
    print(words, file=sys.stderr, flush=True)


class Progress:
    """Counts files that are done; several threads may count."""

    def __init__(self, doing: str, total: int) -> None:
        self.doing, self.total, self.done = doing, total, 0
        self._lock, self._said = threading.Lock(), time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self.doing, total=self.total)
        return self

    def step(self) -> None:
        """One more file is done."""
        with self._lock:
            self.done += 1
            if self._bar:
                self._bar.update(self._task, completed=self.done)
            elif time.monotonic() - self._said >= EVERY:
                self._said = time.monotonic()
                say(f"{self.doing}: {self.done:,} of {count(self.total, 'file')}")

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
