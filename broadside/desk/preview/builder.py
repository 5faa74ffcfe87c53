"""A build of the preview in a process of its own, which then stays to render single pages anew."""

from __future__ import annotations

import fnmatch
import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple

from broadside.desk.options import OptionRefused, Options, draft_pattern
from broadside.desk.preview.entry import enter
from broadside.desk.preview.state import Moved, Outcome, Rerendered
from broadside.desk.trouble import told
from broadside.plugins.parallel import die_with_parent
from broadside.plugins.urls import save_as

if TYPE_CHECKING:
    from broadside.plugins.build import Build

READY = "ready"
"""What a builder's process says once it can render single pages."""
SHOWN = 5
"""How many drafts' addresses are printed after a build; more would push the rest off the screen."""
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
        with suppress(EOFError, OSError):
            self._is_ready = self._is_ready or (self._line.poll() and self._line.recv() == READY)
        return self._stood and not self._is_ready

    def rerendered(self, path: str) -> Rerendered | Moved | None:
        """The page of a story that was just saved, by its path relative to the content folder; None if only a build can tell.

        If all that can be said before the build is the story's new address, that is returned instead.
        """
        try:
            self._is_ready = self._is_ready or self._answer() == READY
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

    def end(self) -> None:
        """End the process."""
        self._line.close()
        self._process.terminate()
        self._process.join()


def work(options: Options, line: Connection) -> None:
    """Build, and then render single pages for the process at the other end of the line."""
    watcher = multiprocessing.parent_process()
    if watcher and watcher.pid:
        # A forked process also holds its parent's end of the line, and would wait for ever.
        die_with_parent(watcher.pid)
    builds: list[Build] = []
    try:
        outcome = _build(options, builds)
        was_up_to_date = not (outcome.faults or builds)
        line.send((outcome, was_up_to_date))
        if was_up_to_date:
            _build_anyway(options, builds)
        rerender = None
        if builds:
            from broadside.desk.preview.rerender import Rerender

            rerender = Rerender(builds.pop())
        line.send(READY)
        while True:
            path = line.recv()
            line.send(rerender.page(path) if rerender else None)
    except (EOFError, OSError):
        return
    except KeyboardInterrupt:
        os._exit(130)


def _build(options: Options, builds: list[Build]) -> Outcome:
    from broadside.desk.build import build
    from broadside.desk.report import BuildFailed, NotNoted, mending, sources_of
    from broadside.plugins.faults import FaultsFound, render

    try:
        report = build(options, builds.append)
    except FaultsFound as found:
        return _failed(render(found.faults, "text", sources_of(found.faults)))
    except (BuildFailed, NotNoted) as problem:
        return _failed(str(problem))
    except OptionRefused as problem:
        return _failed(str(problem.message))
    except Exception as problem:
        return _failed(told(problem))
    print(*mending(report), report, sep="\n")
    if report.warnings:
        print(render(report.warnings, "text", sources_of(report.warnings)))
    drafts = save_as(draft_pattern(options).format(slug="*"))
    print(*addresses(options.siteurl, fnmatch.filter(report.written, drafts)), sep="", end="", flush=True)
    return Outcome(drafts=drafts)


def _build_anyway(options: Options, builds: list[Build]) -> None:
    """Build a site that is up to date, so that what the page of the first save is made of is in memory."""
    from broadside.desk.making import make_site
    from broadside.desk.up_to_date import inputs

    with suppress(Exception):  # it was sound a moment ago; if something is wrong by now, the next build will say so
        make_site(options, inputs(options), builds.append)


def addresses(siteurl: str, drafts: list[str]) -> list[str]:
    """Lines with the addresses of drafts and held stories that were written; nothing on the site links to them."""
    lines = [f"  {siteurl}/{path.removesuffix('index.html')}\n" for path in drafts[:SHOWN]]
    return [*lines, f"  and {len(drafts) - SHOWN} more: {siteurl}/drafts/\n"] if len(drafts) > SHOWN else lines


def _failed(words: str) -> Outcome:
    """Print why a build failed, and return that as its outcome."""
    print(words, file=sys.stderr, flush=True)
    return Outcome(words)
