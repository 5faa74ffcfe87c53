"""Typewriter characters as a typesetter would set them: curly quotes, dashes, ellipses."""

from __future__ import annotations

import re
from collections.abc import Callable

MARKS = re.compile(r"""["']|(?<![-<])-{2,3}(?![->])|\.\.\.""")
OPENERS = frozenset("([{<–—/=-“‘¿¡")
CLOSERS = frozenset(".,;:!?)]}")
ELISION = re.compile(r"(?:\d\ds?(?!,\d)|tis|twas|twere|twill|em|til|cause|bout|nuff|n)\b", re.I)
STASHED = re.compile("\x02[^\x02\x03]*\x03")
"""Where Markdown has taken raw HTML or an entity out of the text."""


def curl(
    text: str, before: str = "", english: bool = True, after: str = "", shown: Callable[[str], str] = lambda _: ""
) -> str:
    """The text with its straight marks set: "Don't" -> “Don’t”, -- an en dash, --- an em dash, ... an ellipsis.

    `before` and `after` are the characters beside the text, where it is part of a longer line; `shown` gives what a
    reader sees of a stashed piece, "" for a tag. Quotes are set in English only: other languages have their own; their
    apostrophes are set between letters.
    """
    if not MARKS.search(text):
        return text
    out: list[str] = []
    last, place = before, 0
    for match in MARKS.finditer(text):
        out.append(text[place : match.start()])
        previous = last_shown(out[-1], last, shown)
        place = match.end()
        set_mark = _set(match[0], previous, text, place, english, first_shown(text[place:], after, shown))
        out.append(set_mark)
        last = "“" if match[0] == '"' and not english and set_mark == '"' and _opens(previous, "x") else set_mark
    return "".join([*out, text[place:]])


def _set(mark: str, previous: str, text: str, end: int, english: bool, following: str) -> str:
    if mark[0] == "-":
        return "—" if len(mark) == 3 else "–"
    if mark[0] == ".":
        return "…"
    if not english:
        return "’" if mark == "'" and previous.isalpha() and following.isalpha() else mark
    opens = _opens(previous, following)
    if mark == "'":
        return "‘" if opens and not ELISION.match(text, end) else "’"
    return "“" if opens else "”"


def _opens(previous: str, following: str) -> bool:
    """Whether a quotation mark between these characters opens a quotation."""
    if not following or following.isspace() or following in CLOSERS:
        return False
    return not previous or previous.isspace() or previous in OPENERS


def last_shown(text: str, before: str, shown: Callable[[str], str]) -> str:
    """The last character of a text that a reader sees; `before` where there is none."""
    if text.endswith("\x03"):
        text = STASHED.sub(lambda piece: shown(piece[0]), text)
    return text[-1:] or before[-1:]


def first_shown(text: str, after: str, shown: Callable[[str], str]) -> str:
    """The first character of a text that a reader sees; `after` where there is none."""
    while text.startswith("\x02"):
        piece = STASHED.match(text)
        if piece is None:
            break
        if shown(piece[0]):
            return shown(piece[0])[:1]
        text = text[piece.end() :]
    return text[:1] or after[:1]
