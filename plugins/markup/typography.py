"""Typewriter characters as a typesetter would set them: curly quotes, dashes, ellipses."""

from __future__ import annotations

import re

MARKS = re.compile(r"""["']|-{2,3}|\.\.\.""")
OPENERS = frozenset(" \t\n\u00a0\u2009\u202f([{<–—/-\"'“‘¿¡")
ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|bout|n)\b", re.I)
STASH_END = "\x03"


def curl(text: str, before: str = "", english: bool = True, after: str = "") -> str:
    """The text with its straight marks set: "Don't" -> “Don’t”, -- an en dash, --- an em dash, ... an ellipsis.

    `before` and `after` are the characters beside the text, where it is part of a longer line. Double quotes are
    set in English only: other languages have their own.
    """
    if not MARKS.search(text):
        return text

    def set_mark(match: re.Match[str]) -> str:
        mark, start, end = match[0], match.start(), match.end()
        if mark[0] == "-":
            return "—" if len(mark) == 3 else "–"
        if mark[0] == ".":
            return "…"
        previous = text[start - 1] if start else before[-1:]
        following = text[end] if end < len(text) else after[:1]
        opens = (
            (not previous or previous in OPENERS or previous == STASH_END)
            and bool(following)
            and not following.isspace()
            and following not in ".,;:!?)]}"
        )
        if mark == "'":
            return "‘" if opens and not ELISION.match(text, end) else "’"
        return ("“" if opens else "”") if english else mark

    return MARKS.sub(set_mark, text)
