"""Which Python measures: one that was built without its optimisations takes a seventh longer."""

from __future__ import annotations

import platform
import sys
import sysconfig

OF_SYSTEM = "/usr"
"""Where a distribution's Python is: those are optimised, though their makers do it by other means
than the option.
"""
OPTION = "--enable-optimizations"
SLOW = (
    f"This Python was built without {OPTION}, which makes our builds slower than an outlet's, and"
    " other tools' not. Measure with the system's: rm -r .venv, and run ./inv with that python3"
    " first on the PATH."
)


def interpreter() -> str:
    """The version of this Python, and whether it was built with its optimisations."""
    how = "optimised"
    if not is_optimised():
        how = f"built without {OPTION}"
    return f"Python {platform.python_version()} ({how})"


def is_optimised() -> bool:
    """Whether this Python was built with profiles of its own runs."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    return OPTION in options or sys.base_prefix == OF_SYSTEM
