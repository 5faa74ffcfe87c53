"""Work in forked child processes, which is begun before its result is needed."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader, BufferedWriter, BytesIO
from types import MethodDescriptorType
from typing import Any, Generic, Self, TypeVar

from msgspec import Struct

from broadside.plugins.faults import arose

Result = TypeVar("Result")

PR_SET_PDEATHSIG = 1
ADDED = ("arose", "__notes__")
"""Attributes that an exception gets here on its way to the parent: where it arose, and its traceback as a note."""


class EndedEarly(RuntimeError):
    """A child process ended before it could answer."""


class Child(Struct, frozen=True):
    """A child process at work, and the pipe through which it answers."""

    pid: int
    pipe: BufferedReader

    def answer(self, goes_on: bool = False) -> Any:
        """Wait for its next answer: a result, or the exception raised instead. Unless it `goes_on`, wait for its end too."""
        try:
            outcome = pickle.load(self.pipe)  # noqa: S301 -- from our own child, over our own pipe
        except (EOFError, pickle.UnpicklingError):
            outcome = EndedEarly()
        except BaseException:  # such as Ctrl-C while we wait
            self.end()
            raise
        if goes_on and not isinstance(outcome, BaseException):
            return outcome
        self.pipe.close()
        _, status = os.waitpid(self.pid, 0)
        is_lost = isinstance(outcome, EndedEarly)
        return EndedEarly(f"a worker process ended early (status {status})") if is_lost else outcome

    def end(self) -> None:
        """Kill the process: nobody wants its answers any more."""
        self.pipe.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


class Future(Struct, Generic[Result]):
    """The result of work that a child process has begun; calling it waits for the result."""

    work: Callable[[], Result]
    """The work, which this process does itself, once, if no child could."""
    then: Callable[[], object] | None = None
    """What is to be done after the work, by the same process; a child hands over the result before it goes on."""
    _child: Child | None = None
    _going_on: Child | None = None
    _owner: int = 0

    @classmethod
    def of(
        cls,
        work: Callable[[], Result],
        jobs: int,
        otherwise: Callable[[], Result] | None = None,
        then: Callable[[], object] | None = None,
    ) -> Self:
        """Begin work in a child process if possible; if not, it is done when its result is asked for.

        `otherwise` then takes its place, if given: for work that only pays when it is done beside other work.
        """
        future = cls(otherwise or work, then, _owner=os.getpid())
        if jobs > 1 and can_fork():
            with suppress(OSError):  # the system has no room for another process
                future._child = start(work, then)
        return future

    def __call__(self) -> Result:
        """Wait for the result; an exception in the child is raised here. If the child was killed, `work` is done here.

        A fork of this process also does the work itself: reading the pipe would take the result from its parent.
        """
        result: Any = EndedEarly()
        if self._child and self._owner == os.getpid():
            child, self._child = self._child, None
            result = child.answer(goes_on=self.then is not None)
            if self.then and not isinstance(result, BaseException):
                self._going_on, self.then = child, None
        if isinstance(result, EndedEarly):
            result = self.work()
            then, self.then = self.then, None
            if then:
                then()
        elif isinstance(result, BaseException):
            raise result
        self.work = lambda: result
        return result  # type: ignore[no-any-return]

    def finish(self) -> None:
        """Wait for the work and for what comes after it; an exception in the latter is raised here, once.

        If the child was killed after the work, the rest is left undone.
        """
        self()
        if self._going_on and self._owner == os.getpid():
            going_on, self._going_on = self._going_on, None
            outcome = going_on.answer()
            if isinstance(outcome, BaseException) and not isinstance(outcome, EndedEarly):
                raise outcome

    def __del__(self) -> None:
        """End work that nobody has waited for, as when a build stops at a fault; a fork of this process leaves it alone."""
        for child in (self._child, self._going_on):
            if child and self._owner == os.getpid():
                child.end()


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


def start(work: Callable[[], object], then: Callable[[], object] | None = None) -> Child:
    """Begin work in a child process, which answers with its result, and then with that of `then`."""
    read, write = os.pipe()

    def send() -> None:
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            is_well = _send(work, pipe)
            if then and is_well:
                _send(then, pipe)

    try:
        return Child(_fork(send), os.fdopen(read, "rb"))
    except OSError:
        os.close(read)
        raise
    finally:
        os.close(write)


def _fork(work: Callable[[], None]) -> int:
    """Do work in a child process, which never outlives this one, and return its process id."""
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


def _send(work: Callable[[], object], pipe: BufferedWriter) -> bool:
    """Do work, and send its result, or the exception raised instead; return whether it was a result."""
    try:
        data, is_well = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL), True
    except BaseException as problem:
        data, is_well = _packed_to_travel(problem), False
    pipe.write(data)
    pipe.flush()
    return is_well


def _packed_to_travel(problem: BaseException) -> bytes:
    """An exception as bytes for the parent, with where it arose and its traceback; if it cannot be pickled, its words alone."""
    words = type(problem).__name__
    with suppress(Exception):  # it may hold anything, and even str() of it may fail
        if "arose" not in vars(problem):  # not noted yet by a child of this process
            vars(problem)["arose"] = arose(problem)
            problem.add_note(f"It arose in another process:\n{''.join(traceback.format_exception(problem)).rstrip()}")
        data = _packed(problem)
        if isinstance(pickle.loads(data), Exception):  # noqa: S301 -- our own, to see that it can be read
            return data
    with suppress(Exception):
        words += f": {problem}"
    instead = RuntimeError(words)
    vars(instead).update(_added(problem))
    return _packed(instead)


def _added(problem: BaseException) -> dict[str, object]:
    return {name: each for name, each in vars(problem).items() if name in ADDED}


def _packed(problem: BaseException) -> bytes:
    data = BytesIO()
    _Packer(data, pickle.HIGHEST_PROTOCOL).dump(problem)
    return data.getvalue()


class _Packer(pickle.Pickler):
    """Pickles exceptions so that they are rebuilt without their own __init__, which may take other arguments than `args`."""

    def reducer_override(self, value: object) -> Any:
        if not isinstance(value, BaseException) or isinstance(how := value.__reduce__(), str):
            return NotImplemented
        # Its class can pickle it, but does not know what we added.
        if not isinstance(type(value).__reduce__, MethodDescriptorType):
            return (*how, _added(value))[:3]
        if how[0] is not type(value):
            return how
        state = object.__getstate__(value)  # an exception's own method leaves out its slots
        slots = state[1] if isinstance(state, tuple) else {}
        return _rebuilt, how[:2], {**(how[2] if how[2:] else {}), **slots}


def _rebuilt(kind: type[BaseException], args: tuple[object, ...]) -> BaseException:
    """An exception with these `args`, rebuilt by the constructor of its built-in base."""
    base: Any = next(each for each in kind.__mro__ if each.__module__ == "builtins")
    problem: BaseException = base.__new__(kind, *args)
    base.__init__(problem, *args)
    return problem
