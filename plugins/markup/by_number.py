"""Finds forbidden characters that are written by number, such as &#8238;."""

from __future__ import annotations

import re
from html import unescape

from broadside.plugins.letters import UNPRINTABLE, direction_problem
from broadside.plugins.markup.guard import Problem

START = "&#"
NUMBER = re.compile(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);?")
NONE = ("", "\ufffd")
"""The results of a number that no character has, such as 0: nothing, or the replacement character."""


def problem_in(text: str) -> Problem | None:
    """The first forbidden character in HTML or Markdown that is written by number, or None."""
    if START not in text:
        return None
    for match in NUMBER.finditer(text):
        char = unescape(match[0])
        if char in NONE or UNPRINTABLE.search(char):
            return match[0], "control-character", f"{match[0][:20]} cannot be printed", "delete it"
    turn = direction_problem(NUMBER.sub(lambda match: unescape(match[0]), text))
    return (
        (START, "direction", f"a character that is written by number turns the text: {turn[1]}", turn[2])
        if turn
        else None
    )
