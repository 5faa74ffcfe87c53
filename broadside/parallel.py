"""Shares a list of tasks among forked processes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from broadside.faults import arose
from broadside.terminal import counted

Task = TypeVar("Task")
Result = TypeVar("Result")

PARTS = 50
"""How many parts tasks are divided into for each process, so that none has much more to do than
another.
"""
PR_SET_PDEATHSIG = 1

_shared: tuple[Callable[[Any], list[Any]], Sequence[Any]]
"""The work and the tasks of a process that was forked for them."""


class EndedEarly(RuntimeError):
    """A worker process ended before it could answer."""


def share(
    work: Callable[[Sequence[Task]], list[Result]],
    tasks: Sequence[Task],
    jobs: int,
    least: int = 64,
    doing: str = "",
) -> list[Result]:
    """The results of `work` over all tasks, in order, with the tasks shared among `jobs` processes.

    `work` is called with some neighbouring tasks at a time, and returns a result for each. This
    process does everything itself if there are fewer than `least` tasks, or if it cannot be forked.
    An exception in any process is raised here, and ends the others. Progress is shown as `doing`,
    unless that is "".
    """
    if len(tasks) >= least:
        jobs = min(jobs, len(tasks) // max(1, least // 2))
    else:
        jobs = 1
    if jobs < 2 or not can_fork():
        if not doing or len(tasks) < least:
            return work(tasks)
        parts = [tasks[at : at + least] for at in range(0, len(tasks), least)]
        return [
            result for some in counted(doing, parts, len(tasks), least) for result in work(some)
        ]
    # Rounded up, or there would be more parts than planned.
    size = -(-len(tasks) // (jobs * PARTS))
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("fork")
    # Work and tasks are inherited through the fork; only indexes of tasks and results go through
    # pipes.
    with ProcessPoolExecutor(jobs, context, _begin, (os.getpid(), work, tasks)) as pool:
        try:
            with without_ctrl_c():
                futures = [pool.submit(_part, at, at + size) for at in range(0, len(tasks), size)]
            for future in counted(doing, as_completed(futures), len(tasks), size):
                future.result()  # raises what was raised there
            return [result for future in futures for result in future.result()]
        except BaseException as problem:
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            if isinstance(problem, BrokenProcessPool):
                raise EndedEarly(
                    "a worker process ended early; was it killed, or did memory run out?"
                ) from None
            raise


@contextmanager
def without_ctrl_c() -> Iterator[None]:
    """Delay Ctrl-C in this process; processes started meanwhile never get it, because this one ends
    them.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def can_fork() -> bool:
    """Whether it is safe to fork: other threads would be missing in the child."""
    return sys.platform != "darwin" and threading.active_count() == 1


def die_with_parent(parent: int) -> None:
    """Have the system kill this process when its parent dies; only Linux can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def _begin(parent: int, work: Callable[[Any], list[Any]], tasks: Sequence[Any]) -> None:
    global _shared  # noqa: PLW0603 -- a forked process does nothing else
    die_with_parent(parent)
    _shared = work, tasks


def _part(start: int, stop: int) -> list[Any]:
    work, tasks = _shared
    try:
        return work(tasks[start:stop])
    except BaseException as problem:
        raise fit_to_travel(problem) from None


def fit_to_travel(problem: BaseException) -> BaseException:
    """An exception with its origin, and its traceback as a note; if it cannot be pickled, one with
    its words.
    """
    words = type(problem).__name__
    trace = "".join(traceback.format_exception(problem)).rstrip()
    with suppress(Exception):  # it may hold anything, and even str() of it may fail
        words += f": {problem}"
        copy = pickle.loads(pickle.dumps(problem))  # noqa: S301 -- our own, to see that it can be read
        if type(copy) is not type(problem) or str(copy) != str(problem):
            raise TypeError(words)
        return _noted(problem, arose(problem), trace)
    return _noted(RuntimeError(words), arose(problem), trace)


def _noted(problem: BaseException, place: str, trace: str) -> BaseException:
    vars(problem)["arose"] = place
    problem.add_note(f"It arose in another process:\n{trace}")
    return problem
