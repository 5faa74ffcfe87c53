"""The build: the site stands as it is, or is made."""

from __future__ import annotations

import sys

from desk.options import Options
from desk.report import Report
from desk.standing import standing


def build(options: Options) -> Report:
    """Build the site; raises FaultsFound or BuildFailed, and then leaves the output as it was.

    Ctrl-C ends the process with 130, as a shell expects it.
    """
    try:
        return standing(options) or _made(options)
    except KeyboardInterrupt:
        print("Stopped; the output is as it was.", file=sys.stderr)
        raise SystemExit(130) from None


def _made(options: Options) -> Report:
    from desk.making import made  # brings Pelican, which a site that stands does not need

    return made(options)
