"""Finds the line in the source of a fault; code and comments are searched last, because nothing in them can be wrong."""

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
    r"""|^[ ]{0,3}\[[^\[\]\n]+\]:[ ]{0,9}\n?[ ]{0,9}<\s{0,9}>|<a\s[^<>]{0,999}?href\s{0,9}=?\s{0,9}(?:(["'])\s{0,9}\1|(?=>))""",
    re.I | re.M,
)

CODE_SIGNS = ("`", "~", "\t", "\n    ")
"""All code begins with one of these."""
FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^`\n]*)$", re.M)
IN_LINES = re.compile(
    rf"(?!{CUT.pattern})<!--(?:.*?-->|(?P<open>.*))"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:[^`\n]+|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`+)++(?P=ticks)(?!`)",
    re.I | re.S,
)
"""Comments, except the writer's cut, and code within a paragraph. After an unclosed comment, the rest of the text is one match."""
INDENTED = re.compile(
    r"((?:\A|(?<=\n\n))(?:(?!(?:[-*+:]|[0-9]+\.)[ \t]|\[\^|>)[ ]{0,3}\S.*\n)+(?:[ \t]*\n)+)"
    r"((?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+)"
)
"""A paragraph outside lists, and the code below it."""
LETTER = re.compile(r"[^\n]")


class AsRead(tuple[Sought, ...]):
    """Words as Markdown reads them; in the source some characters may be entities, or follow a backslash."""

    __slots__ = ()


class Refuse(Protocol):
    """A function that reports a fault at a line, or at the line of some words."""

    def __call__(
        self, words: Words | int, code: str, message: str, hint: str = "", severity: Severity = "error", /
    ) -> None:
        """Add the fault."""


class Places(Struct):
    """The lines of one text, which begins at a line of its file."""

    text: str
    first_line: int = 1
    ends: dict[Sought, int | None] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    plain: Places | None = None
    """The same text with entities and escapes decoded."""
    bare: Places | None = None
    """The same text without code and comments."""

    def line_of(self, words: Words) -> int:
        """The line of the next occurrence of the words; the first line if there is none."""
        read = self._as_read()._line(words) if isinstance(words, AsRead) else None
        return read or self._line(words) or self.first_line

    def _as_read(self) -> Places:
        if not self.plain and ("&" in self.text or "\\" in self.text):
            bare = Places(_read(self._bare().text), self.first_line)
            self.plain = Places(_read(self.text), self.first_line, bare=bare)
        return self.plain or self

    def _bare(self) -> Places:
        if not self.bare:
            bare = without_hidden(self.text)
            self.bare = self if bare == self.text else Places(bare, self.first_line)
        return self.bare

    def _line(self, words: Words) -> int | None:
        """The line of the first of these words that is found; in code and comments only if it is nowhere else."""
        for choice in words if isinstance(words, tuple) else (words,):
            sought = choice.split("\n")[0] if isinstance(choice, str) else choice
            for places in (self._bare(), self):
                if span := places._next(sought):
                    return places._line_at(span[0])
        return None

    def _line_at(self, offset: int) -> int:
        self.breaks = self.breaks or [match.start() for match in re.finditer("\n", self.text)]
        return self.first_line + bisect_left(self.breaks, offset)

    def _next(self, sought: Sought) -> tuple[int, int] | None:
        """The next occurrence after the last one found or, if there is none, the first of all."""
        last = self.ends.get(sought, 0)
        if last is None:
            return None
        # Faults are reported in the order of the text, so the next one is probably below the last.
        for start in (last, 0) if last else (0,):
            if isinstance(sought, str):
                at = self.text.find(sought, start) if sought else -1
                span = (at, at + len(sought))
            else:
                match = sought.search(self.text, start)
                span = match.span() if match else (-1, -1)
            if span[0] >= 0:
                self.ends[sought] = span[1]
                return span
        self.ends[sought] = None  # do not search again: many links may be written in a form that never occurs
        return None


def _read(text: str) -> str:
    """The text with its entities and escaped characters decoded, line by line."""
    return "\n".join(_read_line(line) if "&" in line or "\\" in line else line for line in text.split("\n"))


def _read_line(line: str) -> str:
    return written_address(ESCAPED.sub(r"\1", line)).replace("\n", " ")


def of_address(href: str) -> tuple[Sought, ...]:
    """What to search the source for to find a link: its address, or the part of it that Markdown never changes."""
    if not href.strip():
        return (NO_ADDRESS,)
    start = re.split(r"[_&*]", href)[0]
    written = (f"({href})", f"({href}", f'href="{href}"', f"href='{href}'", f"]: {href}", href)
    return (*written, f"({start}", start) if len(start) > 2 else written


def without_hidden(text: str) -> str:
    """The text with NUL for each letter of code and comments, so that all other letters keep their positions."""
    if not any(sign in text for sign in CODE_SIGNS) and text.count("<!--") == len(CUT.findall(text)):
        return text
    text = IN_LINES.sub(lambda match: match[0] if match["open"] else _hidden(match[0]), "".join(_unfenced(text)))
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
