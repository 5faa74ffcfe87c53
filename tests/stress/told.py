"""What every fault must be, whatever was read: a place in the file, a short name that the docs
know, and words.
"""

from __future__ import annotations

import re
from functools import cache

from broadside.faults import Fault
from tests.repository import PROJECT

ROW = re.compile(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", re.M)


@cache
def codes() -> frozenset[str]:
    """The short names of faults that the documents explain."""
    text = (PROJECT / "docs" / "faults.md").read_text("utf-8")
    return frozenset(re.findall(r"`([a-z-]+)`", " ".join(ROW.findall(text))))


def lines_in(text: str) -> int:
    """The number of lines, whatever ends them."""
    return len(re.split("\r\n|\r|\n", text))


def problem_with(fault: Fault, text: str) -> str:
    """What is wrong with a fault that was found in a text; "" where nothing is."""
    if not 0 <= fault.line <= lines_in(text):
        return f"line {fault.line} is not in the file: {fault}"
    if fault.code not in codes():
        return f"the documents do not know the code: {fault}"
    if not fault.message:
        return f"it does not say what is wrong: {fault}"
    return ""
