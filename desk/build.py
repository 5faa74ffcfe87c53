"""The build: the site stands as it is, or is made."""

from __future__ import annotations

import sys
import time

from desk.options import Options
from desk.report import Report, placed
from desk.standing import facts, inputs, standing
from plugins.faults import FaultsFound


def build(options: Options) -> Report:
    """Build the site; raises FaultsFound or BuildFailed, and then leaves the output as it was.

    Faults and warnings have paths that the user can open. Ctrl-C ends the process with 130, as a shell expects it.
    """
    started = time.monotonic()
    try:
        report = _built(options)
    except FaultsFound as found:
        raise FaultsFound(placed(found.faults, options)) from None
    except KeyboardInterrupt:
        print("Stopped; the output is as it was.", file=sys.stderr)
        raise SystemExit(130) from None
    report.warnings = placed(report.warnings, options)
    report.seconds = time.monotonic() - started
    return report


def _built(options: Options) -> Report:
    made_of = inputs(options)  # before anything is read, so that a later change shows
    report = standing(options, made_of)
    if report is None:
        from desk.templates import ahead

        give = ahead(options)
        # It brings Pelican, which a site that stands does without; templates are compiled meanwhile.
        from desk.making import made

        return made(options, made_of, give)
    if options.production:  # another commit may have made the same site
        from desk.publish.built import note_release

        note_release(options, *facts(options))
    return report
