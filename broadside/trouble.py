"""Tells a user that Broadside itself failed, in one line that asks for a report, never with a
traceback.
"""

from __future__ import annotations

import errno
import os
import select
import sys
import tempfile
import traceback
from pathlib import Path
from types import TracebackType

from broadside.faults import KeyRefused, culprit, one_line
from broadside.folders import ENGINE, OUTLET

FULL = (
    "The disk is full, so some of this command's work or words are missing: make room, and run it"
    " again."
)
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
MAY_NOT = (
    "The user who runs this command must be allowed to read and write there; the command stopped."
)
REPORT = (
    "This is a mistake in Broadside, not one of yours. Please report it to the person who runs the"
    " site"
)


def told(problem: BaseException) -> str:
    """The message for an uncaught exception; if it is our mistake, its traceback is saved to a file
    for the report.
    """
    if words := _plainly(problem) or _of_the_outlet(problem):
        return words
    return (
        one_line(f"Broadside failed: {culprit(problem)}.")
        + f"\n{REPORT}{_with_traceback(problem)}."
    )


def _of_the_outlet(problem: BaseException) -> str:
    """The message if an outlet's own code is to blame, such as one of its plugins; "" if not."""
    frames = [
        (frame.filename, frame.lineno) for frame in traceback.extract_tb(problem.__traceback__)
    ]
    if isinstance(problem, SyntaxError):
        frames.append((problem.filename or "", problem.lineno))
    # by a plugin of the outlet, and then our code failed
    called_wrongly = isinstance(problem, KeyRefused)
    blamed = (
        each
        for each in reversed(frames)
        if _is_own(each[0]) or (_is_ours(each[0]) and not called_wrongly)
    )
    file, line = next(blamed, ("", 0))
    if not _is_own(file):
        return ""
    words = problem.msg if isinstance(problem, SyntaxError) else problem
    return one_line(f"{os.path.relpath(file)}:{line or 1}: {type(problem).__name__}: {words}")


def _is_own(file: str) -> bool:
    """Whether a file is code of the outlet, not the engine's or a package's."""
    if not file.startswith(f"{OUTLET}/") or _is_ours(file):
        return False
    first = Path(file).relative_to(OUTLET).parts[0]
    return not first.startswith(".") and first not in ("inv", "tools", "tests")


def _is_ours(file: str) -> bool:
    return file.startswith(f"{ENGINE}/")


def _with_traceback(problem: BaseException) -> str:
    words = "".join(traceback.format_exception(problem))
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            prefix="broadside-",
            suffix=".txt",
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as file:
            file.write(words)
    except OSError:
        return ""
    return f", with the file {Path(file.name)}"


def _nobody_listens() -> bool:
    """Whether our output is no longer read, as in "./inv --list | head -1"."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(1, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _plainly(problem: BaseException) -> str:
    """The message for an exception that is not our mistake; "" for any other.

    The disk is full, or the user may not read or write a file. A flag that takes a number was given
    a word, for which invoke raises a bare ValueError. Or a program that a command needs, such as
    ssh, is not installed.
    """
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if isinstance(problem, OSError) and problem.errno in REFUSED and problem.filename:
        return one_line(f"{problem.filename}: {problem.strerror}. {MAY_NOT}")
    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    frame = trace.tb_frame if trace else None
    module = frame.f_globals.get("__name__") if frame else ""
    if frame and module == "invoke.parser.argument" and isinstance(problem, ValueError):
        return one_line(
            f"--{frame.f_locals['self'].name} takes a whole number, and not"
            f' "{frame.f_locals["value"]}"'
        )
    if (
        module == "subprocess"
        and isinstance(problem, FileNotFoundError)
        and "/" not in str(problem.filename)
    ):
        return (
            f"This command needs {problem.filename}, which is not on this machine: install it"
            " first."
        )
    return ""


def hook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Report an uncaught exception, in place of Python's own hook."""
    if issubclass(kind, BrokenPipeError) and _nobody_listens():
        # or Python would complain once more as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    elif issubclass(kind, Exception):
        print(told(problem), file=sys.stderr)
    else:
        sys.__excepthook__(kind, problem, trace)


def last_words() -> None:
    """Flush the output when a command ends; if that fails, Python itself would report an ignored
    exception.
    """
    try:
        sys.stdout.flush()
    except OSError as problem:
        hook(type(problem), problem, problem.__traceback__)
        if not isinstance(problem, BrokenPipeError):
            os._exit(1)
