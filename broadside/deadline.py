"""Gives up on work that waits for somebody else, however slowly that somebody answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")
NAME = "with a deadline"
"""The name of the threads that work."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns or raises; TimeoutError if it takes longer than this.

    A limit on each read is not enough: a server may send one byte after the other. The work is done
    in a thread of its own, which the end of the process does not wait for; whoever can cut its
    connection should do so.
    """
    answer: Future[Result] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as problem:
            answer.set_exception(problem)

    Thread(target=run, name=NAME, daemon=True).start()
    return answer.result(seconds)
