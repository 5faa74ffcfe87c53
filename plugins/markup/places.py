"""Where something stands in a source: faults name the line of what they are about."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct, field

from plugins.markup.guard import written_address

Sought = str | re.Pattern[str]
"""Words, of which only the first line counts, or a pattern that they match."""
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")
"""A character after a backslash, which Markdown then takes for nothing but itself."""

NO_ADDRESS = re.compile(
    r"""\]\(\s{0,9}(?:<\s{0,9}>)?\s{0,9}(?:"[^"\n]*"|'[^'\n]*')?\s{0,9}\)"""
    r"""|^[ ]{0,3}\[[^\[\]\n]+\]:[ ]{0,9}\n?[ ]{0,9}<\s{0,9}>|<a\s[^<>]{0,999}?href\s{0,9}=?\s{0,9}(?:(["'])\s{0,9}\1|(?=>))""",
    re.I | re.M,
)
"""A link of which nothing is written where its address belongs."""


class AsRead(tuple[Sought, ...]):
    """Words as Markdown reads them: a character of them may be written by entity, or after a backslash."""

    __slots__ = ()


class Places(Struct):
    """The lines of one text, which begins at a line of its file."""

    text: str
    first_line: int = 1
    found: dict[Sought, int | None] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    plain: Places | None = None
    """The lines as they are read."""

    def line_of(self, *words: Sought | tuple[Sought, ...]) -> int:
        """The line of the next place where the first of these words stand that stand there at all."""
        for each in words:
            read = self._as_read()._line(each) if isinstance(each, AsRead) else None
            if line := read or self._line(each):
                return line
        return self.first_line

    def _as_read(self) -> Places:
        if not self.plain and not ("&" in self.text or "\\" in self.text):
            self.plain = self
        if not self.plain:
            self.plain = Places("\n".join(map(_read, self.text.split("\n"))), self.first_line)
        return self.plain

    def _line(self, words: Sought | tuple[Sought, ...]) -> int | None:
        for sought in words if isinstance(words, tuple) else (words,):
            span = self._next(sought.split("\n")[0] if isinstance(sought, str) else sought)
            if span:
                self.breaks = self.breaks or [match.start() for match in re.finditer("\n", self.text)]
                return self.first_line + bisect_left(self.breaks, span[0])
        return None

    def _next(self, sought: Sought) -> tuple[int, int] | None:
        """The span after the last one that was found, or where there is none the first of all."""
        last = self.found.get(sought, 0)
        if last is None:
            return None
        for start in (last, 0) if last else (0,):
            if isinstance(sought, str):
                at = self.text.find(sought, start) if sought else -1
                span = (at, at + len(sought))
            else:
                match = sought.search(self.text, start)
                span = match.span() if match else (-1, -1)
            if span[0] >= 0:
                self.found[sought] = span[1]
                return span
        self.found[sought] = None  # many a link may be written alike, and in a way in which it is never found
        return None


def _read(line: str) -> str:
    """A line with the characters for which its entities and backslashes stand."""
    if "&" in line or "\\" in line:
        return written_address(ESCAPED.sub(r"\1", line)).replace("\n", " ")
    return line


def of_address(href: str) -> tuple[Sought, ...]:
    """What to look for in the source to find a link: its address, or as much of it as Markdown leaves alone."""
    if not href.strip():
        return (NO_ADDRESS,)
    start = re.split(r"[_&*]", href)[0]
    written = (f"({href})", f"({href}", f'href="{href}"', f"href='{href}'", f"]: {href}", href)
    return (*written, f"({start}", start) if len(start) > 2 else written
