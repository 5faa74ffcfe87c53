"""Slips of the keyboard that YAML tells at another line, or in words that lead astray: the line at which to mend them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from plugins.faults import count, quoted
from plugins.vocabulary import ALIASES, AUTHOR_KEYS, PLURALS, ROUNDUP_KEYS, STORY_KEYS, WORDS

BEFORE = r"(?P<before>[ ]*(?:- +)*)"
KEY = re.compile(BEFORE + r"(?P<key>[A-Za-z_]\w*)[ ]*:(?:\s|$)")
TIGHT = re.compile(BEFORE + r"(?P<key>[A-Za-z_]\w*):(?![/:])\S")
COMMENT = re.compile(r"\s*[^\s#].*?[ \t](?P<comment>#.*)")
KNOWN = frozenset(
    {*STORY_KEYS, *AUTHOR_KEYS, *ROUNDUP_KEYS, *ALIASES, *PLURALS, *WORDS, "url", "slot", "story", "until"}
)

Slip = tuple[int, int, str, str]
"""Line and column, from 0, what is wrong, and what to do."""


def slip(text: str, problem: yaml.MarkedYAMLError) -> Slip | None:
    """The slip that made YAML unreadable, where it is one of the common ones."""
    said = f"{problem.context or ''} {problem.problem or ''}"
    lines = text.rstrip("\n").split("\n")
    mark = problem.problem_mark
    if mark is None:
        return None
    at = min(mark.line, len(lines) - 1)
    line = lines[at]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return at, line.index("\t"), "this line begins with a tab", "delete it; what is indented begins with spaces"
    if "could not find expected ':'" in said and problem.context_mark:
        return _no_colon(lines, problem.context_mark.line)
    if "<document start>" in said:  # the first line is indented, and YAML takes the second for another document
        at = next((i for i, each in enumerate(lines) if _has_words(each)), 0)
    above = next((i for i in range(at - 1, -1, -1) if _has_words(lines[i])), -1)
    if "mapping values" in said:
        missing = _no_colon(lines, above) if above >= 0 and _column(lines[above]) == _column(line) else None
        key = KEY.match(line)
        return missing or (_indented(lines, at) if key and line.find(":") == mark.column else None)
    if "did not find expected" in said and above >= 0 and (remark := COMMENT.match(lines[above])):
        message = f"what stands after # is lost: {quoted(remark['comment'])}"
        return above, remark.start("comment"), message, "put the value in quotes; a remark has a line of its own"
    return _indented(lines, at) if "did not find expected" in said else None


def _has_words(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _column(line: str) -> int:
    """Where the words of a line begin, behind the hyphen of a list's entry."""
    before = re.match(BEFORE, line)
    return before.end() if before else 0


def _no_colon(lines: Sequence[str], at: int) -> Slip | None:
    line = lines[at]
    if KEY.match(line):
        return None
    if tight := TIGHT.match(line):
        column, message = tight.end("key") + 1, "this line has no space after its colon"
        return at, column, message, f'write "{tight["key"]}: "'
    return at, _column(line), "this line has no colon", "each line is a key, a colon, a space and a value"


def _indented(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a key that begins elsewhere than the keys above it."""
    key = KEY.match(lines[at])
    if not key or not key["before"].startswith(" ") or "-" in key["before"] or key["key"].lower() not in KNOWN:
        return None
    column = key.start("key")
    others = (KEY.match(each) for each in reversed(lines[:at]))
    wanted = next((other.start("key") for other in others if other and other.start("key") < column), 0)
    message = f"this line begins with {count(column, 'space')}"
    hint = "delete what stands before the key" if not wanted else f"begin it with {wanted}, as the keys above it"
    return at, 0, message, hint
