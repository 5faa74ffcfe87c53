"""Says how far long work is, to whoever wants to show it; nobody does unless it is asked for with `shown_by`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Show = Callable[[str, int, int], None]
"""Shows what is being done, how much of it is done, and how much there is."""
EVERY = 0.1
"""Seconds between two looks."""

_shows: list[Show] = []


@contextmanager
def shown_by(show: Show) -> Iterator[None]:
    """Have all progress in this block shown."""
    _shows.append(show)
    try:
        yield
    finally:
        _shows.pop()


def is_shown() -> bool:
    """Whether somebody shows progress."""
    return bool(_shows)


def counted(doing: str, items: Iterable[Item], total: int, each: int = 1) -> Iterator[Item]:
    """The items, of which each stands for so many of the total, while their number is shown."""
    if not (_shows and doing):
        yield from items
        return
    show, looked, done = _shows[-1], 0.0, 0
    try:
        for item in items:
            yield item
            done = min(done + each, total)
            if time.monotonic() - looked >= EVERY:
                looked = time.monotonic()
                show(doing, min(done, total - 1), total)
    finally:
        if looked:
            show(doing, total, total)
