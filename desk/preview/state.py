"""What the builder tells the server, and the server the open pages."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection

from msgspec import Struct

HEARTBEAT = 15.0
"""Seconds after which a quiet line is tried, so that a closed page is noticed."""


class Outcome(Struct, frozen=True):
    """How a build ended: its faults as text, "" when it was good, and the files of `drafts`, where the settings put them."""

    faults: str = ""
    drafts: str = ""


class Galley(Struct, frozen=True):
    """One page as a save will have it, before the build that follows: its path below the output folder, and its HTML."""

    path: str
    html: bytes


class News(Struct, frozen=True):
    """Where the preview stands: how often it has heard something, the faults, and the galley that the site waits for.

    `drafts` are the files of drafts and held stories, as a pattern below the output folder.
    """

    number: int = 0
    faults: str = ""
    galley: Galley | None = None
    drafts: str = ""

    def after(self, came: Outcome | Galley) -> News:
        """The news when a build has ended, or a galley has come before it.

        Until that build has ended, the faults of the last one stand: they may be another file's.
        """
        number = self.number + 1
        if isinstance(came, Galley):
            return News(number, self.faults, came, self.drafts)
        return News(number, came.faults, drafts=came.drafts or self.drafts)

    def event_for(self, is_same: bool) -> str:
        """What a page must hear that is the same as it was, or not: to show faults, to load anew, or that all is well."""
        return "faults" if self.faults else "fine" if is_same else "built"


class State:
    """The news, and a way to wait for more."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.news = News()

    def take(self, came: Outcome | Galley) -> None:
        """Take in how a build ended, or a galley."""
        with self.changed:
            self.news = self.news.after(came)
            self.changed.notify_all()

    def follow(self, builds: Connection) -> None:
        """Take in galleys and the outcome of each build, until the builder goes away."""
        while True:
            try:
                self.take(builds.recv())
            except (EOFError, OSError):
                return

    def wait(self, number: int) -> News | None:
        """The news once it is newer than that; None when it was quiet for a while."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.news.number != number, HEARTBEAT)
            return self.news if came else None
