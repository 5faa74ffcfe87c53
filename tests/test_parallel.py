"""Work shared among forked processes."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from broadside.faults import Fault, FaultsFound, culprit
from broadside.parallel import share
from tests.examples import times
from tests.forked import alone


def doubled(tasks: Sequence[int]) -> list[int]:
    return [2 * task for task in tasks]


@settings(max_examples=times(0.3), deadline=None)
@given(st.lists(st.integers(), max_size=30), st.integers(-1, 4), st.integers(1, 8))
def test_the_results_come_in_the_order_of_the_tasks(
    tasks: list[int], jobs: int, least: int
) -> None:
    assert share(doubled, tasks, jobs, least) == doubled(tasks)


def test_work_and_tasks_need_not_be_pickled_and_neighbours_go_together() -> None:
    def check() -> None:
        here = os.getpid()

        def work(tasks: Sequence[Callable[[], int]]) -> list[int]:
            time.sleep(0.0005 * len(tasks))
            return [task() for task in tasks]

        pids = share(work, [os.getpid] * 1000, 2, least=2)
        assert len({*pids} - {here}) == 2
        assert sum(one != other for one, other in itertools.pairwise(pids)) < 150

    alone(check)


def test_with_other_threads_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert (
            share(lambda tasks: [os.getpid() for _ in tasks], range(8), 4, least=2)
            == [os.getpid()] * 8
        )
    finally:
        done.set()
        thread.join()


def failing(problem: BaseException) -> NoReturn:
    """Share work that fails."""

    def fail() -> NoReturn:
        raise problem

    def work(tasks: Sequence[int]) -> list[int]:
        if 3 in tasks:
            fail()
        time.sleep(0 if 0 in tasks else 60)
        return [*tasks]

    share(work, range(8), 4, least=2)
    raise AssertionError("it did not fail")


@pytest.mark.parametrize(
    "problem",
    [
        ValueError("no result"),
        OSError(28, "No space left on device", "a-file"),
        KeyError("name"),
        TemplateSyntaxError("odd", 3, "a.html", "theme/a.html"),
        FaultsFound([Fault("a.md", 1, 2, "error", "code", "message")]),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_an_exception_is_raised_here_as_it_was_with_its_place_and_ends_the_others(
    problem: Exception,
) -> None:
    def check() -> None:
        with pytest.raises(type(problem)) as failed:
            failing(problem)
        assert str(failed.value) == str(problem)
        assert getattr(failed.value, "faults", None) == getattr(problem, "faults", None)
        assert "in fail" in "".join(traceback.format_exception(failed.value))
        says_where = isinstance(problem, TemplateSyntaxError) or " at test_parallel.py:" in culprit(
            failed.value
        )
        assert says_where
        assert not multiprocessing.active_children()

    alone(check)


def test_a_process_that_dies_is_noticed() -> None:
    def work(tasks: Sequence[int]) -> list[int]:
        os.kill(os.getpid(), signal.SIGKILL)
        return [*tasks]

    def check() -> None:
        with pytest.raises(RuntimeError, match="ended early"):
            share(work, range(8), 2, least=2)

    alone(check)


def test_ctrl_c_here_ends_the_others() -> None:
    def sleep(tasks: Sequence[int]) -> list[int]:
        if 0 in tasks:
            os.kill(os.getppid(), signal.SIGINT)
        time.sleep(60)
        return [*tasks]

    def check() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt):
            share(sleep, range(8), 4, least=2)
        assert not multiprocessing.active_children()

    alone(check)


def test_the_workers_of_a_killed_process_end_with_it() -> None:
    read, write = os.pipe()
    child = os.fork()
    if not child:

        def work(tasks: Sequence[int]) -> list[int]:
            os.write(write, b"%d\n" % os.getpid())
            time.sleep(60)
            return [*tasks]

        share(work, range(4), 2, least=2)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        for _ in range(2):
            pipe.readline()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert pipe.read() == b"", "the pipe ends when the last worker has ended"
