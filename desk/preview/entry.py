"""Where a build's process begins: it loads the code, and says so if a save or a pull has broken it."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from typing import Any


def enter(line: Connection, options: tuple[Any, ...]) -> None:
    """Build; if the code cannot be loaded, the reason goes down the line in place of the outcome."""
    try:  # which covers all of our code, even that of the options
        from plugins.fingerprint import of_code

        of_code()  # before what it is the digest of is loaded
        from desk.options import Options
        from desk.preview.builder import work
        from desk.preview.galley import Galleys  # here, because it brings Pelican, which the server does without
    except Exception as problem:
        from desk.trouble import told

        words = told(problem)
        print(words, file=sys.stderr, flush=True)
        line.send(words)
    else:
        work(Options(*options), line, Galleys())
