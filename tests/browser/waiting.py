"""Waits for a page whose policy forbids what Playwright's own wait_for_function does after its first look."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Error


def wait_until(page: Any, expression: str, arg: Any = None, seconds: float = 10) -> None:
    """Return once the expression is true in the page; fail after these seconds."""
    last = time.monotonic() + seconds
    while not _holds(page, expression, arg):
        assert time.monotonic() < last, f"never true: {expression}"
        page.wait_for_timeout(20)


def _holds(page: Any, expression: str, arg: Any) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error:  # the page was loaded anew meanwhile
        return False
