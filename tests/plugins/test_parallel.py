"""Work shared among forked processes."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.parallel import share
from tests.forked import alone


def doubled(tasks: Iterable[int]) -> list[int]:
    return [2 * task for task in tasks]


@settings(max_examples=40)
@given(st.lists(st.integers(), max_size=30), st.integers(-1, 4), st.integers(1, 8))
def test_the_results_come_in_the_order_of_the_tasks(tasks: list[int], jobs: int, least: int) -> None:
    assert share(doubled, tasks, jobs, least) == doubled(tasks)


def test_tasks_that_one_process_is_too_slow_for_are_taken_by_others() -> None:
    last = multiprocessing.get_context("fork").Event()

    def work(tasks: Iterable[int]) -> list[int]:
        done = []
        for task in tasks:
            if task == 0:
                assert last.wait(60), "nobody takes the others"
            elif task == 199:  # the last one, because they take their own half first
                last.set()
            done.append(os.getpid())
        return done

    def check() -> None:
        done = share(work, range(400), 2, least=2)
        assert done.count(os.getpid()) == 2, "the few that it began with"

    alone(check)


def test_meanwhile_is_called_before_this_process_takes_tasks_and_after_them_if_it_is_alone() -> None:
    def check() -> None:
        for jobs, begun in ((2, 0), (1, 8)):
            mine: list[int] = []

            def work(tasks: Iterable[int], mine: list[int] = mine) -> list[int]:
                done = []
                for task in tasks:
                    mine.append(task)
                    done.append(task)
                return done

            seen: list[int] = []
            assert share(work, range(8), jobs, 2, lambda seen=seen, mine=mine: seen.append(len(mine))) == [*range(8)]  # type: ignore[misc]
            assert seen == [begun]

    alone(check)


def test_few_tasks_are_done_here() -> None:
    assert share(lambda tasks: [os.getpid() for _ in tasks], range(9), 4) == [os.getpid()] * 9


OTHERS = 4
"""Of eight tasks and two processes, the first that is the other's."""


def shared(at: int, act: Callable[[], object], jobs: int = 2) -> list[int]:
    """Eight tasks shared, at one of which something is done."""

    def work(tasks: Iterable[int]) -> list[int]:
        for task in tasks:
            if task == at:
                act()
        return [*range(8)]

    return share(work, range(8), jobs, least=2)


def raises(problem: BaseException) -> Callable[[], object]:
    def act() -> None:
        raise problem

    return act


@pytest.mark.parametrize("at", [0, 2, 6])
def test_an_exception_in_any_process_is_raised_here(at: int) -> None:
    def check() -> None:
        with pytest.raises(ValueError, match="bad task"):
            shared(at, raises(ValueError("bad task")), jobs=4)

    alone(check)


def test_a_process_that_dies_is_noticed() -> None:
    def check() -> None:
        with pytest.raises(RuntimeError, match="ended early"):
            shared(OTHERS, lambda: os.kill(os.getpid(), signal.SIGKILL))

    alone(check)


def test_a_failure_here_ends_the_others_and_leaves_no_zombie() -> None:
    def work(tasks: Iterable[int]) -> list[int]:
        if next(iter(tasks)) == 0:
            raise KeyboardInterrupt
        time.sleep(60)
        return []

    def check() -> None:
        with pytest.raises(KeyboardInterrupt):
            share(work, range(8), 4, least=2)
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    alone(check)


def test_with_other_threads_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert share(lambda tasks: [os.getpid() for _ in tasks], range(8), 4, least=2) == [os.getpid()] * 8
    finally:
        done.set()
        thread.join()


def test_the_workers_of_a_killed_process_end_with_it() -> None:
    read, write = os.pipe()
    child = os.fork()
    if not child:

        def work(tasks: Iterable[int]) -> list[int]:
            os.write(write, b"%d\n" % os.getpid())
            time.sleep(60)
            return list(tasks)

        share(work, range(4), 2, least=2)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        workers = [int(pipe.readline()) for _ in range(2)]
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert pipe.read() == b"", "the pipe ends when the last worker has ended"
    assert child in workers


def test_neighbouring_tasks_are_mostly_done_by_one_process() -> None:
    def check() -> None:
        def work(tasks: Iterable[int]) -> list[int]:
            done = []
            for _ in tasks:
                time.sleep(0.002)
                done.append(os.getpid())
            return done

        pids = share(work, range(200), 2, least=2)
        changes = sum(one != other for one, other in itertools.pairwise(pids))
        assert len(set(pids)) == 2
        assert (
            changes < 100
        )  # one by one in turn it would be some 200; on a busy machine one takes over much of the other

    alone(check)
