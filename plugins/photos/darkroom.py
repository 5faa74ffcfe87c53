"""Makes the pictures that are missing from the store, each once, in several processes."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from broadside.plugins.faults import SiteFailed
from broadside.plugins.parallel import can_fork, die_with_parent
from broadside.plugins.photos.store import missing, put
from broadside.plugins.photos.values import Derivative, Problem

AN_HOUR = 3600


class Job(Protocol):
    """Pictures that are made together; `path` is the file for which a problem with them is reported."""

    @property
    def path(self) -> Path:
        """The file from which they are made."""

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """The pictures that the store should have."""

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives, each with its bytes; raises Changed, SiteFailed, or whatever a decoder raises."""

    def failed(self, fault: Exception) -> Problem:
        """The problem to report for an exception that `make` raised."""


class Changed(Exception):
    """A source has changed since the build began."""


def make(job: Job, store: Path) -> list[Problem]:
    """Write the missing pictures of one job into the store; returns the problems."""
    wanted = missing(job.derivatives, store)
    if not wanted:
        return []
    name = job.path.name
    try:
        for derivative, data in job.make(wanted):
            try:
                put(store / derivative.name, data)
            except OSError as fault:  # a full disk or a missing permission, not the picture's fault
                return [Problem("photo-unwritten", f"the pictures of {name} cannot be written: {fault}")]
    except Changed:
        return [Problem("photo-changed", f"{name} changed while it was read", "build again")]
    except SiteFailed:  # the cause is the theme or the settings, and it would be reported for every picture
        raise
    except MemoryError:
        return [Problem("photo-too-large", f"{name} takes more memory than there is", "scale it down")]
    except Exception as fault:  # decoders raise anything on damaged data, and one file must not stop the others
        return [job.failed(fault)]
    return []


def make_all(jobs: Iterable[Job], store: Path, processes: int = 2) -> list[tuple[Path, Problem]]:
    """Write the missing pictures of many jobs; returns each failed file with its problem, in the order of the jobs."""
    _sweep(store)
    unique = {job.derivatives: job for job in jobs if missing(job.derivatives, store)}
    todo = list(unique.values())
    if processes < 2 or len(todo) < 2:
        return [(job.path, problem) for job in todo for problem in make(job, store)]
    results = _in_processes(todo, store, min(processes, len(todo)))
    return [(job.path, problem) for job, problems in zip(todo, results, strict=True) for problem in problems]


def _sweep(store: Path) -> None:
    """Delete the half-written files of killed builds; those of another build that is running now stay."""
    for half in store.rglob(".*.part"):
        with suppress(OSError):  # another build has just finished it
            if half.stat().st_mtime < time.time() - AN_HOUR:
                half.unlink()


def _in_processes(jobs: Sequence[Job], store: Path, processes: int) -> list[list[Problem]]:
    try:
        pool = _pool(processes)
    except OSError:  # such as if /dev/shm cannot be written to, where a pool has its locks
        return [make(job, store) for job in jobs]
    with pool:
        try:
            results = [_result(future) for future in [_submit(pool, job, store) for job in jobs]]
        except BaseException:
            # After Ctrl-C nobody wants the two hundred pictures that are left. This has to wait for the running jobs:
            # otherwise the end of the block would shut the pool down once more, without cancelling anything.
            pool.shutdown(cancel_futures=True)
            raise
    # A decoder that crashes takes the pool and its neighbours with it; run alone, each job shows whose fault it was.
    return [_alone(job, store) if result is None else result for job, result in zip(jobs, results, strict=True)]


def _alone(job: Job, store: Path) -> list[Problem]:
    with _pool(1) as pool:
        result = _result(_submit(pool, job, store))
    if result is None:
        return [Problem("photo-crash", f"{job.path.name} made the picture library crash", "export it again")]
    return result


def _submit(pool: ProcessPoolExecutor, job: Job, store: Path) -> Future[list[Problem]] | None:
    try:
        return pool.submit(make, job, store)
    except BrokenProcessPool:  # it broke before this job was handed over
        return None


def _result(future: Future[list[Problem]] | None) -> list[Problem] | None:
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def start_method() -> str:
    """How workers start: by a fork, which is instant, or as new processes where a fork would lose something."""
    return "fork" if can_fork() else "spawn"


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(start_method())
    # The workers do not notice that the build was killed; they would wait for jobs for ever.
    return ProcessPoolExecutor(processes, context, initializer=die_with_parent, initargs=(os.getpid(),))
