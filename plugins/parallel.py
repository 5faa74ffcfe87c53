"""A list of tasks shared among forked processes."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

PR_SET_PDEATHSIG = 1
PARTS, MOST = 100, 10_000
"""Into how many parts tasks are dealt for each process, and for all: a pipe holds so many numbers without a reader."""


def share(
    work: Callable[[Iterable[Task]], list[Result]],
    tasks: Sequence[Task],
    jobs: int,
    least: int = 64,
    here: Callable[[], object] = bool,
) -> list[Result]:
    """The results of `work` over all tasks, in their order, with the tasks shared among `jobs` processes.

    Each process calls `work` once, with tasks that it takes from those that are left, a few at a time, until there are
    none; it returns a result for each. One process does it all when there are fewer than `least` tasks, when the
    platform cannot fork, or when threads run that a fork would lose. `here` is called in this process, which takes
    tasks only after it where others are at work, and before it where it is alone. An exception in any process is
    raised here, and ends the others.
    """
    jobs = min(jobs, len(tasks) // max(1, least // 2)) if len(tasks) >= least else 1
    if jobs < 2 or not _can_fork():
        alone = work(tasks)
        here()
        return alone
    deck = Deck.of(tasks, jobs)
    running: list[tuple[int, int]] = []
    results: list[Result] = [None] * len(tasks)  # type: ignore[list-item]
    try:
        for i in range(1, jobs):
            running.append(_start(work, deck.hand(i)))  # noqa: PERF401 -- one that started must be ended if the next cannot
        here()
        hand = deck.hand(0)
        parts = [(hand.taken, work(hand))]
        while running:
            got: tuple[list[range], list[Result]] | BaseException = _collect(*running[0])
            running.pop(0)
            if isinstance(got, BaseException):
                raise got
            parts.append(got)
    except BaseException:
        for child, pipe in running:
            _end(child, pipe)
        raise
    finally:
        deck.close()
    for taken, part in parts:
        for at, result in zip(chain.from_iterable(taken), part, strict=True):
            results[at] = result
    return results


@dataclass(frozen=True, slots=True)
class Deck(Generic[Task]):
    """Tasks from which several processes take, a few at a time.

    Each takes from a pile of its own while there is one, because tasks that stand together often share something that
    a process has to make only once, and then from the others'. A pile lies in a pipe as numbers, because a pipe gives
    each number to one reader only.
    """

    tasks: Sequence[Task]
    few: int
    firsts: list[int]
    piles: list[int]

    @classmethod
    def of(cls, tasks: Sequence[Task], hands: int) -> Self:
        """A deck for so many processes; the first few tasks of each are set, so that none goes without."""
        few = -(-len(tasks) // min(hands * PARTS, MOST))
        starts = range(0, len(tasks), few)
        piles = [starts[len(starts) * i // hands : len(starts) * (i + 1) // hands] for i in range(hands)]
        return cls(tasks, few, [pile[0] for pile in piles], [_in_a_pipe(pile[1:]) for pile in piles])

    def hand(self, which: int) -> Hand[Task]:
        """What one process takes."""
        return Hand(self, self.firsts[which], self.piles[which:] + self.piles[:which])

    def close(self) -> None:
        """Let go of the pipes."""
        for pile in self.piles:
            os.close(pile)


@dataclass(slots=True)
class Hand(Generic[Task]):
    """The tasks that one process takes from a deck, and which these were."""

    deck: Deck[Task]
    first: int
    piles: list[int]
    taken: list[range] = field(default_factory=list)

    def __iter__(self) -> Iterator[Task]:
        at: int | None = self.first
        while at is not None:
            self.taken.append(range(at, min(at + self.deck.few, len(self.deck.tasks))))
            yield from map(self.deck.tasks.__getitem__, self.taken[-1])
            at = self._next()

    def _next(self) -> int | None:
        """Where the next few tasks begin."""
        for pile in self.piles:
            number = os.read(pile, 4)
            if number:
                return int.from_bytes(number, "big")
        return None


def _in_a_pipe(numbers: Iterable[int]) -> int:
    """The end from which the numbers can be read, four bytes each."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        pipe.writelines(number.to_bytes(4, "big") for number in numbers)
    return read


@dataclass(frozen=True, slots=True)
class Child:
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


def _start(work: Callable[[Iterable[Task]], list[Result]], hand: Hand[Task]) -> tuple[int, int]:
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
        data = _outcome(work, hand)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        os._exit(code)  # a forked child must not run the parent's clean-up


def _outcome(work: Callable[[Iterable[Task]], list[Result]], hand: Hand[Task]) -> bytes:
    """The results, or the exception that came instead of them, as bytes that the parent can read."""
    try:
        return pickle.dumps((hand.taken, work(hand)), pickle.HIGHEST_PROTOCOL)
    except BaseException as problem:
        try:
            data = pickle.dumps(problem)
            if isinstance(pickle.loads(data), Exception):  # noqa: S301 -- our own, to see that it can be read
                return data
        except Exception:  # noqa: S110 -- some exceptions cannot travel; their words can
            pass
        return pickle.dumps(RuntimeError("".join(traceback.format_exception(problem))))


def _collect(child: int, pipe: int) -> tuple[list[range], list[Result]] | BaseException:
    """What a child sent: which tasks it took and their results, or the exception that ended it."""
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
