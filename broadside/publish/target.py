"""What every kind of target can do, and what the command needs to know about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct

from broadside.build.release import Head, Release
from broadside.publish.plan import Plan
from broadside.terminal import say

Result = TypeVar("Result")
TRIES = 4
PAUSE = 1.0
"""Seconds before the second try; each later pause is twice as long."""


class Unreachable(Exception):
    """A target cannot be reached, or refuses; the message says why.

    The live release is as it was, unless the message says otherwise.
    """


class Broken(Unreachable):
    """A connection broke; another try may succeed."""


class Overtaken(Exception):
    """Another release went live after this run had looked."""


class Live(Struct, frozen=True):
    """What readers see: its head, the releases that can be brought back (nearest first), and the
    target's token for this state.

    A target changes nothing if the token is out of date.
    """

    head: Head
    earlier: tuple[Head, ...] = ()
    token: str = ""


class Target(Protocol):
    """A place to publish to.

    Every method may raise Unreachable, and those that change what is live may raise Overtaken.
    """

    def live(self) -> Live | None:
        """The live release, or None."""

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The SHA-256 of every live file by its path; any other word if a file is only known to
        differ from `new`.
        """

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Make the release in the output folder live; its head already names the one that it
        replaces.
        """

    def renew(self, live: Live, head: Head) -> None:
        """Record a new head for the live release, after a later build of a later commit made the
        same site.
        """

    def bring_back(self, live: Live, head: Head) -> None:
        """Make one of the earlier releases live again."""


def chain(live: str, heads: Mapping[str, Head]) -> tuple[Head, ...]:
    """The releases that can be brought back: the one before the live one, the one before that, and
    so on.
    """
    found = []
    if live in heads:
        found = [heads[live]]
    while found and found[-1].before in heads and heads[found[-1].before] not in found:
        found.append(heads[found[-1].before])
    return tuple(found[1:])


def tried(work: Callable[[], Result]) -> Result:
    """The result of some work, which is repeated if it raises Broken."""
    for number in range(1, TRIES):
        try:
            return work()
        except Broken as problem:
            say(f"{problem}; trying again ({number} of {TRIES - 1})")
            time.sleep(PAUSE * 2 ** (number - 1))
    return work()


def kept_ids(live: Live | None, new: str, keep: int) -> list[str]:
    """The releases to keep when a new one goes live: itself, and as many of those before it as
    fit.
    """
    before: Iterable[Head] = (live.head, *live.earlier) if live else ()
    return [new, *[head.id for head in before if head.id != new][: keep - 1]]
