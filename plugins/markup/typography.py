"""Typewriter characters as a typesetter would set them: curly quotes, dashes, ellipses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MARKS = re.compile(r"""https?://[^\s<>"'“”]+|["']|(?<![-<])-{2,3}(?![->])|\.\.\.""")
OPENERS = frozenset("([{<–—/=-“‘«‹¿¡")
CLOSERS = frozenset(".,;:!?)]}")
RTL = frozenset("ar ckb dv fa he ps sd ug ur yi".split())
ELISION = re.compile(r"(?:\d\ds?(?!,\d)|tis|twas|twere|twill|em|til|cause|bout|nuff|n)\b", re.I)
STASHED = re.compile("\x02[^\x02\x03]*\x03")
"""The key of raw HTML or an entity that Markdown keeps in its stash."""


def is_english(lang: str) -> bool:
    """Whether a language tag is English, the only language whose quotation marks are set."""
    return lang.lower().startswith("en")


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang.partition("-")[0].lower() in RTL


def curl(  # noqa: PLR0913, PLR0917 -- where a piece of a longer line stands
    text: str,
    before: str = "",
    english: bool = True,
    after: str = "",
    shown: Callable[[str], str] = lambda _: "",
    verbatim: Sequence[tuple[int, int]] = (),
) -> str:
    """The text with its straight marks set: "Don't" -> “Don’t”, -- an en dash, --- an em dash, ... an ellipsis.

    `before` and `after` are the characters beside the text if it is part of a longer line. `shown` gives a stashed piece as
    a reader sees it, "" for a tag. Text within a span of `verbatim` stays as it is. Quotes are set in English only, because
    other languages have their own; in those, apostrophes are set between letters.
    """
    if "'" not in text and '"' not in text and "--" not in text and "..." not in text:
        return text
    out: list[str] = []
    last, place = before, 0
    for match in MARKS.finditer(text):
        piece = text[place : match.start()]
        place = match.end()
        following = first_shown(text, place, after, shown)
        last = _set(match, last_shown(piece, last, shown), following, english)
        if any(start <= match.start() < end for start, end in verbatim):
            last = match[0]
        out += piece, last
    return "".join([*out, text[place:]])


def _set(match: re.Match[str], previous: str, following: str, english: bool) -> str:
    mark = match[0]
    if mark[0] == "-":
        return "—" if len(mark) == 3 else "–"
    if mark[0] == ".":
        return "…"
    if len(mark) > 1:
        return mark
    if not english:
        return "’" if mark == "'" and previous.isalpha() and following.isalpha() else mark
    opens = _opens(previous, following)
    if mark == "'":
        return "‘" if opens and not ELISION.match(match.string, match.end()) else "’"
    return "“" if opens else "”"


def _opens(previous: str, following: str) -> bool:
    """Whether a quotation mark between these characters opens a quotation."""
    if not following or following.isspace() or following in CLOSERS:
        return False
    return not previous or previous.isspace() or previous in OPENERS


def last_shown(text: str, before: str, shown: Callable[[str], str]) -> str:
    """The last character of a text that a reader sees; `before` if there is none."""
    if text.endswith("\x03"):
        text = STASHED.sub(lambda piece: shown(piece[0]), text)
    return text[-1:] or before[-1:]


def first_shown(text: str, start: int, after: str, shown: Callable[[str], str]) -> str:
    """The first character from `start` that a reader sees; `after` if there is none."""
    piece = STASHED.match(text, start)
    while piece:
        if shown(piece[0]):
            return shown(piece[0])[0]
        start = piece.end()
        piece = STASHED.match(text, start)
    return text[start : start + 1] or after[:1]
