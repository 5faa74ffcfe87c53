"""What a user is told when Broadside itself fails: one line that asks for a report, and never a traceback."""

from __future__ import annotations

import errno
import os
import select
import sys
import tempfile
import traceback
from pathlib import Path
from types import FrameType, TracebackType

from plugins.faults import culprit, one_line

FULL = "No space is left on the disk. What this command had still to write or to say is missing: make room, and run it again."
REPORT = "This is a mistake in Broadside and none of yours. Please report it to whoever runs the site"


def told(problem: BaseException) -> str:
    """What to say of an exception that nobody foresaw; the whole of it is kept in a file, for the report."""
    return one_line(f"Broadside failed: {culprit(problem)}.") + f"\n{REPORT}{_kept(problem)}."


def _kept(problem: BaseException) -> str:
    words = "".join(traceback.format_exception(problem))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="broadside-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(words)
    except OSError:
        return ""
    return f", with the file {Path(file.name)}"


def _nobody_listens() -> bool:
    """Whether our words are no longer read, as in "./inv --list | head -1"."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(1, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _misread(problem: BaseException, at: FrameType | None) -> str:
    """What to say if a flag that wants a number was given a word, at which invoke ends with a bare ValueError; else ""."""
    if at is None or at.f_globals.get("__name__") != "invoke.parser.argument" or not isinstance(problem, ValueError):
        return ""
    return one_line(f'--{at.f_locals["self"].name} takes a whole number, and not "{at.f_locals["value"]}"')


def _missing(problem: BaseException, at: FrameType | None) -> str:
    """What to say if a program is not there that a command needs, such as ssh; else ""."""
    if at is None or at.f_globals.get("__name__") != "subprocess" or not isinstance(problem, FileNotFoundError):
        return ""
    program = str(problem.filename)
    return "" if "/" in program else f"This command needs {program}, which is not on this machine: install it first."


def _last(trace: TracebackType | None) -> FrameType | None:
    """Where an exception arose."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame if trace else None


def hook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Report an exception that nothing caught, in place of Python's own hook."""
    if issubclass(kind, BrokenPipeError) and _nobody_listens():
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would complain once more as it ends
    elif words := _misread(problem, _last(trace)) or _missing(problem, _last(trace)):
        print(words, file=sys.stderr)
    elif isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        print(FULL, file=sys.stderr)
    elif issubclass(kind, Exception):
        print(told(problem), file=sys.stderr)
    else:
        sys.__excepthook__(kind, problem, trace)
