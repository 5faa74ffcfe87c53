"""What the builder tells the server, and what the server tells open pages."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection

from msgspec import Struct
from msgspec.structs import replace

from plugins.urls import save_as

HEARTBEAT = 15.0
"""Seconds after which a quiet line is tried, so that a closed page is noticed."""


class Galley(Struct, frozen=True):
    """One page as a save will have it, before the build that follows: its path below the output folder, and its HTML."""

    path: str
    html: bytes


class Moved(Struct, frozen=True):
    """A save gives a story another address, for example with a new headline or when it is no longer a draft."""

    old: str
    new: str


class Outcome(Struct, frozen=True):
    """How a build ended: its faults as text, "" when it was good, and the files of `drafts`, where the settings put them.

    `since` is what came of saves while it ran, which it may not have seen.
    """

    faults: str = ""
    drafts: str = ""
    since: tuple[Galley | Moved, ...] = ()


class News(Struct, frozen=True):
    """The state of the preview: how much news there has been, the faults, and the galleys that are shown until a build ends.

    `galleys` are by their paths; `drafts` are the files of drafts and held stories, as a pattern below the output folder;
    `moved` leads from a page's former address to its new one.
    """

    number: int = 0
    faults: str = ""
    galleys: dict[str, bytes] = {}
    drafts: str = ""
    moved: dict[str, str] = {}

    def after(self, came: Outcome | Galley | Moved) -> News:
        """The news when a build has ended, or a galley or the new address of a story has come before it.

        Until that build has ended, the faults of the last one stand: they may be another file's.
        """
        number = self.number + 1
        if isinstance(came, Galley):
            # A story may be back where it was before a build moved it, and a page be open at the address of that time.
            back = {new: old for old, new in self.moved.items() if save_as(old) == came.path}
            moved = {old: new for old, new in self.moved.items() if save_as(old) != came.path} | back
            return replace(self, number=number, galleys=self.galleys | {came.path: came.html}, moved=moved)
        if isinstance(came, Moved):
            stays = {old: new for old, new in self.moved.items() if old != came.new}  # or two could lead to each other
            # While a build ran, it may have moved once already, and a page may be open at the address of that time.
            left = {came.old, self.moved.get(came.old, came.old)} - {came.new}
            galleys = {path: html for path, html in self.galleys.items() if path not in map(save_as, left)}
            return replace(self, number=number, galleys=galleys, moved=stays | dict.fromkeys(left, came.new))
        news = replace(self, number=number, faults=came.faults, galleys={}, drafts=came.drafts or self.drafts)
        for each in came.since:
            news = news.after(each)
        return news

    def event_for(self, is_same: bool) -> str:
        """The event for an open page, which is as it was (`is_same`) or not: show the faults, load anew, or all is well."""
        return "faults" if self.faults else "fine" if is_same else "built"


class State:
    """The news, and a way to wait for more."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.news = News()

    def take(self, came: Outcome | Galley | Moved) -> None:
        """Take in how a build ended, a galley, or a story's new address."""
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
        """The news, once there is any after this number; None if there was none for a while."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.news.number != number, HEARTBEAT)
            return self.news if came else None
