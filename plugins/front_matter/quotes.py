"""Finds slips in quoting a value, or missing quotation marks, and says how the value should be written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadside.plugins.faults import quoted

Slip = tuple[int, int, str, str, str]
"""Line and column, from 0, and the fault's code, message and hint."""

BEFORE = r"(?P<before>[ ]*(?:- +)*)"
START = BEFORE + r"(?P<key>[A-Za-z_]\w*[ ]*:[ ]+)?"
"""Anything before a value: the hyphens of lists, and its key."""
VALUE = re.compile(START + r"(?P<value>[^\s#].*)")
OPENED = re.compile(START + r"(?P<value>(?P<sign>\[[^\[\]]*\]|\{[^{}]*\})[ ]*[^\s#,:].*)")
"""A value that begins with brackets and continues after them."""
QUOTED = re.compile(START + r"""(?P<value>(?P<sign>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ ]*[^\s#].*)""")
"""A value that begins with quotation marks and continues after them."""
CURLY = re.compile(r"[^:]*:[ ]+[“”„«»‘’‚‹›]")
"""A key with a value in quotation marks that mean nothing to YAML."""
CURLED = {"'": "‘’‚", '"': "“”„‟"}
"""YAML's quotation marks, with the characters that a word processor puts in their place."""
CONTINUED = re.compile(r"[ ]+(?!- |#|[A-Za-z_]\w*[ ]*:(?:\s|$))\S")
"""A line that continues the value above it."""
TWO_PAIRS = re.compile(r"(?<=\w)'(?=[\s,.;:]).*\s'(?=\w)")
"""Single quotation marks, of which one pair ends before another begins."""
SHOWN = 60
"""The longest value, in letters, that a hint shows as it should be written."""
IN_QUOTES = "put the whole value in quotes, and write each ' within it twice: '…'"


def opened(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a value whose brackets at the start YAML takes for a list or for keys."""
    value = OPENED.match(lines[at])
    if value is None:
        return None
    sign = value["sign"][0]
    message = f"{quoted(sign)} begins a {'list' if sign == '[' else 'set of keys'} here, and words follow its end"
    return at, value.start("value"), "yaml", message, _whole(lines, at, value["value"].rstrip())


def ended(lines: Sequence[str], at: int, column: int) -> Slip | None:
    """The slip of a value with its first words in quotation marks, which YAML takes for the whole value."""
    value = QUOTED.match(lines[at])
    if value is None or lines[at][value.end("sign") : column].strip() or column < value.end("sign"):
        return None  # marks opened further up may end here
    message = "the quotation marks end here, and more words follow"
    return at, value.end("sign") - 1, "yaml", message, _whole(lines, at, value["value"].rstrip(), value["sign"])


def with_colon(lines: Sequence[str], at: int, column: int) -> Slip | None:
    """The slip of a value that contains a colon and a space, which YAML takes for another key."""
    value = VALUE.match(lines[at])
    if value is None or not value["key"] or column < value.start("value"):
        return None
    if (curly := CURLY.match(lines[at])) and curly.end() <= column:
        message = "this value has a colon in it, and its quotation marks are not straight"
        return at, curly.end() - 1, "yaml", message, 'put the value in straight ones: "…"'
    message = "this value has a colon with a space in it, which YAML takes for another key"
    return at, column, "yaml", message, _whole(lines, at, value["value"].rstrip())


def unclosed(lines: Sequence[str], at: int, column: int) -> Slip | None:
    """The slip of an unclosed quotation mark at this place."""
    sign, words = lines[at][column : column + 1], lines[at][column:].rstrip()
    if sign not in CURLED:  # without its C part, PyYAML counts some characters differently
        return None
    value = VALUE.match(lines[at])
    if words[-1] in CURLED[sign]:
        message = "the quotation mark at the end of this value is not straight"
        return at, len(lines[at].rstrip()) - 1, "yaml", message, f"write {sign} there"
    message, hint = "the quotation mark that begins this value is not closed", "close it"
    if value and value.start("value") == column and len(words) <= SHOWN:
        hint = f"close it: {words}{sign}" if sign == '"' else f"close it; or where it is an apostrophe, {_as(words)}"
    return at, column, "yaml", message, hint


def ended_below(lines: Sequence[str], at: int, column: int) -> Slip | None:
    """The slip of a quotation mark further up that only the first mark of this line, before the column, closes."""
    sign = lines[at][:column].rstrip()[-1:]
    if sign not in CURLED:
        return None
    above = next((number for number in range(at - 1, -1, -1) if sign in lines[number]), at)
    value = VALUE.match(lines[above])
    is_open = above < at and value and value["value"][0] == sign and value["value"].count(sign) == 1
    return unclosed(lines, above, value.start("value")) if value and is_open else None


def _meant(sign: str, words: str) -> str:
    """A value as its writer meant it: marks within are not doubled, and marks around all of it are not part of it.

    `sign` is what YAML took for the whole value.
    """
    mark, rest = words[0], words[len(sign) :]
    plain = words.replace("''", "'") if mark == "'" and len(sign) > 2 else words.replace('\\"', '"')
    encloses = words[-1] == mark and rest[0].isalnum() and not TWO_PAIRS.search(rest[:-1])
    return plain[1:-1] if encloses else plain


def _whole(lines: Sequence[str], at: int, words: str, sign: str = "") -> str:
    """The hint for a value that YAML takes for something else; one that is long or continues below is not shown.

    `sign` is what YAML took for the whole value, in quotation marks.
    """
    goes_on = at + 1 < len(lines) and CONTINUED.match(lines[at + 1])
    return IN_QUOTES if goes_on or len(words) > SHOWN else _as(_meant(sign, words) if sign else words)


def _as(meant: str) -> str:
    """A value as it must be written if it contains characters that mean something in YAML."""
    is_plain = '"' not in meant and "\\" not in meant
    return "put the whole value in quotes: " + (f'"{meant}"' if is_plain else "'" + meant.replace("'", "''") + "'")
