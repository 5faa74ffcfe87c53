"""Hands over to invoke in the ready environment; inv calls this if it runs in it, and else runs python -P start.py TASK ….

The garbage collector is off: what is imported stays, and going through it takes a tenth of the start. Ctrl-C, which inv holds
back until we are here, ends any command with 130, as a shell expects; invoke would end with 1. A closed pipe, as in
./inv --help | head -1, is ignored in silence, and for a mistyped command we say what was probably meant.
"""

from __future__ import annotations

import gc
import os
import runpy
import signal
import sys
from types import FrameType
from typing import Any

STOPPED = 130


def main() -> None:
    """Become invoke."""
    gc.disable()
    stops: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        stops.append(number)
        raise KeyboardInterrupt

    try:
        if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # which it is if we were started in the background
            signal.signal(signal.SIGINT, stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        runpy.run_module("invoke", run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except Exception as failure:
        if sys.excepthook is not sys.__excepthook__:  # the tasks are loaded, and their own hook handles it
            raise
        sys.exit(_told(failure))
    except SystemExit as end:
        problem: Any = end.__context__
        if type(problem).__name__ == "ParseError" and "tasks" in sys.modules:  # then our other modules can be loaded
            from broadside.desk.misread import advice

            print(advice(problem), file=sys.stderr)
        sys.exit(STOPPED if stops and end.code == 1 else end.code)


def _told(problem: Exception) -> int:
    """Report what the tasks cannot report themselves, and return the exit code."""
    if isinstance(problem, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would report it when it exits
    else:  # the code that would report it cannot be loaded itself, as after a merge that was left half done
        print(f"Broadside failed: {type(problem).__name__}: {problem}.", file=sys.stderr)
        print("Please report it to whoever runs the site.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()
