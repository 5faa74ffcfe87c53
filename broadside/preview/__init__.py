"""The live preview: one process watches and builds, another serves pages and notifies the
browser.
"""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from typing import Any


def enter(line: Connection, options: tuple[Any, ...]) -> None:
    """Start the process of a build: load the code and build; if the code cannot be loaded, send the
    reason as the outcome.

    A spawned process imports this module first, so this function is here, where nothing of ours is
    imported.
    """
    try:  # covers all of our code
        from broadside.digests import of_code

        of_code()  # before the code that it digests is loaded
        from broadside.config.options import Options
        from broadside.preview.process import work
    except Exception as problem:
        from broadside.trouble import told

        words = told(problem)
        print(words, file=sys.stderr, flush=True)
        line.send(words)
    else:
        work(Options(*options), line)
