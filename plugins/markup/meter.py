"""Bounds on the work that a text may cause: no file may keep a build waiting.

Work is counted in letters looked at and never in seconds, so that a text fares the same on every machine. Prose stays
far below the bounds; what meets them is made by a machine, or by a hand that slept on a key.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown

FLOOD = re.compile(r"([\[*_>`~(<!|{])(?:[ \t]?\1){199}")
"""A run that no writer types and on which a parser spends minutes."""
LONGEST_LINE = 100_000
MOST_LETTERS = 20_000_000
"""Letters that may be looked at, about a second's work; a long story needs a few hundred thousand."""

Problem = tuple[str, str, str, str]
"""The words to look for, code, message, hint."""


class TooMuch(Exception):
    """Reading the text would take too long."""


def problem_in(text: str) -> Problem | None:
    """Why the text should not be read at all, or None."""
    flood = FLOOD.search(text)
    if flood:
        return flood[0][:20], "too-deep", f'a run of hundreds of "{flood[1]}"', "shorten it"
    longest = max(text.split("\n"), key=len)
    if len(longest) > LONGEST_LINE:
        return longest[:80], "too-long", f"a line of over {LONGEST_LINE:,} characters", "break it into paragraphs"
    if _tangle(text) > MOST_LETTERS:
        return "<", "too-deep", "too many signs < that no > follows", "write &lt; for the sign itself"
    if text.count("\n*[") * len(text) > MOST_LETTERS:
        return "*[", "too-deep", "too many abbreviations for so long a text", "keep those that a reader needs"
    return None


def _tangle(text: str) -> int:
    """The letters that are looked at where each < is searched for its >."""
    return sum(part.count("<") * len(part) for part in text.split(">")) if "<" in text else 0


class Meter(BlockProcessor):
    """Looks at each block before all other processors, takes none, and counts its letters."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.reset()

    def reset(self) -> None:
        """Start again, for the next text."""
        self.left = MOST_LETTERS

    def spend(self, letters: int) -> None:
        """Count letters that are looked at."""
        self.left -= letters
        if self.left < 0:
            raise TooMuch

    def test(self, parent: etree.Element, block: str) -> bool:
        """Count a block."""
        self.spend(len(block))
        return False

    def run(self, parent: etree.Element, blocks: list[str]) -> bool:
        """Never called: test takes no block."""
        return False
