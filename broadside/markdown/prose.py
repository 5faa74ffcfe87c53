"""A shortcut through Python-Markdown for plain prose, which is nearly all of a story; the HTML is
exactly the same.

Python-Markdown tries each of its patterns on each paragraph and each piece of text. In most there
is nothing to find but, now and then, emphasis or a link of the simplest form.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.blockprocessors import ParagraphProcessor
from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from broadside.markdown.limits import PER_PIECE

QUOTES = ("“", "‘", '"', "'")
SIGNS = "[]*_<&`\\\x02\x03"
LINE_BREAK = "  \n"
"""Text with neither this nor one of SIGNS has nothing for any inline pattern."""
NO_SIGN = f"[^{re.escape(SIGNS)}]"
WORDS, WORD = f"{NO_SIGN}*", rf"(?!\s){NO_SIGN}"
SIMPLE = re.compile(
    rf"([*_\[])(?:(?<!\S[*_])(?<!\[)(\1?)({WORD}(?:{WORDS}{WORD})?)\1\2(?![\w*_])"
    rf"|(?<=\[)(?<!!\[)(?!\^)({WORDS})\]\(([A-Za-z0-9:/?#.=%~+,;&@$*_|{{}}-]+)\))"
)
"""Emphasis and links in their usual form: without signs inside, and emphasis after a space or at
the beginning.

The sign comes first and its surroundings later, because a search is fast if the pattern begins with
something distinctive.
"""
MOST_PARTS = 1_000
"""With more in one piece of text, Python-Markdown would be slow: it searches for the place of
each.
"""


class Paragraphs(ParagraphProcessor):
    """Takes a line that can only be a paragraph, because it is alone and begins with a letter or a
    quotation mark.
    """

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether the block is such a line."""
        return (block[:1].isalpha() or block.startswith(QUOTES)) and "\n" not in block


class PlainText(Treeprocessor):
    """Renders text with nothing but simple emphasis and links, and makes it atomic, so that no
    inline pattern is tried.

    Afterwards it becomes ordinary text again, because it may contain abbreviations and quotation
    marks.
    """

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend
        self.texts: list[etree.Element] = []
        self.tails: list[etree.Element] = []

    def register(self) -> None:
        """Register the two steps right before and right after Markdown's inline patterns."""
        self.md.treeprocessors.register(self, "plain", 21)
        self.md.treeprocessors.register(_Ordinary(self), "ordinary", 19)

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        self.texts, self.tails = [], []
        for element in list(root.iter()):
            self.spend(PER_PIECE)
            if (
                element.text
                and not isinstance(element.text, AtomicString)
                and (parts := _parts(element.text))
            ):
                self.texts.append(element)
                element.text = AtomicString(parts[0] or "")
                for number, child in enumerate(self._elements(parts)):
                    element.insert(number, child)
            if (
                element.tail
                and not isinstance(element.tail, AtomicString)
                and _parts(element.tail) == [element.tail]
            ):
                self.tails.append(element)
                element.tail = AtomicString(element.tail)

    def _elements(self, parts: list[str | None]) -> list[etree.Element]:
        """The elements of a piece of text, each with the words after it."""
        made = []
        for _, double, emphasised, words, address, after in zip(
            *[iter(parts[1:])] * 6, strict=True
        ):
            element = etree.Element("a" if address else "strong" if double else "em")
            if address:
                element.set("href", address)
            element.text, element.tail = (
                AtomicString(emphasised or words or ""),
                AtomicString(after or ""),
            )
            made.append(element)
        self.texts += made
        self.tails += made
        return made


class _Ordinary(Treeprocessor):
    def __init__(self, plain: PlainText) -> None:
        super().__init__(plain.md)
        self.plain = plain

    def run(self, root: etree.Element) -> None:
        for element in self.plain.texts:
            element.text = str(element.text or "") or None
        for element in self.plain.tails:
            element.tail = str(element.tail or "") or None


def _parts(text: str) -> list[str | None]:
    """The words and the groups of SIMPLE in a text; an empty list if anything else is in it."""
    if LINE_BREAK in text:
        return []
    if not _has_sign(text):
        return [text]
    # Six parts to a match: the words before it, and five groups. Signs left in the words need the
    # long way.
    parts = SIMPLE.split(text)
    if 1 < len(parts) < MOST_PARTS and not any(map(_has_sign, parts[::6])):
        return parts
    return []


def _has_sign(text: str) -> bool:
    return any(map(text.__contains__, SIGNS))  # takes a fraction of the time of a pattern
