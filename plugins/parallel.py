"""A list of tasks shared among forked processes."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def share(work: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task], jobs: int, least: int = 64) -> list[Result]:
    """The results of `work` over all tasks, in their order, with the tasks dealt out to `jobs` processes.

    `work` takes some of the tasks and returns a result for each. One process does it all when there are fewer than
    `least` tasks, when the platform cannot fork, or when threads run that a fork would lose. An exception in any
    process is raised here.
    """
    jobs = min(jobs, len(tasks) // max(1, least // 2)) if len(tasks) >= least else 1
    if jobs < 2 or not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return work(tasks)
    children = [_start(work, tasks[i::jobs]) for i in range(1, jobs)]
    failure: BaseException | None = None
    parts: list[list[Result]] = []
    try:
        parts.append(work(tasks[0::jobs]))
    except BaseException as problem:
        failure = problem
    for child, pipe in children:
        got = _collect(child, pipe)
        failure = failure or (got if isinstance(got, BaseException) else None)
        parts.append(got if isinstance(got, list) else [])
    if failure:
        raise failure
    results: list[Result] = [None] * len(tasks)  # type: ignore[list-item]
    for i, part in enumerate(parts):
        results[i::jobs] = part
    return results


def _start(work: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task]) -> tuple[int, int]:
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    code = 1
    try:
        os.close(read)
        try:
            data = pickle.dumps(work(tasks), pickle.HIGHEST_PROTOCOL)
        except BaseException as problem:
            data = pickle.dumps(problem if isinstance(problem, Exception) else RuntimeError(repr(problem)))
        with os.fdopen(write, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        os._exit(code)  # a forked child must not run the parent's clean-up


def _collect(child: int, pipe: int) -> object:
    """What a child sent: its results, or the exception that ended it."""
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child, 0)
    if status or not data:
        return RuntimeError(f"a worker process ended early (status {status})")
    return pickle.loads(data)  # noqa: S301 -- from our own child, over a pipe of our own
