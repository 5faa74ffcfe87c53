"""Builds the site, or finds that nothing has changed and it is up to date."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from broadside.build.report import Report, placed
from broadside.build.up_to_date import facts, inputs, up_to_date
from broadside.config.options import Options, settings_in
from broadside.faults import FaultsFound
from broadside.stopping import STOPPED, stoppable

if TYPE_CHECKING:  # it loads Pelican
    from broadside.build.run import Build


def build(options: Options, keep: Callable[[Build], object] = bool) -> Report:
    """Build the site; raises FaultsFound or BuildFailed, and then leaves the output as it was.

    Faults and warnings have paths that the user can open. Ctrl-C ends the process with STOPPED, and
    is ignored once the new site is out. `keep` is called with the finished Build.
    """
    started = time.monotonic()
    try:
        with stoppable():
            report = _checked_or_made(options, keep)
    except FaultsFound as found:
        raise FaultsFound(placed(found.faults, options)) from None
    except KeyboardInterrupt:
        raise SystemExit(STOPPED) from None
    report.warnings = placed(report.warnings, options)
    report.seconds = time.monotonic() - started
    return report


def _checked_or_made(options: Options, keep: Callable[[Build], object]) -> Report:
    settings = settings_in(options.conf)
    # Before anything is read, so that the next build sees a change made meanwhile.
    made_of = inputs(options, settings)
    report = up_to_date(options, made_of, settings)
    if report is None:
        from broadside.build.run import make_site

        return make_site(options, made_of, keep)
    if options.production:  # the same site may come from a new commit, which the release must name
        from broadside.build.release import note_release

        note_release(options, *facts(options))
    return report
