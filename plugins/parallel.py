"""Shares a list of tasks among forked processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Generic, Self, TypeVar

from msgspec import Struct, field

from broadside.plugins.processes import Child, can_fork, start

Task = TypeVar("Task")
Result = TypeVar("Result")

PARTS, MOST = 100, 10_000
"""Parts that tasks are dealt into, for each process and in all; a pipe holds this many numbers before anybody reads."""


def share(
    work: Callable[[Iterable[Task]], list[Result]],
    tasks: Sequence[Task],
    jobs: int,
    least: int = 64,
    meanwhile: Callable[[], object] = bool,
) -> list[Result]:
    """The results of `work` over all tasks, in their order, with the tasks shared among `jobs` processes.

    Each process calls `work` once, with an iterable that takes a few of the remaining tasks at a time until none are left;
    `work` returns a result for each. This process does it all when there are fewer than `least` tasks, when the platform
    cannot fork, or when other threads run, which a fork would lose. `meanwhile` is called in this process while the
    others are at work, before it takes tasks itself; if it is alone, after the tasks. An exception in any process is
    raised here, and ends the others.
    """
    jobs = min(jobs, len(tasks) // max(1, least // 2)) if len(tasks) >= least else 1
    if jobs < 2 or not can_fork():
        alone = work(tasks)
        meanwhile()
        return alone
    deck = Deck.of(tasks, jobs)
    running: list[Child] = []
    results: list[Result] = [None] * len(tasks)  # type: ignore[list-item]
    try:
        for i in range(1, jobs):
            running.append(start(partial(_dealt, work, deck.hand(i))))  # noqa: PERF401 -- one that started must be ended if the next cannot
        meanwhile()
        hand = deck.hand(0)
        parts = [(hand.taken, work(hand))]
        while running:
            got: tuple[list[range], list[Result]] | BaseException = running[0].answer()
            running.pop(0)
            if isinstance(got, BaseException):
                raise got
            parts.append(got)
    except BaseException:
        for child in running:
            child.end()
        raise
    finally:
        deck.close()
    for taken, part in parts:
        for at, result in zip(chain.from_iterable(taken), part, strict=True):
            results[at] = result
    return results


class Deck(Struct, Generic[Task], frozen=True):
    """Tasks from which several processes take, a few at a time.

    Each process takes from its own pile first, because neighbouring tasks often share something that a process then makes
    only once; when its pile is used up, it takes from the others'. A pile is a pipe with the numbers of tasks in it: a pipe
    gives each number to one reader only.
    """

    tasks: Sequence[Task]
    few: int
    firsts: list[int]
    piles: list[int]

    @classmethod
    def of(cls, tasks: Sequence[Task], hands: int) -> Self:
        """A deck for this many processes; the first few tasks of each are reserved for it, so that none goes without."""
        few = -(-len(tasks) // min(hands * PARTS, MOST))
        starts = range(0, len(tasks), few)
        piles = [starts[len(starts) * i // hands : len(starts) * (i + 1) // hands] for i in range(hands)]
        return cls(tasks, few, [pile[0] for pile in piles], [_in_a_pipe(pile[1:]) for pile in piles])

    def hand(self, which: int) -> Hand[Task]:
        """The tasks for one process."""
        return Hand(self, self.firsts[which], self.piles[which:] + self.piles[:which])

    def close(self) -> None:
        """Close the pipes."""
        for pile in self.piles:
            os.close(pile)


class Hand(Struct, Generic[Task]):
    """The tasks that one process takes from a deck, and a note of which it took."""

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
        """Where the next few tasks begin; None when all are taken."""
        for pile in self.piles:
            number = os.read(pile, 4)
            if number:
                return int.from_bytes(number, "big")
        return None


def _in_a_pipe(numbers: Iterable[int]) -> int:
    """A pipe with the numbers in it, four bytes each; the end from which they are read."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        pipe.writelines(number.to_bytes(4, "big") for number in numbers)
    return read


def _dealt(work: Callable[[Iterable[Task]], list[Result]], hand: Hand[Task]) -> tuple[list[range], list[Result]]:
    """Which tasks one process took, and their results."""
    results = work(hand)
    return hand.taken, results
