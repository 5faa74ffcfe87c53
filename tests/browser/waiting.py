"""Waits for a page whose policy forbids what Playwright's own wait_for_function does after its
first look.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error

from tests.commands.running import until


def wait_until(page: Any, expression: str, arg: Any = None, seconds: float = 10) -> None:
    """Return once the expression is true in the page; fail after these seconds."""
    until(lambda: _holds(page, expression, arg), expression, patience=seconds)


def _holds(page: Any, expression: str, arg: Any) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error:  # the page was loaded anew meanwhile
        return False
