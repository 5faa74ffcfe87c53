"""Forked processes: work that is done beside this one, and begun before anybody needs its result."""

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

from plugins.faults import arose

Result = TypeVar("Result")

PR_SET_PDEATHSIG = 1
TOLD = ("arose", "__notes__")
"""What an exception from another process has besides its own: where it arose, and how it got there, as a note."""


class EndedEarly(RuntimeError):
    """A process was ended before it could say what came of its work."""


class Begun(Struct, frozen=True):
    """A process at work, and the pipe through which it answers."""

    pid: int
    pipe: BufferedReader

    def answer(self, goes_on: bool = False) -> Any:
        """Its next answer: a result, or the exception that came in its place. It has ended then, unless it `goes_on`."""
        try:
            outcome = pickle.load(self.pipe)  # noqa: S301 -- from our own child, over our own pipe
        except (EOFError, pickle.UnpicklingError):
            outcome = EndedEarly()
        except BaseException:  # as Ctrl-C while we wait
            self.end()
            raise
        if goes_on and not isinstance(outcome, BaseException):
            return outcome
        self.pipe.close()
        _, status = os.waitpid(self.pid, 0)
        is_lost = isinstance(outcome, EndedEarly)
        return EndedEarly(f"a worker process ended early (status {status})") if is_lost else outcome

    def end(self) -> None:
        """End the process, because nobody wants its answers any more."""
        self.pipe.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


class Ahead(Struct, Generic[Result]):
    """Work that was begun in another process before anybody needs its result; a call waits for it."""

    work: Callable[[], Result]
    """The work, which this process does itself, once, where the other one could not."""
    then: Callable[[], object] | None = None
    """What the same process does next; the other one hands over the result first."""
    _begun: Begun | None = None
    _going_on: Begun | None = None
    _owner: int = 0

    @classmethod
    def of(
        cls,
        work: Callable[[], Result],
        jobs: int,
        otherwise: Callable[[], Result] | None = None,
        then: Callable[[], object] | None = None,
    ) -> Self:
        """Begin some work in another process, if there may be one; if not, it is done when its result is asked for.

        Where `otherwise` is given, that is done then in its place: the work is worth its time only beside other work.
        """
        ahead = cls(otherwise or work, then, None, None, os.getpid())
        if jobs > 1 and can_fork():
            with suppress(OSError):  # the system has no room for another process now
                ahead._begun = start(work, then)
        return ahead

    def __call__(self) -> Result:
        """The result; an exception in the other process is raised here. If that process was killed, `work` is done here.

        A fork of the process that began it does the work itself too: to read the pipe would take the result from its parent.
        """
        result: Any = EndedEarly()
        if self._begun and self._owner == os.getpid():
            begun, self._begun = self._begun, None
            result = begun.answer(goes_on=self.then is not None)
            if self.then and not isinstance(result, BaseException):
                self._going_on, self.then = begun, None
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
        """Wait until all is done, what comes after the work too; an exception there is raised here, once.

        What was cut off after the work, because that process was killed, is left undone.
        """
        self()
        if self._going_on and self._owner == os.getpid():
            going_on, self._going_on = self._going_on, None
            outcome = going_on.answer()
            if isinstance(outcome, BaseException) and not isinstance(outcome, EndedEarly):
                raise outcome

    def __del__(self) -> None:
        """End work that nobody has waited for, as when a build stops at a fault; a fork of this process leaves it be."""
        for begun in (self._begun, self._going_on):
            if begun and self._owner == os.getpid():
                begun.end()


def can_fork() -> bool:
    """Whether a fork loses nothing: threads that run would not be in the child."""
    return sys.platform != "darwin" and threading.active_count() == 1


def die_with_parent(parent: int) -> None:
    """Have the system end this process with its parent, which may be killed; only Linux can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed before we asked
            os._exit(1)


def start(work: Callable[[], object], then: Callable[[], object] | None = None) -> Begun:
    """Begin some work in a forked process, which answers with its result, and then with that of `then`."""
    read, write = os.pipe()

    def send() -> None:
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            is_well = _send(work, pipe)
            if then and is_well:
                _send(then, pipe)

    try:
        return Begun(_fork(send), os.fdopen(read, "rb"))
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


def _send(work: Callable[[], object], pipe: BufferedWriter) -> bool:
    """Do some work, and send its result or the exception that came in its place; whether it is a result."""
    try:
        data, is_well = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL), True
    except BaseException as problem:
        data, is_well = _that_can_travel(problem), False
    pipe.write(data)
    pipe.flush()
    return is_well


def _that_can_travel(problem: BaseException) -> bytes:
    """An exception as bytes that the parent can read, with its place and its traceback; its words where it cannot travel itself."""
    words = type(problem).__name__
    with suppress(Exception):  # what it holds may be of any kind, and even its words may fail
        if "arose" not in vars(problem):  # those of the process where it arose, if it went through several
            vars(problem)["arose"] = arose(problem)
            problem.add_note(f"It arose in another process:\n{''.join(traceback.format_exception(problem)).rstrip()}")
        data = _packed(problem)
        if isinstance(pickle.loads(data), Exception):  # noqa: S301 -- our own, to see that it can be read
            return data
    with suppress(Exception):
        words += f": {problem}"
    instead = RuntimeError(words)
    vars(instead).update(_told(problem))
    return _packed(instead)


def _told(problem: BaseException) -> dict[str, object]:
    return {name: each for name, each in vars(problem).items() if name in TOLD}


def _packed(problem: BaseException) -> bytes:
    data = BytesIO()
    _Packer(data, pickle.HIGHEST_PROTOCOL).dump(problem)
    return data.getvalue()


class _Packer(pickle.Pickler):
    """Packs exceptions so that they are made again without their own __init__, which may want other things than `args`."""

    def reducer_override(self, value: object) -> Any:
        if not isinstance(value, BaseException) or isinstance(how := value.__reduce__(), str):
            return NotImplemented
        if not isinstance(type(value).__reduce__, MethodDescriptorType):  # its class knows better, but not of these
            return (*how, _told(value))[:3]
        if how[0] is not type(value):
            return how
        state = object.__getstate__(value)  # an exception's own way leaves its slots out
        slots = state[1] if isinstance(state, tuple) else {}
        return _made_again, how[:2], {**(how[2] if how[2:] else {}), **slots}


def _made_again(kind: type[BaseException], args: tuple[object, ...]) -> BaseException:
    """An exception with these `args`, made as the built-in one that it is a kind of."""
    base: Any = next(each for each in kind.__mro__ if each.__module__ == "builtins")
    problem: BaseException = base.__new__(kind, *args)
    base.__init__(problem, *args)
    return problem
