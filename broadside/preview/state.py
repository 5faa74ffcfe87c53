"""What the builder tells the server, and what the server tells open pages."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection

from msgspec import Struct
from msgspec.structs import replace

from broadside.urls import OWN, save_as

HEARTBEAT = 15.0
"""Seconds after which a quiet connection is tested, so that a closed page is noticed."""


class Rerendered(Struct, frozen=True):
    """A page as a save will change it, ahead of the build: its path below the output folder, and its HTML."""

    path: str
    html: bytes


class Moved(Struct, frozen=True):
    """A save gives a story another address, for example with a new headline or when it is no longer a draft."""

    old: str
    new: str


class Desk(Struct, frozen=True):
    """What the process of a build says once it can render single pages: the desk's page, and the address that edits a file.

    In that address, {file} and {line}, or {story}, are to be filled in; it is "" if there is none.
    """

    html: bytes = b""
    edit: str = ""


class Outcome(Struct, frozen=True):
    """How a build ended: its faults as text, "" if it has none, where `search` is, and the hosts of the players of films.

    `since` has the pages and moves of saves while it ran, which it may not have seen.
    """

    faults: str = ""
    search: str = ""
    players: tuple[str, ...] = ()
    since: tuple[Rerendered | Moved, ...] = ()


class News(Struct, frozen=True):
    """The state of the preview: the number of its changes, the faults, and the pages that are shown until a build ends.

    `pages` has their HTML by path; `moved` gives a page's new address by its former one; `search` is the folder of the search
    page, and `players` are the hosts of the players of films.
    """

    number: int = 0
    faults: str = ""
    pages: dict[str, bytes] = {}
    desk: Desk = Desk()
    moved: dict[str, str] = {}
    search: str = OWN["search"]
    players: tuple[str, ...] = ()

    def after(self, came: Outcome | Rerendered | Moved | Desk) -> News:
        """The news after a build has ended, its desk has come or, before that, a page or the new address of a story.

        Until the build has ended, the faults of the last one remain: they may be another file's.
        """
        number = self.number + 1
        if isinstance(came, Desk):
            return replace(self, number=number, desk=came)
        if isinstance(came, Rerendered):
            # A story may be back where it was before, and a page be open at the address that it had meanwhile.
            back = {new: old for old, new in self.moved.items() if save_as(old) == came.path}
            moved = {old: new for old, new in self.moved.items() if save_as(old) != came.path} | back
            return replace(self, number=number, pages=self.pages | {came.path: came.html}, moved=moved)
        if isinstance(came, Moved):
            stays = {old: new for old, new in self.moved.items() if old != came.new}  # or two could lead to each other
            # While a build ran, it may have moved already, and a page may be open at the address that it had meanwhile.
            left = {came.old, self.moved.get(came.old, came.old)} - {came.new}
            pages = {path: html for path, html in self.pages.items() if path not in map(save_as, left)}
            return replace(self, number=number, pages=pages, moved=stays | dict.fromkeys(left, came.new))
        news = replace(self, number=number, faults=came.faults, pages={})
        if not came.faults:
            news = replace(news, search=came.search or self.search, players=came.players)
        for each in came.since:
            news = news.after(each)
        return news

    def event_for(self, is_same: bool) -> str:
        """The event for an open page, depending on whether it `is_same` as before: show the faults, reload, or do nothing."""
        return "faults" if self.faults else "fine" if is_same else "built"


class State:
    """Holds the news, and lets threads wait for more."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.news = News()

    def take(self, came: Outcome | Rerendered | Moved | Desk) -> None:
        """Bring the news up to date with a build's outcome, its desk, a page, or a story's new address."""
        with self.changed:
            self.news = self.news.after(came)
            self.changed.notify_all()

    def follow(self, builds: Connection) -> None:
        """Take in whatever the builder sends, until it goes away."""
        while True:
            try:
                self.take(builds.recv())
            except (EOFError, OSError):
                return

    def wait(self, number: int) -> News | None:
        """Wait for news with another number than this, and return it; None if there was none for a while."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.news.number != number, HEARTBEAT)
            return self.news if came else None
