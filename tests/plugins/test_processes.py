"""Work in other processes, begun before anybody needs its result."""

from __future__ import annotations

import json
import os
import pickle
import signal
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from broadside.plugins.processes import Future, start

from broadside.desk.report import NotNoted
from broadside.plugins.faults import Fault, FaultsFound, culprit
from tests.forked import alone


def test_the_work_is_done_in_a_child_and_its_result_can_be_had_repeatedly() -> None:
    def check() -> None:
        future = Future.of(os.getpid, jobs=2)
        assert future() == future() != os.getpid()
        with pytest.raises(ChildProcessError):  # nothing is left of it
            os.waitpid(-1, os.WNOHANG)

    alone(check)


def test_with_other_threads_the_work_is_done_here() -> None:
    stop = threading.Event()
    threading.Thread(target=stop.wait).start()
    try:
        assert Future.of(os.getpid, jobs=2)() == os.getpid()
    finally:
        stop.set()


def test_with_one_process_the_work_is_done_when_its_result_is_asked_for() -> None:
    done: list[int] = []
    future = Future.of(lambda: done.append(1), jobs=1)
    assert not done
    future()
    assert done


def test_an_exception_is_raised_where_the_result_is_asked_for() -> None:
    def fail() -> NoReturn:
        raise ValueError("no result")

    def check() -> None:
        future = Future.of(fail, jobs=2)
        with pytest.raises(ValueError, match="no result"):
            future()

    alone(check)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_exception_brings_where_it_arose_and_its_traceback(processes: int) -> None:
    def check() -> None:
        future = Future.of(fail if processes == 1 else in_one_more, jobs=2)
        with pytest.raises(ValueError, match="no result") as failed:
            future()
        line = fail.__code__.co_firstlineno + 1
        assert culprit(failed.value) == f"ValueError: no result at test_processes.py:{line}"
        said = "".join(traceback.format_exception(failed.value))
        assert said.count(f'test_processes.py", line {line}, in fail') == 1

    def in_one_more() -> object:
        return Future.of(fail, jobs=2)()

    def fail() -> NoReturn:
        raise ValueError("no result")

    alone(check)


class Unready(OSError):
    """An exception that words itself, and would do so twice."""

    def __init__(self, why: str) -> None:
        super().__init__(13, f"not ready: {why}", "a-file")
        self.why = why


class Slotted(Exception):
    """An exception that keeps in a slot what it says."""

    __slots__ = ("why",)

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"slotted: {self.why}"


