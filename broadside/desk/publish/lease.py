"""Has a run that copies give a sign of life every few seconds: others then know whether to wait or to finish its work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from broadside.desk.publish.target import Overtaken, Unreachable

LEASE = 24.0
"""Seconds without a sign after which a run counts as dead."""
BEAT = LEASE / 6
"""Seconds between two signs."""
DOUBT = LEASE / 2
"""Seconds without a sign after which a run makes no more changes: another may soon take it for dead."""


class Lease:
    """Calls `beat` every few seconds while it is entered; `check` raises once the run must not change anything."""

    def __init__(self, beat: Callable[[], object]) -> None:
        self._beat, self._end, self._last = beat, threading.Event(), time.monotonic()
        self._is_overtaken = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def check(self) -> None:
        """Raise Overtaken or Unreachable if others may take this run for dead."""
        if self._is_overtaken:
            raise Overtaken
        if time.monotonic() - self._last > DOUBT:
            raise Unreachable(f"the target did not answer for {DOUBT:.0f} s, half way through; publish again to finish")

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(BEAT):
            asked = time.monotonic()
            try:
                self._beat()
                self._last = asked
            except Overtaken:
                self._is_overtaken = True
                return
            except Unreachable:
                continue  # check says when it has been too long
