"""Finds typing errors that YAML reports at another line, or in misleading words, and the line to mend."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from broadside.plugins.faults import count, quoted
from broadside.plugins.front_matter.quotes import BEFORE, Slip, ended, ended_below, opened, unclosed, with_colon
from broadside.plugins.letters import HARD_SPACES
from broadside.plugins.vocabulary import ALIASES, AUTHOR_KEYS, PLURALS, ROUNDUP_KEYS, STORY_KEYS, WORDS

KEY = re.compile(BEFORE + r"(?P<key>[A-Za-z_]\w*)[ ]*:(?:\s|$)")
TIGHT = re.compile(BEFORE + r"(?P<key>[A-Za-z_]\w*):(?![/:])\S")
TOP = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ ]*:(?![/:])")
"""A key at the top level."""
FIRST_WORD = re.compile(r"(?P<before>[\s-]*)(?P<key>[A-Za-z_]\w*)")
HARD_SPACE = re.compile(BEFORE + rf"(?P<key>[A-Za-z_]\w*)[ ]*:(?P<space>[{HARD_SPACES}])")
"""A key with a kind of space after its colon that YAML takes for a letter."""
COMMENT = re.compile(r"\s*[^\s#].*?[ \t[{,](?P<comment>#.*)")
TIGHT_HYPHEN = re.compile(r"[ ]*-(?P<key>[A-Za-z_]\w*)[ ]*:(?:\s|$)")
"""An entry of a list without a space after its hyphen."""
TIGHT_ENTRY = re.compile(r"[ ]*-(?P<words>[^\W\d_].*)")
"""The same for an entry that is only words."""
NO_SPACE = "this line has no space after its hyphen"
OF_ENTRIES = frozenset({"date", "type", "text", "label", "url", "slot", "story", "until", "name", "role"})
"""Keys in the entries of lists."""
KNOWN = frozenset({*STORY_KEYS, *AUTHOR_KEYS, *ROUNDUP_KEYS, *ALIASES, *PLURALS, *WORDS, *OF_ENTRIES})


def slip(text: str, problem: yaml.MarkedYAMLError) -> Slip | None:
    """The slip that made YAML unreadable, if it is one of the common ones."""
    said = f"{problem.context or ''} {problem.problem or ''}"
    lines = text.rstrip("\n").split("\n")
    at, column = _place(problem.problem_mark, lines)
    began, first_column = _place(problem.context_mark, lines)
    above = next((i for i in range(at - 1, -1, -1) if _has_words(lines[i])), at)
    found: Slip | None = None
    if "quoted scalar" in said:
        found = unclosed(lines, began, first_column) if "end of stream" in said else None
    elif "parsing a flow" in said:
        found = _remark(lines, began)
    elif "\t" in lines[at][: len(lines[at]) - len(lines[at].lstrip())]:
        hint = "delete it; what is indented begins with spaces"
        found = at, lines[at].index("\t"), "yaml", "this line begins with a tab", hint
    elif "could not find expected ':'" in said:
        found = _no_colon(lines, began)
    elif "<document start>" in said:  # dots end a document; or the first line is indented, and the next is another one
        found = _dots(lines, at) or _indented(lines, next((i for i, each in enumerate(lines) if _has_words(each)), 0))
    elif "mapping values" in said:
        missing = _no_colon(lines, above) if above < at and _column(lines[above]) == _column(lines[at]) else None
        first = _indented(lines, at) if lines[at].find(":") == column else None
        found = missing or _tight_hyphen(lines, above) or first or with_colon(lines, at, column)
    elif "block sequence entries" in said:
        found = ended(lines, at, column)
    elif "did not find expected" in said:
        found = (
            ended(lines, at, column)
            or ended_below(lines, at, column)
            or opened(lines, at)
            or _tight_hyphen(lines, above)
            or _tight_hyphen(lines, at)
            or _indented(lines, at)
            or (_remark(lines, above) if lines[at].startswith(" ") else None)
        )
    return found


def lost(comment: str) -> tuple[str, str, str]:
    """The code, message and hint for a comment that may be part of a value."""
    hint = "put the value in quotes; a remark has a line of its own"
    return "hash", f"what stands after # is lost: {quoted(comment)}", hint


def hard_spaces(text: str) -> tuple[str, list[Slip]]:
    """A text that YAML cannot read, with ordinary spaces after the colons of its keys, and a slip for each that was not."""
    if not any(space in text for space in HARD_SPACES):  # searching every header would be slow
        return text, []
    lines, slips = text.split("\n"), []
    for number, line in enumerate(lines):
        hard = HARD_SPACE.match(line)
        if hard and (not hard["before"] or hard["key"].lower() in KNOWN):
            at = hard.start("space")
            message = (
                f"the space after the colon is a no-break space (U+{ord(hard['space']):04X}), which cannot be seen"
            )
            slips.append((number, at, "yaml", message, "delete it and type an ordinary one"))
            lines[number] = f"{line[:at]} {line[at + 1 :]}"
    return "\n".join(lines), slips


def without(text: str, at: int) -> tuple[str, set[str]] | None:
    """The text without the value at this line, which may begin further up, and the keys that are then not read.

    None if it is not clear whose value it is. One of our words at the beginning of a line of the value may be meant as a key.
    """
    lines = text.split("\n")
    here = FIRST_WORD.match(lines[at])
    tops = {number: match["key"] for number, line in enumerate(lines) if (match := TOP.match(line))}
    if here and not here["before"] and at not in tops:  # its colon is missing
        if here["key"].lower() not in KNOWN:
            return None
        tops[at] = here["key"]
    start = max((number for number in tops if number <= at), default=-1)
    if start < 0:
        return None
    end = min((number for number in tops if number > start), default=len(lines))
    first_words = {match["key"].lower() for line in lines[start + 1 : end] if (match := FIRST_WORD.match(line))}
    lines[start:end] = [f"{tops[start]}:", *[""] * (end - start - 1)]
    return "\n".join(lines), {tops[start].lower(), *first_words & KNOWN}


def _place(mark: yaml.Mark | None, lines: Sequence[str]) -> tuple[int, int]:
    return (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)


def _has_words(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _column(line: str) -> int:
    """The column where the words of a line begin, after the hyphen of a list's entry."""
    before = re.match(BEFORE, line)
    return before.end() if before else 0


