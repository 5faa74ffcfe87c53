"""What the builder tells the server, and the server the open pages."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection

HEARTBEAT = 15.0
"""Seconds after which a quiet line is tried, so that a closed page is noticed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: its faults as text ("" when it was good), and whether the site is another one now."""

    faults: str = ""
    changed: bool = True


@dataclass(frozen=True, slots=True)
class News:
    """Where the preview stands: the number of the last build, of the last one that changed the site, the faults."""

    number: int = 0
    site: int = 0
    faults: str = ""

    def after(self, outcome: Outcome) -> News:
        """The news when one more build has ended."""
        number = self.number + 1
        return News(number, number if outcome.changed and not outcome.faults else self.site, outcome.faults)

    def event_for(self, site: int) -> str:
        """What a page of the site with that number must hear: to show faults, to load anew, or that all is well."""
        return "faults" if self.faults else "fine" if self.site == site else "built"


class State:
    """The news, and a way to wait for more."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.news = News()

    def take(self, outcome: Outcome) -> None:
        """Take in how a build ended."""
        with self.changed:
            self.news = self.news.after(outcome)
            self.changed.notify_all()

    def follow(self, builds: Connection) -> None:
        """Take in the outcome of each build, until the builder goes away."""
        while True:
            try:
                self.take(builds.recv())
            except (EOFError, OSError):
                return

    def wait(self, number: int) -> News | None:
        """The news once it is of another build than that; None when it was quiet for a while."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.news.number != number, HEARTBEAT)
            return self.news if came else None
