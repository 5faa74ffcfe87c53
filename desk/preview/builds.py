"""The builds of the preview, one after the other, and what of a save is shown before them."""

from __future__ import annotations

from collections.abc import Callable, Set
from multiprocessing.connection import Connection

from msgspec.structs import replace

from desk.options import Options
from desk.preview.builder import Builder
from desk.preview.state import Galley, Moved
from desk.preview.watch import the_story


class Builds:
    """The build that runs, if one does, and the last one, whose process pulls galleys until the next one has ended.

    So a writer who saves once more while a build runs does not wait for it either. `is_stale` says, as a build begins, whether
    the code that this process has loaded is no longer the one that lies there.
    """

    def __init__(self, options: Options, is_stale: Callable[[], bool], server: Connection) -> None:
        self._options, self._is_stale, self._server = options, is_stale, server
        self._last: Builder | None = None
        self._running: Builder | None = Builder(options, is_stale())
        self._since: list[Galley | Moved] = []
        self._is_due = False

    def saved(self, paths: Set[str]) -> None:
        """Show at once what can be shown of a save; a build of it is due."""
        self._take_outcome()
        story = the_story(self._options.content_path, paths)
        if story and self._last and (came := self._last.galley(story)):
            self._server.send(came)
            self._since.append(came)
        self._is_due = True

    def go_on(self) -> None:
        """Say how the build ended, if it has, and begin the next one, if one is due and none runs."""
        self._take_outcome()
        if self._is_due and not self._running:
            if self._last and self._last.is_busy:
                self._let_go()  # or the next build would wait for it
            self._running, self._since, self._is_due = Builder(self._options, self._is_stale()), [], False

    def end(self) -> None:
        """Let all processes go."""
        self._let_go()
        if self._running:
            self._running.end()

    def _take_outcome(self) -> None:
        if self._running and self._running.has_ended:
            self._server.send(replace(self._running.outcome(), since=tuple(self._since)))
            self._let_go()
            self._last, self._running = self._running, None

    def _let_go(self) -> None:
        if self._last:
            self._last.end()
            self._last = None