def _remark(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a # that begins a comment within a value that continues below it."""
    remark = COMMENT.match(lines[at])
    if remark is None:
        return None
    return at, remark.start("comment"), *lost(remark["comment"])


def _no_colon(lines: Sequence[str], at: int) -> Slip | None:
    line = lines[at]
    if KEY.match(line):
        return None
    if tight := TIGHT.match(line):
        column, message = tight.end("key") + 1, "this line has no space after its colon"
        return at, column, "yaml", message, f'write "{tight["key"]}: "'
    if bare := TIGHT_ENTRY.match(line):
        return at, bare.start("words"), "yaml", NO_SPACE, f'write "- {bare["words"].rstrip()}"'
    return at, _column(line), "yaml", "this line has no colon", "each line is a key, a colon, a space and a value"


def _tight_hyphen(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a list's entry whose hyphen YAML takes as part of the key."""
    entry = TIGHT_HYPHEN.match(lines[at])
    if entry is None or entry["key"].lower() not in KNOWN:
        return None
    return at, entry.start("key"), "yaml", NO_SPACE, f'write "- {entry["key"]}:"'


def _dots(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a line of three dots, with which YAML ends the document, above a line that cannot be read."""
    dots = next((i for i in range(at) if lines[i].rstrip() == "..."), None)
    return dots if dots is None else (dots, 0, "yaml", "three dots end nothing here", "delete the line")


def _indented(lines: Sequence[str], at: int) -> Slip | None:
    """The slip of a key that is not indented like the keys above it."""
    key = KEY.match(lines[at])
    if not key or not key["before"].startswith(" ") or "-" in key["before"] or key["key"].lower() not in KNOWN:
        return None
    column = key.start("key")
    others = [other for each in reversed(lines[:at]) if (other := KEY.match(each))]
    wanted = next((other.start("key") for other in others if other.start("key") < column), 0)
    if key["key"].lower() in OF_ENTRIES - _keys_of_entry(others) and others[0].start("key") > column:
        wanted = others[0].start("key")
    message = f"this line begins with {count(column, 'space')}"
    hint = "delete what stands before the key" if not wanted else f"begin it with {wanted}, like the keys above it"
    return at, 0, "yaml", message, hint


def _keys_of_entry(above: Sequence[re.Match[str]]) -> set[str]:
    """The keys above a line, nearest first, that are in the same list's entry; all keys of entries if it is in none."""
    keys: set[str] = set()
    for key in above:
        keys.add(key["key"].lower())
        if "-" in key["before"]:
            return keys
    return set(OF_ENTRIES)
