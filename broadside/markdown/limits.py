"""Limits the work that a text may cause: no file may hold up a build.

Work is counted in letters looked at, never in seconds, so that the result is the same on every
machine. Prose stays far below the limits; only a text made by a machine, or by a key held down,
reaches them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown
from markdown.inlinepatterns import InlineProcessor

from broadside.markdown.guard import Problem

FLOOD = re.compile(r"([\[*_>`~(<!|{])(?:[ \t]?\1){199}")
"""A run of signs that no writer types, and that a parser spends minutes on."""
FENCE = re.compile(r"^[ >]*(?:`{3}|~{3})", re.M)
BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")
LONGEST_LINE = 100_000
MOST_LINES = 40_000
MOST_NOTES = 2_000
MOST_LETTERS = 20_000_000
"""How many letters may be looked at, about a second's work; a long story needs a few hundred
thousand.
"""
SIGNS = "*_[<&`\\"
"""Signs that inline patterns begin with."""
DEAREST = 10
"""How often a letter is looked at for one sign, at most."""
PER_BLOCK, PER_PIECE = 500, 250
"""The fixed cost of a block, and of a piece of a line."""


class TooMuch(Exception):
    """Reading the text would take too long."""


def problem_in(text: str) -> Problem | None:
    """Why the text should not be read at all, or None."""
    flood = None
    if any(text.count(sign) >= 200 for sign in "[*_>`~(<!|{"):
        flood = FLOOD.search(text)
    if flood:
        return flood[0], "too-long", f'a run of hundreds of "{flood[1]}"', "shorten it"
    longest = max(text.split("\n"), key=len)
    if len(longest) > LONGEST_LINE:
        return (
            longest[:80],
            "too-long",
            f"a line of over {LONGEST_LINE:,} characters",
            "break it into paragraphs",
        )
    if text.count("\n") > MOST_LINES:
        return "", "too-long", f"over {MOST_LINES:,} lines", "divide it into several stories"
    # The product is an upper limit that is cheap to compute, so that ordinary texts need no exact
    # count.
    for sign, work in WORK:
        if text.count(sign) * len(text) * DEAREST > MOST_LETTERS and work(text) > MOST_LETTERS:
            return (
                sign,
                "too-long",
                f'too many "{sign}" that nothing closes',
                "delete those that mean nothing",
            )
    return None


def _angles(text: str) -> int:
    """How many letters are looked at when searching for the > of each <."""
    return sum(part.count("<") * len(part) for part in text.split(">"))


def _comments(text: str) -> int:
    """How many letters are looked at when searching for the end of each comment."""
    return sum(part.count("<!--") * len(part) for part in text.split("-->"))


def _brackets(text: str) -> int:
    """How many letters are looked at when searching for the ] of each [, one by one and by several
    patterns.
    """
    letters = 0
    opened: list[int] = []
    for match in BRACKET.finditer(text + "\n\n"):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] != "]":
            letters += sum(match.start() - start for start in opened)
            opened.clear()
        elif opened:
            letters += match.start() - opened.pop()
    return 10 * letters


def _abbreviations(text: str) -> int:
    """How many letters are looked at when comparing each word with each abbreviation."""
    return text.count("\n*[") * len(text)


def _fences(text: str) -> int:
    """How many letters are looked at when searching for the end of each code fence."""
    return len(FENCE.findall(text)) * len(text) // 10


WORK = (
    ("<", _angles),
    ("<!--", _comments),
    ("[", _brackets),
    ("*[", _abbreviations),
    ("```", _fences),
    ("~~~", _fences),
)
"""The functions that count the search for an end, by the sign that begins it."""


class BlockLimit(BlockProcessor):
    """Counts the letters of each block before any other processor sees it; handles none itself."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.reset()

    def reset(self) -> None:
        """Start again, for the next text."""
        self.left = MOST_LETTERS

    def spend(self, letters: int) -> None:
        """Count letters as looked at; raises TooMuch."""
        self.left -= letters
        if self.left < 0:
            raise TooMuch

    def test(self, parent: etree.Element, block: str) -> bool:
        """Count a block, and leave it to other processors."""
        self.spend(PER_BLOCK + len(block))
        return False

    def run(self, parent: etree.Element, blocks: list[str]) -> bool:
        """Never called."""
        return False


class InlineLimit(InlineProcessor):
    """Counts the letters of each piece of a line before any pattern is tried; handles none
    itself.
    """

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(r"(?s).+", md)
        self.spend = spend

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: N802
        """Count the piece once for each sign in it: each may be a match, and Python-Markdown copies
        the piece for each match.
        """
        self.spend(PER_PIECE + len(data) * sum(map(data.count, SIGNS)) // 8)
        return None, None, None
