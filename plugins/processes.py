"""Forked processes: work beside this one, or ahead of the moment when its result is needed."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, Self, TypeVar

from msgspec import Struct

Result = TypeVar("Result")

PR_SET_PDEATHSIG = 1


class Child(Struct, frozen=True):
    """A process at work beside this one; 0 is none, because its work was done at once."""

    pid: int = 0

    def wait(self) -> None:
        """Wait until it has ended, well or not."""
        if self.pid:
            with suppress(ChildProcessError):  # it was waited for already
                os.waitpid(self.pid, 0)


def beside(work: Callable[[], None]) -> Child:
    """Do some work in a forked process while this one goes on; where that cannot be, do it here and now.

    What it does is seen only in the files that it leaves; an exception in the other process is lost.
    """
    if not can_fork():
        work()
        return Child()
    return Child(_fork(work))


class EndedEarly(RuntimeError):
    """A process was ended before it could say what came of its work."""


class Ahead(Struct, Generic[Result]):
    """Work that was begun in another process before anybody needs its result; a call waits for it."""

    work: Callable[[], Result]
    """What is done here where the other process cannot, once."""
    _begun: tuple[int, int] | None = None
    _owner: int = 0

    @classmethod
    def of(cls, work: Callable[[], Result], jobs: int, otherwise: Callable[[], Result] | None = None) -> Self:
        """Begin some work, if there may be several processes; if not, it is done when its result is asked for.

        What is done then is `otherwise`, where that is given: work that is not worth doing here.
        """
        ahead = cls(otherwise or work, None, os.getpid())
        if jobs > 1 and can_fork():
            with suppress(OSError):  # the system has no room for another process now
                ahead._begun = start(work)
        return ahead

    def __call__(self) -> Result:
        """The result; an exception in the other process is raised here. If that process was killed, `work` is done here.

        It is also done here in a fork of the process that began it, which would take the result from under its hands.
        """
        result: Any = EndedEarly()
        if self._begun and self._owner == os.getpid():
            begun, self._begun = self._begun, None
            try:
                result = collect(*begun)
            except BaseException:  # as Ctrl-C while we wait
                end(*begun)
                raise
        if isinstance(result, EndedEarly):
            result = self.work()
        elif isinstance(result, BaseException):
            raise result
        self.work = lambda: result
        return result  # type: ignore[no-any-return]

    def __del__(self) -> None:
        """End work whose result nobody asked for, as when a build stops at a fault; a fork of this process leaves it be."""
        if self._begun and self._owner == os.getpid():
            end(*self._begun)


def can_fork() -> bool:
    """Whether a fork loses nothing: threads that run would not be in the child."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def die_with_parent(parent: int) -> None:
    """Have the system end this process with its parent, which may be killed; only Linux can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed before we asked
            os._exit(1)


def start(work: Callable[[], object]) -> tuple[int, int]:
    """Begin some work in a forked process: its number, and the pipe from which collect() takes what came of it."""
    read, write = os.pipe()

    def send() -> None:
        os.close(read)
        data = _outcome(work)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(data)

    try:
        return _fork(send), read
    except OSError:
        os.close(read)
        raise
    finally:
        os.close(write)


def _fork(work: Callable[[], None]) -> int:
    """Do some work in a forked process, which ends with this one at the latest; returns its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        die_with_parent(parent)
        work()
        code = 0
    finally:
        os._exit(code)  # a forked child must not run the parent's clean-up


def _outcome(work: Callable[[], object]) -> bytes:
    """The result, or the exception that came instead of it, as bytes that the parent can read."""
    try:
        return pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
    except BaseException as problem:
        try:
            data = pickle.dumps(problem)
            if isinstance(pickle.loads(data), Exception):  # noqa: S301 -- our own, to see that it can be read
                return data
        except Exception:  # noqa: S110 -- some exceptions cannot travel; their words can
            pass
        return pickle.dumps(RuntimeError("".join(traceback.format_exception(problem))))


def collect(child: int, pipe: int) -> Any:
    """What came of the work in a child, or the exception that ended it."""
    with os.fdopen(pipe, "rb", closefd=False) as stream:
        data = stream.read()
    os.close(pipe)
    _, status = os.waitpid(child, 0)
    if status or not data:
        return EndedEarly(f"a worker process ended early (status {status})")
    return pickle.loads(data)  # noqa: S301 -- from our own child, over our own pipe


def end(child: int, pipe: int) -> None:
    """End a child whose results nobody wants any more."""
    with suppress(OSError):  # it was closed already
        os.close(pipe)
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
