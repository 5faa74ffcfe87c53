"""The process of a build of the preview: it builds, and then renders single pages when it is asked to."""

from __future__ import annotations

import fnmatch
import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from broadside.config.options import OptionRefused, Options, draft_pattern, settings_in
from broadside.media.films import frame_hosts
from broadside.parallel import die_with_parent
from broadside.preview.state import Desk, Outcome
from broadside.terminal import bars, coloured
from broadside.trouble import told
from broadside.urls import OWN, save_as

if TYPE_CHECKING:
    from broadside.build.run import Build

SHOWN = 5
"""How many drafts' addresses are printed after a build; more would push the rest off the screen."""


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
        rerender, found = None, _desk(options, builds)
        if builds:
            from broadside.preview.rerender import Rerender

            rerender = Rerender(builds.pop())
        line.send(found)
        while True:
            path = line.recv()
            line.send(rerender.page(path) if rerender else None)
    except (EOFError, OSError):
        return
    except KeyboardInterrupt:
        os._exit(130)


def _build(options: Options, builds: list[Build]) -> Outcome:
    from broadside.build.build import build
    from broadside.build.report import BuildFailed, NotNoted, mending, sources_of
    from broadside.faults import FaultsFound, render

    try:
        with bars():
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
        print(coloured(render(report.warnings, "text", sources_of(report.warnings)), sys.stdout))
    drafts = save_as(draft_pattern(options).format(slug="*"))
    print(*addresses(options.siteurl, fnmatch.filter(report.written, drafts)), sep="", end="", flush=True)
    settings = settings_in(options.conf)
    players = tuple(frame_hosts(settings.get("EMBEDS", ())))
    return Outcome(search=settings.get("SEARCH_URL") or OWN["search"], players=players)


def _desk(options: Options, builds: list[Build]) -> Desk:
    """The desk; an empty one if the content cannot be read at all, of which the build has told."""
    with suppress(Exception):
        from broadside.preview.desk import desk

        return desk(options, builds[-1] if builds else None)
    return Desk()


def _build_anyway(options: Options, builds: list[Build]) -> None:
    """Build a site that is up to date, so that what the page of the first save is made of is in memory."""
    from broadside.build.run import make_site
    from broadside.build.up_to_date import inputs

    with suppress(Exception):  # it was sound a moment ago; if something is wrong by now, the next build will say so
        make_site(options, inputs(options), builds.append)


def addresses(siteurl: str, drafts: list[str]) -> list[str]:
    """Lines with the addresses of drafts and held stories that were written; nothing on the site links to them."""
    lines = [f"  {siteurl}/{path.removesuffix('index.html')}\n" for path in drafts[:SHOWN]]
    return [*lines, f"  and {len(drafts) - SHOWN} more: {siteurl}/drafts/\n"] if len(drafts) > SHOWN else lines


def _failed(words: str) -> Outcome:
    """Print why a build failed, and return that as its outcome."""
    print(coloured(words, sys.stderr), file=sys.stderr, flush=True)
    return Outcome(words)
