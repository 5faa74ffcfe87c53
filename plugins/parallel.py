"""A list of tasks shared among forked processes."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

PR_SET_PDEATHSIG = 1


def share(
    work: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task], jobs: int, least: int = 64
) -> list[Result]:
    """The results of `work` over all tasks, in their order, with the tasks dealt out to `jobs` processes.

    `work` takes some of the tasks and returns a result for each. One process does it all when there are fewer than
    `least` tasks, when the platform cannot fork, or when threads run that a fork would lose. An exception in any
    process is raised here, and ends the others.
    """
    jobs = min(jobs, len(tasks) // max(1, least // 2)) if len(tasks) >= least else 1
    if jobs < 2 or not _can_fork():
        return work(tasks)
    running = [_start(work, tasks[i::jobs]) for i in range(1, jobs)]
    try:
        parts = [work(tasks[0::jobs])]
        while running:
            got: list[Result] | BaseException = _collect(*running[0])
            running.pop(0)
            if isinstance(got, BaseException):
                raise got
            parts.append(got)
    except BaseException:
        for child, pipe in running:
            _end(child, pipe)
        raise
    results: list[Result] = [None] * len(tasks)  # type: ignore[list-item]
    for i, part in enumerate(parts):
        results[i::jobs] = part
    return results


@dataclass(frozen=True, slots=True)
class Child:
    """A process at work beside this one; 0 is none, because its work was done at once."""

    pid: int = 0

    def wait(self) -> None:
        """Wait until it has ended, well or not."""
        if self.pid:
            with suppress(ChildProcessError):  # it was waited for already
                os.waitpid(self.pid, 0)

    def kill(self) -> None:
        """End it."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)


def beside(work: Callable[[], None]) -> Child:
    """Do some work in a forked process while this one goes on; where that cannot be, do it here and now.

    What it does is seen only in the files that it leaves; an exception in the other process is lost.
    """
    if not _can_fork():
        work()
        return Child()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return Child(pid)
    try:
        die_with_parent(parent)
        work()
    finally:
        os._exit(1)  # a forked child must not run the parent's clean-up


def _can_fork() -> bool:
    """Whether a fork loses nothing: threads that run would not be in the child."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def die_with_parent(parent: int) -> None:
    """Have the system end this process with its parent, which may be killed; only Linux can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed before we asked
            os._exit(1)


def _start(work: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task]) -> tuple[int, int]:
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    code = 1
    try:
        os.close(read)
        die_with_parent(parent)
        data = _outcome(work, tasks)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        os._exit(code)  # a forked child must not run the parent's clean-up


def _outcome(work: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task]) -> bytes:
    """The results, or the exception that came instead of them, as bytes that the parent can read."""
    try:
        return pickle.dumps(work(tasks), pickle.HIGHEST_PROTOCOL)
    except BaseException as problem:
        try:
            data = pickle.dumps(problem)
            if isinstance(pickle.loads(data), Exception):  # noqa: S301 -- our own, to see that it can be read
                return data
        except Exception:  # noqa: S110 -- some exceptions cannot travel; their words can
            pass
        return pickle.dumps(RuntimeError("".join(traceback.format_exception(problem))))


def _collect(child: int, pipe: int) -> list[Result] | BaseException:
    """What a child sent: its results, or the exception that ended it."""
    with os.fdopen(pipe, "rb", closefd=False) as stream:
        data = stream.read()
    os.close(pipe)
    _, status = os.waitpid(child, 0)
    if status or not data:
        return RuntimeError(f"a worker process ended early (status {status})")
    return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301 -- from our own child, over our own pipe


def _end(child: int, pipe: int) -> None:
    """End a child whose results nobody wants any more."""
    os.close(pipe)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
