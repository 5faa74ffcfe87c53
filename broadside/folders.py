"""Where the engine is, and where the outlet is that it works for."""

from __future__ import annotations

import sys
from pathlib import Path

CONF = "pelicanconf.py"
ROOT_FLAG = "--search-root"
"""Invoke's flag for the folder of tasks.py; ./inv passes it, so that a command works from any
folder.
"""


def outlet_of(folder: Path) -> Path | None:
    """The folder itself or the nearest one above it that holds an outlet's settings."""
    return next((each for each in (folder, *folder.parents) if (each / CONF).is_file()), None)


def _outlet() -> Path:
    if ROOT_FLAG in sys.argv[:-1]:
        return Path(sys.argv[sys.argv.index(ROOT_FLAG) + 1]).absolute()
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the current folder was deleted
        return Path("/")
    return outlet_of(here) or here


ENGINE = Path(__file__).absolute().parent
DOCS_AND_LOCKS = ENGINE if (ENGINE / "requirements.lock").is_file() else ENGINE.parent
"""Where the docs and locks are: beside the code of an installed engine, or above it in the engine's
own repository.
"""
OUTLET = _outlet()
