"""Finds the line in the source of a fault, which is that of the next occurrence of its words; and
hides code and comments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct, field

from broadside.faults import Severity
from broadside.markdown.body import CUT
from broadside.markdown.guard import written_address

Sought = str | re.Pattern[str]
"""Words, of which only the first line is used, or a pattern."""
Words = Sought | tuple[Sought, ...]
"""What to look for; of several, the first that occurs in the text."""
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")
"""A character after a backslash, which Markdown takes literally."""

NO_ADDRESS = re.compile(
    r"""\]\(\s{0,9}(?:<\s{0,9}>)?\s{0,9}(?:"[^"\n]*"|'[^'\n]*')?\s{0,9}\)"""
    r"""|^[ ]{0,3}\[[^\[\]\n]+\]:[ ]{0,9}\n?[ ]{0,9}<\s{0,9}>"""
    r"""|<a\s[^<>]{0,999}?href\s{0,9}=?\s{0,9}(?:(["'])\s{0,9}\1|(?=>))""",
    re.I | re.M,
)

CODE_SIGNS = ("`", "~", "\t", "\n    ")
"""All code begins with one of these."""
FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^`\n]*)$", re.M)
IN_LINES = re.compile(
    rf"(?!{CUT.pattern})<!--(?:.*?-->|(?P<open>.*))"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:[^`\n]+|\n(?!["
    r" \t]*\n)|(?!(?P=ticks)(?!`))`+)++(?P=ticks)(?!`)",
    re.I | re.S,
)
"""Comments, except the writer's cut, and code within a paragraph.

After an unclosed comment, the rest of the text is one match.
"""
INDENTED = re.compile(
    r"((?:\A|(?<=\n\n))(?:(?!(?:[-*+:]|[0-9]+\.)[ \t]|\[\^|>)[ ]{0,3}\S.*\n)+(?:[ \t]*\n)+)"
    r"((?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+)"
)
"""A paragraph outside lists, and the code below it."""
LETTER = re.compile(r"[^\n]")


class Refuse(Protocol):
    """A function that reports a fault at a line, or at the line of some words."""

    def __call__(
        self,
        words: Words | int,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = "error",
        /,
    ) -> None:
        """Add the fault."""


class Places(Struct):
    """The lines of one text, which begins at a line of its file."""

    text: str
    first_line: int = 1
    ends: dict[Sought, int] = field(default_factory=dict)
    """Where the last occurrence of some words ended, or -1 if there is none."""
    breaks: list[int] = field(default_factory=list)
    read: Places | None = None
    """The same text with entities and escapes decoded."""

    def line_of(self, words: Words) -> int:
        """The line of the next occurrence of the words, decoded or as they were typed; the first
        line if there is none.
        """
        if not self.read:
            self.read = Places(_read(self.text), self.first_line)
        return self.read._line(words) or self._line(words) or self.first_line

    def _line(self, words: Words) -> int:
        """The line of the first of these words that occurs; 0 if none does."""
        self.breaks = self.breaks or [match.start() for match in re.finditer("\n", self.text)]
        for choice in words if isinstance(words, tuple) else (words,):
            at = self._next(choice.split("\n")[0] if isinstance(choice, str) else choice)
            if at >= 0:
                return self.first_line + bisect_left(self.breaks, at)
        return 0

    def _next(self, sought: Sought) -> int:
        """Where the words occur after the last occurrence found or, if they do not, where they
        occur first; else -1.
        """
        last = self.ends.get(sought, 0)
        if not sought or last < 0:  # many links may be written in a form that never occurs
            return -1
        # Faults are reported in the order of the text, so the next one is probably below the last.
        start, end = self._found(sought, last)
        if start < 0 < last:
            start, end = self._found(sought, 0)
        self.ends[sought] = end
        return start

    def _found(self, sought: Sought, start: int) -> tuple[int, int]:
        if isinstance(sought, str):
            at = self.text.find(sought, start)
            return at, at + len(sought) if at >= 0 else -1
        match = sought.search(self.text, start)
        if match:
            return match.span()
        return (-1, -1)


def _read(text: str) -> str:
    """The text with its entities and escaped characters decoded, line by line."""
    if "&" in text or "\\" in text:
        return "\n".join(map(_read_line, text.split("\n")))
    return text


def _read_line(line: str) -> str:
    if "&" not in line and "\\" not in line:
        return line
    return written_address(ESCAPED.sub(r"\1", line)).replace("\n", " ")


def of_address(href: str) -> tuple[Sought, ...]:
    """What to search the source for to find a link: its address, or the part of it that Markdown
    never changes.
    """
    if not href.strip():
        return (NO_ADDRESS,)
    start = re.split(r"[_&*]", href)[0]
    written = (f"({href})", f"({href}", f'href="{href}"', f"href='{href}'", f"]: {href}", href)
    if len(start) > 2:
        return (*written, f"({start}", start)
    return written


def without_hidden(text: str) -> str:
    """The text with NUL for each letter of code and comments, so that all other letters keep their
    positions.
    """
    if not any(sign in text for sign in CODE_SIGNS) and text.count("<!--") == len(
        CUT.findall(text)
    ):
        return text
    text = IN_LINES.sub(
        lambda match: match[0] if match["open"] else _hidden(match[0]), "".join(_unfenced(text))
    )
    return INDENTED.sub(lambda match: match[1] + _hidden(match[2]), text)


def _unfenced(text: str) -> Iterator[str]:
    """The pieces of a text, with those between fences hidden."""
    last = 0
    opened: re.Match[str] | None = None
    for fence in FENCE.finditer(text):
        if not opened:
            opened = fence
        elif fence[1] == opened[1] and not fence[2].strip():
            yield text[last : opened.start()]
            yield _hidden(text[opened.start() : fence.end()])
            last, opened = fence.end(), None
    yield text[last:]


def _hidden(piece: str) -> str:
    return LETTER.sub("\0", piece)
