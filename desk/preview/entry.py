"""Where a build's process begins. It loads the code, which a save or a pull may have broken, and says so in words."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from typing import Any


def enter(line: Connection, options: tuple[Any, ...]) -> None:
    """Build; what keeps the code from being loaded goes down the line in the place of the outcome."""
    try:  # nothing of ours is loaded before, not even for the options
        from desk.options import Options
        from desk.preview.builder import work
        from desk.preview.galley import Galleys  # brings Pelican, which the server that is told does without
    except Exception as problem:
        from desk.trouble import told

        words = told(problem)
        print(words, file=sys.stderr, flush=True)
        line.send(words)
    else:
        work(Options(*options), line, Galleys())
