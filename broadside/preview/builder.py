"""A build of the preview in a process of its own, which then stays to render single pages anew."""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import suppress
from typing import Any

from msgspec.structs import astuple

from broadside.config.options import Options
from broadside.preview.entry import enter
from broadside.preview.state import Desk, Moved, Outcome, Rerendered

PATIENCE = 2.0
"""How many seconds to wait for a page: then the build is about to bring the page anyway."""


class Builder:
    """A build and its process, which stays to render single pages until the next build has ended.

    Each build has a process of its own, because Pelican's signals outlive a build. A forked process starts at once with all
    modules loaded; a `fresh` one loads the code anew, because it has changed.
    """

    def __init__(self, options: Options, fresh: bool) -> None:
        context: Any = multiprocessing.get_context("spawn" if fresh or sys.platform == "darwin" else "fork")
        self._line, theirs = context.Pipe()
        # Not a daemon, which may not start processes.
        self._process = context.Process(target=enter, args=(theirs, astuple(options)))
        self._process.start()
        self._stood = self._is_ready = False
        self._desk: Desk | None = None
        theirs.close()

    @property
    def has_ended(self) -> bool:
        """Whether there is an outcome to be taken."""
        return bool(self._line.poll())

    def outcome(self) -> Outcome:
        """Wait for the build to end, and return how it did; to be called once."""
        try:
            said = self._line.recv()
        except EOFError:
            return Outcome("The build ended without a message; the terminal may say more.")
        if isinstance(said, str):  # why its code could not be loaded
            return Outcome(said)
        outcome: Outcome
        outcome, self._stood = said
        return outcome

    @property
    def is_busy(self) -> bool:
        """Whether it is making a site that stood anew, to be able to render single pages; it then holds the lock."""
        self._hear()
        return self._stood and not self._is_ready

    def desk(self) -> Desk | None:
        """The desk, once; None if it is not there yet, or was taken before."""
        self._hear()
        found, self._desk = self._desk, None
        return found

    def rerendered(self, path: str) -> Rerendered | Moved | None:
        """The page of a story that was just saved, by its path relative to the content folder; None if only a build can tell.

        If all that can be said before the build is the story's new address, that is returned instead.
        """
        try:
            if not self._is_ready:
                self._note(self._answer())
            self._line.send(path)
            page = self._answer()
        except (EOFError, OSError):
            return None
        return page if isinstance(page, Rerendered | Moved) else None

    def _answer(self) -> Any:
        """What it says next; if it takes too long, it is ended, or its answer would be taken for that to the next question."""
        if not self._line.poll(PATIENCE):
            self.end()
        return self._line.recv()

    def _hear(self) -> None:
        """Note that it is ready, if it has said so meanwhile."""
        with suppress(EOFError, OSError):
            if not self._is_ready and self._line.poll():
                self._note(self._line.recv())

    def _note(self, said: Any) -> None:
        self._desk, self._is_ready = said, True

    def end(self) -> None:
        """End the process."""
        self._line.close()
        self._process.terminate()
        self._process.join()
