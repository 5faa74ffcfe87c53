"""Hands over to invoke in the ready environment, where inv runs in it, or as python -P start.py TASK … where not.

The garbage collector is off, because what is imported stays, and looking through it is a tenth of the start. Ctrl-C, which
inv holds back until we are here, ends any command with 130, as a shell expects it; invoke would make 1 of it.
"""

from __future__ import annotations

import gc
import runpy
import signal
import sys
from types import FrameType

STOPPED = 130


def main() -> None:
    """Become invoke."""
    gc.disable()
    stops: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        stops.append(number)
        raise KeyboardInterrupt

    try:
        if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as whoever starts us in the background may want it
            signal.signal(signal.SIGINT, stop)
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        runpy.run_module("invoke", run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except SystemExit as end:
        sys.exit(STOPPED if stops and end.code == 1 else end.code)


if __name__ == "__main__":
    main()