@pytest.mark.parametrize(
    "problem",
    [
        FaultsFound([Fault("a.md", 1, 2, "error", "code", "message")]),
        NotNoted(Path("output"), OSError(28, "No space left on device", "a-file")),
        Unready("asleep"),
        Slotted("asleep"),
        OSError(13, "Permission denied", "a-file", None, "another"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        json.JSONDecodeError("Expecting value", "[", 1),
        KeyError("name"),
        ExceptionGroup("both", [FaultsFound([]), KeyError("name")]),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_an_exception_arrives_as_it_was(problem: Exception) -> None:
    def check() -> None:
        with pytest.raises(type(problem)) as failed:
            Future.of(fail, jobs=2)()
        assert facts(failed.value) == facts(problem)
        assert " at test_processes.py:" in culprit(failed.value)

    def fail() -> NoReturn:
        raise problem

    alone(check)


def facts(problem: Exception) -> dict[str, object]:
    names = [name for name in dir(problem) if not name.startswith("__") and name not in ("arose", "exceptions")]
    values = {name: getattr(problem, name, None) for name in names}  # an OSError has one that nobody can read
    same = {name: repr(value) for name, value in values.items() if not callable(value)}
    return same | {"type": type(problem), "words": str(problem)}


def test_an_exception_that_cannot_be_pickled_comes_as_its_words_and_where_it_arose() -> None:
    class OfHere(Exception):
        pass

    def check() -> None:
        with pytest.raises(RuntimeError) as failed:
            Future.of(fail, jobs=2)()
        line = fail.__code__.co_firstlineno + 1
        assert culprit(failed.value) == f"RuntimeError: OfHere: no result at test_processes.py:{line}"
        assert "in fail" in "".join(traceback.format_exception(failed.value))

    def fail() -> NoReturn:
        raise OfHere("no result")

    alone(check)


def test_an_exception_whose_words_fail_arrives_too() -> None:
    class OfHere(Exception):
        def __str__(self) -> str:
            raise ValueError("no words")

    def check() -> None:
        with pytest.raises(RuntimeError) as failed:
            Future.of(fail, jobs=2, otherwise=os.getpid)()
        assert str(failed.value) == "OfHere"
        assert "in fail" in "".join(traceback.format_exception(failed.value))

    def fail() -> NoReturn:
        raise OfHere

    alone(check)


def test_work_whose_result_nobody_waits_for_is_ended() -> None:
    def check() -> None:
        read, write = os.pipe()
        future = Future.of(lambda: time.sleep(60), jobs=2)
        os.close(write)
        del future
        assert os.read(read, 1) == b"", "the other end is closed when the last process that has it is gone"

    alone(check)


def test_a_fork_that_drops_the_future_does_not_end_the_work() -> None:
    def check() -> None:
        def slow() -> str:
            time.sleep(0.2)
            return "here it is"

        future = Future.of(slow, jobs=2)
        child = os.fork()
        if not child:
            del future
            os._exit(0)
        os.waitpid(child, 0)
        assert future() == "here it is"

    alone(check)


def test_if_the_child_was_killed_the_work_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return here

    assert Future(work, _child=start(work), _owner=here)() == here


@pytest.mark.parametrize("then", [None, lambda: time.sleep(60)])
def test_an_interrupted_wait_ends_the_work(monkeypatch: pytest.MonkeyPatch, then: Callable[[], object] | None) -> None:
    def check() -> None:
        future = Future.of(os.getpid if then else lambda: time.sleep(60), jobs=2, then=then)
        if then:
            future()
        monkeypatch.setattr(pickle, "load", interrupted)
        with pytest.raises(KeyboardInterrupt):
            future.finish()
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    def interrupted(_: object) -> NoReturn:
        raise KeyboardInterrupt

    alone(check)


def test_a_fork_leaves_the_result_to_its_parent() -> None:
    def check() -> None:
        def slow() -> int:
            time.sleep(0.2)
            return os.getpid()

        future = Future.of(slow, jobs=2)
        assert Future.of(lambda: future() == os.getpid(), jobs=2)()
        assert future() != os.getpid()

    alone(check)


def test_what_comes_after_the_work_does_not_delay_its_result(tmp_path: Path) -> None:
    def check() -> None:
        read, write = os.pipe()
        future = Future.of(os.getpid, jobs=2, then=lambda: (tmp_path / f"{os.getpid()}").write_bytes(os.read(read, 9)))
        other = future()
        assert future() == other != os.getpid()
        os.write(write, b"finished")
        future.finish()
        assert (tmp_path / f"{other}").read_bytes() == b"finished"
        with pytest.raises(ChildProcessError):  # nothing is left of it
            os.waitpid(-1, os.WNOHANG)

    alone(check)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_comes_after_is_done_once_by_the_process_that_did_the_work(tmp_path: Path, jobs: int) -> None:
    def check() -> None:
        future = Future.of(
            lambda: done.append("work"), jobs, then=lambda: (tmp_path / "left").open("a").write(f"{done}")
        )
        future.finish()
        future.finish()
        assert (tmp_path / "left").read_text() == "['work']"
        assert done == ([] if jobs > 1 else ["work"])

    done: list[str] = []
    alone(check)


def test_an_exception_after_the_work_is_raised_by_finish() -> None:
    def fail() -> NoReturn:
        raise OSError("no space left")

    def check() -> None:
        future = Future.of(os.getpid, jobs=2, then=fail)
        assert future() != os.getpid()
        with pytest.raises(OSError, match="no space left"):
            future.finish()

    alone(check)


def test_if_the_work_fails_nothing_is_done_after_it(tmp_path: Path) -> None:
    def fail() -> NoReturn:
        raise ValueError("no result")

    def check() -> None:
        future = Future.of(fail, jobs=2, then=(tmp_path / "left").touch)
        with pytest.raises(ValueError, match="no result"):
            future.finish()
        assert not (tmp_path / "left").exists()

    alone(check)


def test_what_a_kill_cut_off_after_the_work_is_left_undone() -> None:
    def check() -> None:
        future = Future.of(os.getpid, jobs=2, then=lambda: time.sleep(60))
        os.kill(future(), signal.SIGKILL)
        future.finish()
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    alone(check)


def test_a_fork_leaves_what_comes_after_the_work_to_its_parent() -> None:
    def fail() -> NoReturn:
        raise OSError("no space left")

    def check() -> None:
        future = Future.of(os.getpid, jobs=2, then=fail)
        future()
        assert Future.of(future.finish, jobs=2)() is None
        with pytest.raises(OSError, match="no space left"):
            future.finish()

    alone(check)


def test_a_build_that_stops_ends_what_comes_after_the_work() -> None:
    def check() -> None:
        future = Future.of(os.getpid, jobs=2, then=lambda: time.sleep(60))
        future()
        del future
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    alone(check)
