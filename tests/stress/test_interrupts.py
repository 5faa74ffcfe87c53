"""Builds that get Ctrl-C at all moments: each ends at once and leaves the old site, or the new one
if that was out already.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from broadside.build.build import build
from broadside.config.options import Options
from broadside.stopping import STOPPED
from tests.changing import EDITS, Changing
from tests.doomed import FORK, untidy
from tests.forked import load, with_what_is_known
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

TIMES = int(os.environ.get("INTERRUPTS", "100"))
"""How many builds are stopped.

Most are forked, and one in ten is a command that is started anew; 2000 take half an hour.
"""
AT_ONCE = 1.0
"""Seconds in which a stopped build ends."""
BEGUN = 0.3
"""Seconds until a command hears Ctrl-C: before that, Python itself starts, and may end with another
code.
"""
SAYS = "Stopped; the output is as it was."
USUAL = ("Making ", "What the last build kept in ")
"""How lines begin that any build may say after one that was stopped."""

Wait = Callable[[], int]
"""Waits for a build, and returns its exit code."""


def lost(what: Any) -> None:
    """End the process where Python drops a Ctrl-C, as inv has it."""
    if issubclass(what.exc_type, KeyboardInterrupt):
        os._exit(STOPPED)


def command(outlet: Outlet, clean: bool, errors: Path) -> tuple[int, Wait]:
    """A build as a command, in a process group of its own."""
    where = [
        "--content",
        str(outlet.content),
        "--output",
        str(outlet.output),
        "--now",
        NOW,
        "--jobs",
        "2",
    ]
    words = [str(PROJECT / "inv"), "build", *where, *(["--clean"] if clean else [])]
    with errors.open("w") as err:
        process = subprocess.Popen(
            words,
            stdout=subprocess.DEVNULL,
            stderr=err,
            start_new_session=True,
        )
    return process.pid, lambda: process.wait(60)


def fork(outlet: Outlet, clean: bool, errors: Path) -> tuple[int, Wait]:
    """A build in a forked process with everything loaded, in a group of its own."""
    load()
    options = Options(
        content=str(outlet.content), output=str(outlet.output), now=NOW, jobs=2, clean=clean
    )
    ready = FORK.Event()

    def work() -> None:
        os.setsid()
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
        sys.unraisablehook = lost
        with_what_is_known()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        ready.set()
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            build(options)
        except KeyboardInterrupt:
            os._exit(STOPPED)

    process = FORK.Process(target=work)
    process.start()
    ready.wait()

    def wait() -> int:
        process.join(60)
        return -1 if process.exitcode is None else process.exitcode

    assert process.pid
    return process.pid, wait


def hears(pid: int) -> bool:
    """Whether a process, just now, does not ignore Ctrl-C; one that has ended ignores it."""
    lines = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    return lines["State"][0] != "Z" and not int(lines["SigIgn"], 16) & 1 << signal.SIGINT - 1


def spans(
    begin: Callable[[Outlet, bool, Path], tuple[int, Wait]], outlet: Outlet
) -> Iterator[float]:
    """How long a build takes, measured again and again: the machine may become quicker or
    slower.
    """
    while True:
        since = time.monotonic()
        assert begin(outlet, True, Path(os.devnull))[1]() == 0
        yield from [time.monotonic() - since] * 25


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc whether a process ignores a signal")
def test_ctrl_c_at_any_moment(
    changing: Changing, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    outlet, chance, errors = changing.outlet, random.Random(TIMES), tmp_path / "errors"
    kinds = [(begin, spans(begin, outlet)) for begin in (command, fork)]
    stopped, late, took = 0, 0, [0.0]
    for number in range(TIMES):
        begin, span = kinds[number % 10 > 0]
        longest = next(span)
        changing.edit(*chance.sample(EDITS, 2))
        old, new = outlet.files(), changing.whole()
        pid, wait = begin(outlet, chance.random() < 0.3, errors)
        time.sleep(chance.uniform(BEGUN if begin is command else 0, longest))
        (os.killpg if chance.random() < 0.5 else os.kill)(pid, signal.SIGINT)
        heard, since = hears(pid), time.monotonic()
        code, seconds = wait(), time.monotonic() - since
        said = [line for line in errors.read_text().splitlines() if not line.startswith(USUAL)]
        what = f"interrupt {number} of {begin.__name__}, after {seconds:.2f} s: {code}, {said}"
        if heard and old != new:  # else the build may have ended already, having had nothing to do
            assert code == STOPPED, what
        if code == STOPPED:
            assert outlet.files() == old, what
            assert said in ([SAYS], []), what
            stopped += 1
            took.append(seconds)
        else:
            assert code == 0, what
            assert outlet.files() == new, what
            late += 1
        assert seconds < AT_ONCE, what
        if number % 20 == 0:
            assert "published," in outlet.rebuild(), what
            assert outlet.files() == new, what
            assert untidy(outlet) == [], what
    record_property("stopped, too late, slowest in seconds", (stopped, late, round(max(took), 2)))
    assert stopped > TIMES // 2
