"""Runs the preview's builds one after the other, and shows as much of a save as possible before its
build is done.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Set
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from msgspec.structs import astuple, replace

from broadside.config.options import Options
from broadside.parallel import without_ctrl_c
from broadside.preview import enter
from broadside.preview.server import Moved, Outcome, OwnPages, Rerendered
from broadside.preview.watch import the_story

PATIENCE = 2.0
"""How many seconds to wait for a page; after that the build is about to bring the page anyway."""


class Builds:
    """The running build, if any, and the last one, whose process renders single pages until the
    next build has ended.

    So a writer who saves again during a build does not have to wait for it. `is_stale` says, when a
    build begins, whether code has changed since this process loaded it.
    """

    def __init__(self, options: Options, is_stale: Callable[[], bool], server: Connection) -> None:
        self._options, self._is_stale, self._server = options, is_stale, server
        self._last: Builder | None = None
        self._running: Builder | None = Builder(options, is_stale())
        self._since: list[Rerendered | Moved] = []
        self._is_due = self._has_ended = False

    def saved(self, paths: Set[str]) -> None:
        """Show as much of a save as possible at once, and remember that a build is due."""
        self._take_outcome()
        story = the_story(self._options.content_path, paths)
        if story and self._last and (came := self._last.rerendered(story)):
            self._server.send(came)
            self._since.append(came)
        self._is_due = True

    def go_on(self) -> bool:
        """Tell the server how a build ended, and begin the next one if it is due and none is
        running.

        Returns whether a build has ended since the last call.
        """
        self._take_outcome()
        if self._last and (own := self._last.own_pages()) and own.pages:
            self._server.send(own)
        has_ended, self._has_ended = self._has_ended, False
        if self._is_due and not self._running:
            if self._last and self._last.is_busy:
                self._end_last()  # or the next build would wait for it
            self._running, self._since, self._is_due = (
                Builder(self._options, self._is_stale()),
                [],
                False,
            )
        return has_ended

    def end(self) -> None:
        """End all processes."""
        self._end_last()
        if self._running:
            self._running.end()

    def _take_outcome(self) -> None:
        if self._running and self._running.has_ended:
            self._server.send(replace(self._running.outcome(), since=tuple(self._since)))
            self._end_last()
            self._last, self._running, self._has_ended = self._running, None, True

    def _end_last(self) -> None:
        if self._last:
            self._last.end()
            self._last = None


class Builder:
    """A build and its process, which afterwards renders single pages until the next build has
    ended.

    Each build has a process of its own, because Pelican's signals outlive a build. A forked process
    starts at once with all modules loaded; a `fresh` one loads changed code again.
    """

    def __init__(self, options: Options, fresh: bool) -> None:
        # Forking is not safe on macOS, whose system libraries start threads.
        context: Any = multiprocessing.get_context(
            "spawn" if fresh or sys.platform == "darwin" else "fork"
        )
        self._line, theirs = context.Pipe()
        # Not a daemon, because daemons may not start processes.
        self._process = context.Process(target=enter, args=(theirs, astuple(options)))
        try:
            with without_ctrl_c():  # a callback of the fork would lose its exception
                self._process.start()
        except KeyboardInterrupt:  # nobody else knows of the process yet
            self.end()
            raise
        self._stood = self._is_ready = False
        self._own: OwnPages | None = None
        theirs.close()

    @property
    def has_ended(self) -> bool:
        """Whether the outcome can be fetched."""
        return bool(self._line.poll())

    def outcome(self) -> Outcome:
        """Wait for the build to end and return its outcome; call once."""
        try:
            said = self._line.recv()
        except EOFError:
            return Outcome("The build ended without a message; the terminal may say more.")
        if isinstance(said, str):  # the reason why the code could not be loaded
            return Outcome(said)
        outcome: Outcome
        outcome, self._stood = said
        return outcome

    @property
    def is_busy(self) -> bool:
        """Whether it is rebuilding an up-to-date site so that it can render single pages; it holds
        the lock meanwhile.
        """
        self._hear()
        return self._stood and not self._is_ready

    def own_pages(self) -> OwnPages | None:
        """The preview's own pages, once; None if they are not ready yet, or were taken before."""
        self._hear()
        found, self._own = self._own, None
        return found

    def rerendered(self, path: str) -> Rerendered | Moved | None:
        """The page of a story that was just saved, by its path relative to the content folder; None
        if only a build can tell.

        If only the story's new address is known before the build, that is returned instead.
        """
        try:
            if not self._is_ready:
                self._take_own(self._answer())
            self._line.send(path)
            page = self._answer()
        except (EOFError, OSError):
            return None
        if isinstance(page, Rerendered | Moved):
            return page
        return None

    def _answer(self) -> Any:
        """Its next answer; if that takes too long, end it, or the answer would be taken for that to
        the next question.
        """
        if not self._line.poll(PATIENCE):
            self.end()
        return self._line.recv()

    def _hear(self) -> None:
        """Take the own pages, if they have been sent."""
        with suppress(EOFError, OSError):
            if not self._is_ready and self._line.poll():
                self._take_own(self._line.recv())

    def _take_own(self, said: Any) -> None:
        self._own, self._is_ready = said, True

    def end(self) -> None:
        """End the process."""
        self._line.close()
        self._process.terminate()
        self._process.join()
