"""Markdown's patterns, tried only where they can match.

Python-Markdown searches every piece of text for each of its patterns. Most prose holds none of the characters
that a pattern starts with, and looking for a character is far cheaper than searching for a pattern. The result is the
same to the letter; a test compares both over many texts.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.core import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from plugins.markup.meter import PER_PIECE

STARTS = {
    "backtick": ("`",),
    "backslash_break": ("\\\n",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""Pattern name -> what any match of it holds; a pattern that is not named here is always tried."""


BLOCK_STARTS = {
    "quote": (">",),
    "deflist": (":",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "reference": ("]:",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "embed": ("[!",),
}
"""The same for blocks."""


class QuickInline(InlineProcessor):
    """Python-Markdown's inline processor, which passes over patterns that cannot match."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend
        md.inlinePatterns._sort()  # type: ignore[attr-defined]
        names = [item.name for item in md.inlinePatterns._priority]  # type: ignore[attr-defined]
        self.steps = [(md.inlinePatterns[name], STARTS.get(name, ("",))) for name in names]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 -- Python-Markdown's own names
        if isinstance(data, AtomicString):
            return data
        self.spend(PER_PIECE)
        steps = self.steps
        start = 0
        while patternIndex < len(steps):
            pattern, starts = steps[patternIndex]
            matched = False
            if starts[0] in data or starts[-1] in data:
                self.spend(len(data) // 2)
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)  # type: ignore[attr-defined]
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data


def quicken_blocks(md: Markdown) -> None:
    """Let the block processors named in BLOCK_STARTS look for their character first."""
    for name, starts in BLOCK_STARTS.items():
        if name not in md.parser.blockprocessors:
            continue
        processor = md.parser.blockprocessors[name]
        processor.test = _after(starts, processor.test)  # type: ignore[assignment,method-assign]


def _after(starts: tuple[str, ...], test: Callable[[etree.Element, str], bool]) -> Callable[[etree.Element, str], bool]:
    return lambda parent, block: (starts[0] in block or starts[-1] in block) and test(parent, block)
