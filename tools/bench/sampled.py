"""Runs an ./inv task and notes, in every process that it forks, which rooms of the code take the
processor's time.

Run it as a script; its arguments are the file for the notes, and then those of ./inv. When a
process ends, it adds a line of JSON: its processor seconds, and how often each room was at work
when the profiling timer ticked.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

ENGINE = os.fspath(Path(__file__).absolute().parents[2] / "broadside")
PERIOD = 0.004
"""Seconds of processor time between samples; on most systems the timer does not tick more often."""
IMPORTS = "imports"


def room_of(frame: FrameType | None) -> str:
    """The room of the innermost code that is ours: a library's work counts for the room that called
    it.

    While a module is being loaded, this is IMPORTS.
    """
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(ENGINE):
            if frame.f_code.co_name == "<module>":
                return IMPORTS
            parts = file[len(ENGINE) + 1 :].split("/")
            return "/".join(parts[: 2 if parts[0] in ("plugins", "build") else 1]).removesuffix(
                ".py"
            )
        frame = frame.f_back
    return ""


def sample(notes: Path) -> None:
    """Begin to take samples in this process, and in all that it forks."""
    seen: Counter[str] = Counter()

    def tick(_: int, frame: FrameType | None) -> None:
        seen[room_of(frame)] += 1

    def begin() -> None:
        seen.clear()
        signal.setitimer(signal.ITIMER_PROF, PERIOD, PERIOD)

    def ended(end: Callable[[int], NoReturn], code: int) -> NoReturn:
        signal.setitimer(signal.ITIMER_PROF, 0)
        line = json.dumps([time.process_time(), seen]) + "\n"
        # a single write, so that lines of several processes do not mix
        with notes.open("a", encoding="utf-8") as file:
            file.write(line)
        end(code)

    os._exit = partial(ended, os._exit)
    signal.signal(signal.SIGPROF, tick)
    os.register_at_fork(after_in_child=begin)
    begin()


if __name__ == "__main__":
    gc.disable()  # as ./inv does
    sample(Path(sys.argv[1]))
    sys.argv = ["invoke", "--search-root", os.path.dirname(ENGINE), *sys.argv[2:]]
    code: Any = 0
    try:
        runpy.run_module("invoke", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
