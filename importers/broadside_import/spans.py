"""What stands between an opening and its closing, in one pass over the text.

A regular expression for the whole span looks through the rest of the text once for each opening that nothing closes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable


def replaced(
    text: str,
    opening: re.Pattern[str],
    closing: re.Pattern[str],
    made: Callable[[re.Match[str], str, str], str],
    end: str = "",
) -> str:
    """The text with what `made` gives for each span from an opening to the next closing of its name, which is the one group of both.

    `made` is given the opening, what is written from there up to the sign `end`, and what stands between that and the closing.
    """
    closings: dict[str, list[tuple[int, int]]] = {}
    for match in closing.finditer(text):
        closings.setdefault(match[match.lastindex or 0].lower(), []).append(match.span())
    parts: list[str] = []
    at = done = 0
    sign = -1
    while closings and (opened := opening.search(text, at)):
        at = start = opened.end()
        if end:
            sign = sign if sign >= at else text.find(end, at)
            if sign < 0:
                break
            start = sign + len(end)
        places = closings.get(opened[opened.lastindex or 0].lower(), [])
        number = bisect_left(places, (start, 0))
        if number == len(places):
            continue
        close, after = places[number]
        parts += (text[done : opened.start()], made(opened, text[at : start - len(end)], text[start:close]))
        at = done = after
    return "".join((*parts, text[done:]))


def alone(text: str, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str], end: str = "]") -> str:
    """The text with what `made` gives for each match of a pattern that ends with the sign `end`; after the last one none is sought."""
    last = text.rfind(end) + len(end)
    return pattern.sub(made, text[:last]) + text[last:] if last else text
