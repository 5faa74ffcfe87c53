"""Ctrl-C during a build: it ends the build within a second, whatever it is doing, until the new
site is out.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOPPED = 130
"""The exit code that shells expect."""
PATIENCE, BEAT = 0.5, 0.1
"""Seconds that a stopped build may take to clean up, and seconds between two checks of the time."""

_pressed: list[float] = []
"""When Ctrl-C was pressed, for as long as this process lives."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Make Ctrl-C raise KeyboardInterrupt in this block, and end the process if that does not end
    it soon.

    An exception may be lost in a destructor, in a callback (such as logging's at each fork) or in
    an `except`; a signal that comes just before the process waits for the system is not noticed
    until the wait is over; and cleaning up may take long. So a timer interrupts any wait, and ends
    the process after PATIENCE: a build may be killed at any moment.
    """
    before = signal.getsignal(signal.SIGINT)
    # ignored, in the background
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return

    ours = os.getpid()

    def press(number: int, frame: FrameType | None) -> None:
        # the terminal signals all processes of a build, and one answers
        if not _pressed and os.getpid() == ours:
            _pressed.append(time.monotonic())
            with suppress(OSError):  # print() fails if it is what was interrupted
                os.write(2, b"Stopped; the output is as it was.\n")
        before(number, frame)
        raise KeyboardInterrupt

    def beat(_: int, __: FrameType | None) -> None:
        if _pressed and time.monotonic() - _pressed[0] > PATIENCE:
            os._exit(STOPPED)

    atexit.register(_leave)
    alarm = signal.signal(signal.SIGALRM, beat)
    signal.signal(signal.SIGINT, press)
    signal.setitimer(signal.ITIMER_REAL, BEAT, BEAT)
    try:
        yield
    except Exception:
        if _pressed:  # for example, a worker process was stopped, while we lost our own
            raise KeyboardInterrupt from None
        raise
    finally:
        if not _pressed:  # otherwise the timer goes on: ending the process may take long too
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, alarm)
            if signal.getsignal(signal.SIGINT) is press:
                signal.signal(signal.SIGINT, before)


def _leave() -> None:
    """End this process if it was stopped: Python would go on to wait for others, and let the timer
    kill it.
    """
    if _pressed:
        sys.stdout.flush()
        os._exit(STOPPED)


def stop_no_more() -> None:
    """Ignore Ctrl-C until the process ends: once the new site is out, it would be wrong to say that
    the output is as it was.

    Raises KeyboardInterrupt if Ctrl-C was pressed before and its exception was lost.
    """
    if _pressed:
        raise KeyboardInterrupt
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
