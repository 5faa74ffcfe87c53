"""The entry point of a build's process: it loads the code, and says so if that fails."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from typing import Any


def enter(line: Connection, options: tuple[Any, ...]) -> None:
    """Load the code and build; if the code cannot be loaded, send the reason instead of the outcome."""
    try:  # covers all of our code, so nothing of it is imported above
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
