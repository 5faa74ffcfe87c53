"""Ctrl-C ends a build wherever it stands, even where Python loses the exception or does not come to
raise it.
"""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from broadside.stopping import STOPPED
from tests.repository import PROJECT

BEGIN = """\
import ctypes, os, signal, sys, time
from functools import partial
from operator import call
sys.path.insert(0, {project!r})
from broadside.stopping import stop_no_more, stoppable

def press():
    os.kill(os.getpid(), signal.SIGINT)

class Destroyed:
    def __del__(self):
        press()

def long():
    for _ in range(200):
        time.sleep(0.1)
"""
LOST = {
    "nowhere": "press()",
    "in a destructor": "Destroyed()\nlong()",
    "in somebody's except": "try:\n    press()\nexcept BaseException:\n    pass\nlong()",
    # Both calls without a step of Python between them, at which it would look for signals.
    "before a wait": (
        "list(map(call, [partial(getattr(ctypes.CDLL(None), 'raise'), 2), partial(time.sleep,"
        " 20)]))"
    ),
    "while cleaning up": "try:\n    press()\nfinally:\n    long()",
    "by a handler of before": (
        "signal.signal(signal.SIGINT, lambda *_: None)\nwith stoppable():\n    press()"
    ),
}


def run(program: str) -> tuple[int, str, str, float]:
    command = [sys.executable, "-c", BEGIN.format(project=str(PROJECT)) + program]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr, time.monotonic() - begun


def stoppable(program: str) -> str:
    """The program in a block that can be stopped, as a build has it."""
    lines = "".join(f"        {line}\n" for line in program.splitlines())
    return (
        f"try:\n    with stoppable():\n{lines}except KeyboardInterrupt:\n   "
        f" sys.exit({STOPPED})\nprint('went on')"
    )


@pytest.mark.parametrize("where", LOST)
def test_ctrl_c_ends_the_process_wherever_the_exception_is_lost(where: str) -> None:
    code, out, err, seconds = run(stoppable(LOST[where]))
    assert (code, out) == (STOPPED, "")
    assert err.count("Stopped; the output is as it was.") == 1
    assert seconds < 15, "long() takes 20"


def test_it_is_ignored_from_the_point_on_at_which_nothing_can_be_stopped() -> None:
    assert run(stoppable("stop_no_more()\npress()\ntime.sleep(0.7)") + "\npress()")[:3] == (
        0,
        "went on\n",
        "",
    )


def test_one_that_was_lost_counts_at_that_point_at_the_latest() -> None:
    program = (
        "try:\n    press()\nexcept BaseException:\n    pass\nstop_no_more()\nprint('too late')"
    )
    assert run(stoppable(program))[:2] == (STOPPED, "")


def test_afterwards_everything_is_as_it_was() -> None:
    ask = (
        "print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM),"
        " signal.getitimer(signal.ITIMER_REAL))\n"
    )
    code, out, err, _ = run(ask + stoppable("pass") + "\n" + ask)
    before, _, after = out.splitlines()
    assert (code, err, after) == (0, "", before)


def test_who_is_started_to_hear_nothing_hears_nothing() -> None:
    assert run("signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + stoppable("press()"))[:3] == (
        0,
        "went on\n",
        "",
    )
