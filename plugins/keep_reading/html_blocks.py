"""The blocks of a text of which only the HTML is known, as Pelican's readers make it of
reStructuredText, Markdown or anything else.
"""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
BOXES = frozenset("aside details nav script style admonition contents sidebar toc topic".split())
"""Elements and classes of what does not count as text."""


class Seam(NamedTuple):
    """Where one block ends and the next begins, and the sections that are open there."""

    end: int
    start: int
    sections: tuple[str, ...]


class Block(NamedTuple):
    """A top-level block of a text, with the seam after it."""

    kind: str
    leads_in: bool
    seam: Seam


class Blocks(HTMLParser):
    """Reads an HTML text as blocks: the elements at its top and, since reStructuredText has
    sections, at the top of these.

    A text `is_sound` if every element has its end, and no words are outside of all elements; no
    other is cut.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Block] = []
        self.ids: set[str] = set()
        self.more, self.is_sound = 0, True
        self._html = html
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._open: list[str] = []
        self._sections: list[str] = []
        self._signs: set[str] = set()
        self._words = self._bold = ""
        self.feed(html)
        self.close()
        self.is_sound = self.is_sound and not self._open and not self._sections

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block or a section, or go deeper into a block."""
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        if not self._open:
            self._signs = {tag, *(values.get("class") or "").split()}
            self._words = self._bold = ""
            if "section" in self._signs:
                self._sections.append(tag)
                return
        if tag not in VOID:
            self._open.append(tag)
        elif not self._open:
            self._finish()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that ends where it begins."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element, and with the outermost its block."""
        inner = self._open or self._sections
        self.is_sound = self.is_sound and bool(inner) and inner.pop() == tag
        if inner is self._sections and self.found:  # rather cut after a section than before its end
            self.found[-1] = self.found[-1]._replace(seam=self._seam())
        elif not self._open and inner is not self._sections:
            self._finish()

    def handle_data(self, data: str) -> None:
        """Collect the words of a block."""
        self._words += data
        if {"strong", "b"} & {*self._open}:
            self._bold += data
        self.is_sound = self.is_sound and (bool(self._open) or not data.strip())

    def handle_comment(self, data: str) -> None:
        """Note where the writer put <!--more-->; in reStructuredText that is `.. more`."""
        if data.strip().lower() == "more" and not self.more:
            self.more = len(self.found) + bool(self._open)
            if self.found and not self._open:
                self.found[-1] = self.found[-1]._replace(seam=self._seam(self._at()))

    def _finish(self) -> None:
        self.found.append(
            Block(self._kind(), self._words.rstrip().endswith((":", "：")), self._seam())
        )

    def _kind(self) -> str:
        if any(sign.startswith("footnote") for sign in self._signs):
            return "notes"
        if self._signs & BOXES:
            return "box"
        if not self._words.strip():
            return "photo"
        if self._signs & HEADINGS:
            return "heading"
        if "p" in self._signs and self._words.strip() == self._bold.strip():
            return "question"
        return "paragraph"

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _seam(self, end: int | None = None) -> Seam:
        """The seam after the tag or comment that is read now, or one that leaves it out."""
        start = self._html.index(">", self._at()) + 1
        return Seam(start if end is None else end, start, tuple(self._sections))
