"""Runs the preview's builds one after the other, and shows what can be shown of a save before its build is done."""

from __future__ import annotations

from collections.abc import Callable, Set
from multiprocessing.connection import Connection

from msgspec.structs import replace

from broadside.config.options import Options
from broadside.preview.builder import Builder
from broadside.preview.state import Moved, Rerendered
from broadside.preview.watch import the_story


class Builds:
    """The build that is running, if any, and the last one, whose process renders single pages until the next build has ended.

    So a writer who saves again while a build runs does not wait for it either. `is_stale` says, as a build begins, whether
    code has changed since this process loaded it.
    """

    def __init__(self, options: Options, is_stale: Callable[[], bool], server: Connection) -> None:
        self._options, self._is_stale, self._server = options, is_stale, server
        self._last: Builder | None = None
        self._running: Builder | None = Builder(options, is_stale())
        self._since: list[Rerendered | Moved] = []
        self._is_due = self._has_ended = False

    def saved(self, paths: Set[str]) -> None:
        """Show at once what can be shown of a save, and note that a build is due."""
        self._take_outcome()
        story = the_story(self._options.content_path, paths)
        if story and self._last and (came := self._last.rerendered(story)):
            self._server.send(came)
            self._since.append(came)
        self._is_due = True

    def go_on(self) -> bool:
        """Tell the server how the build ended, if it has, and begin the next one, if it is due and none is running.

        Returns whether a build has ended since the last time.
        """
        self._take_outcome()
        if self._last and (desk := self._last.desk()) and desk.html:
            self._server.send(desk)
        has_ended, self._has_ended = self._has_ended, False
        if self._is_due and not self._running:
            if self._last and self._last.is_busy:
                self._end_last()  # or the next build would wait for it
            self._running, self._since, self._is_due = Builder(self._options, self._is_stale()), [], False
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
