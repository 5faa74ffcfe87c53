"""The build: read, print into the second tree, exchange it with the output, and say what was done."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from desk.options import PROJECT, Options, settings_of
from desk.staging import OutputRefused, Staging
from plugins.faults import Fault, FaultsFound, count
from plugins.newsroom.folder import scan
from plugins.press.sheets import Printed


@dataclass(slots=True)
class Report:
    """What a build did: stories by status, what was printed, its warnings, and the moment that it called now."""

    stories: Counter[str] = field(default_factory=Counter)
    printed: Printed = field(default_factory=Printed)
    warnings: list[Fault] = field(default_factory=list)
    seconds: float = 0.0
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __str__(self) -> str:
        published, held, drafted = (self.stories[state] for state in ("published", "held", "draft"))
        stories = f"{count(published, 'story')} published, {held:,} held, {drafted:,} drafted"
        if self.stories["hidden"]:
            stories += f", {self.stories['hidden']} hidden"
        pages = f"{count(len(self.printed.written), 'page')} written, {len(self.printed.skipped):,} skipped"
        if self.printed.removed:
            pages += f", {len(self.printed.removed):,} removed"
        return f"{stories}; {pages}; {self.seconds:.2f} s"


class BuildFailed(Exception):
    """The build stopped for a reason that is not in the content; the output is as it was."""


def build(options: Options) -> Report:
    """Build the site; raises FaultsFound, OutputRefused or BuildFailed, and then leaves the output as it was.

    Ctrl-C ends the process with 130, as a shell expects it.
    """
    try:
        return _build(options)
    except KeyboardInterrupt:
        print("Stopped; the output is as it was.", file=sys.stderr)
        raise SystemExit(130) from None


def _build(options: Options) -> Report:
    started = time.monotonic()
    if not options.content_path.is_dir():  # Pelican would stop at it with a traceback
        raise FaultsFound(scan(options.content_path).faults)
    staging = Staging(options.output_path, options.cache_path, (options.content_path, PROJECT))
    with (
        staging.locked(lambda: print("Another build of this output is running; waiting for it …", file=sys.stderr)),
        _no_collector(),
    ):
        report = Report()
        settings = settings_of(options, staging.tree)
        if staging.prepare(fresh=options.clean):
            settings["LIVE_PATH"] = str(staging.output)
        _run_pelican(settings, report)
        if report.printed.written or report.printed.removed or not options.output_path.exists():
            staging.commit(report.printed)
        _note(options, settings, report)
    report.seconds = time.monotonic() - started
    return report


def _note(options: Options, settings: dict[str, Any], report: Report) -> None:
    """Note what was built, where it may be published; what shows drafts, or was built to be looked at, may not."""
    from desk.publish import built

    if options.production and not settings.get("SHOW_DRAFTS"):
        built.note(options, report.now, settings["SITEURL"])
    else:
        built.forget(options)


def _run_pelican(settings: dict[str, Any], report: Report) -> None:
    import logging

    from pelican import Pelican
    from pelican.plugins import signals

    logging.getLogger("pelican").setLevel(logging.ERROR)
    ours = logging.getLogger("broadside")
    ours.setLevel(logging.INFO)
    ours.handlers = [logging.StreamHandler()]
    ours.propagate = False
    wanted = list(settings["PLUGINS"])

    def note_newsroom(generators: list[Any]) -> None:
        _count_stories(generators[0].context, report)

    def note_printed(_: Any, printed: Printed) -> None:
        report.printed = printed

    class Here(Pelican):  # type: ignore[misc,unused-ignore]
        def init_path(self) -> None:
            """Leave the module search as it is: Pelican puts the current folder first, where a guest's numpy.py may lie."""

    with _quiet_console():
        pelican = Here(settings)
        missing = [name for name in wanted if name not in settings["PLUGINS"]]
        if missing:
            raise BuildFailed(f"the plugin {missing[0]} could not be loaded; the lines above say why")
        from plugins.press import printed as printed_signal

        signals.all_generators_finalized.connect(note_newsroom)
        printed_signal.connect(note_printed)
        with _reasons():
            pelican.run()


@contextmanager
def _reasons() -> Iterator[None]:
    """Say in one line why a build stopped, where the reason is the theme's or the settings' and no bug of ours."""
    from jinja2 import TemplateError, TemplateSyntaxError
    from pelican.generators import PelicanTemplateNotFound

    from plugins.assets.bundle import AssetFailed
    from plugins.press.sheets import TwoForOnePlace, Unsound
    from plugins.search.corpus import SearchFailed

    try:
        yield
    except TemplateSyntaxError as problem:
        raise BuildFailed(f"{problem.filename or problem.name}:{problem.lineno}: {problem.message}") from None
    except (TemplateError, PelicanTemplateNotFound) as problem:
        raise BuildFailed(f"a template failed: {type(problem).__name__}: {problem}") from None
    except (AssetFailed, TwoForOnePlace, SearchFailed) as problem:
        raise BuildFailed(str(problem)) from None
    except Unsound as problem:
        raise BuildFailed(f"{problem}\nA theme, a setting or Broadside itself is to blame, no story.") from None


def _count_stories(context: dict[str, Any], report: Report) -> None:
    from plugins.newsroom.addresses import status

    newsroom, desk = context["newsroom"], context["desk"]
    report.now = desk.now
    report.stories.update(status(record.data, desk.now) for record in newsroom.of_kind("story"))
    report.warnings = [fault for fault in newsroom.faults if fault.severity == "warning"]


@contextmanager
def _quiet_console() -> Iterator[None]:
    """Keep Pelican's own closing line off the screen; ours says more."""
    from pelican.log import console

    console.quiet = True
    try:
        yield
    finally:
        console.quiet = False


@contextmanager
def _no_collector() -> Iterator[None]:
    """Turn the garbage collector off: a build makes many values and drops few, so looking for them is lost time."""
    was_on = gc.isenabled()  # ./inv starts with it off
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # or it would look through all of them as the process ends
        if was_on:
            gc.enable()


def placed(faults: list[Fault], options: Options) -> list[Fault]:
    """The faults with paths as the user can open them from where they stand."""
    return sorted(
        fault.at(options.content_prefix + fault.path if not os.path.isabs(fault.path) else fault.path)
        for fault in faults
    )


__all__ = ["BuildFailed", "FaultsFound", "OutputRefused", "Report", "build", "placed"]
