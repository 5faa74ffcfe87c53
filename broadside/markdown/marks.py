"""Sets the marks in the text of a body's element tree, and looks for anything that Markdown failed to read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from html import unescape

from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.util import AtomicString
from msgspec import Struct

from broadside.letters import HARD_SPACES
from broadside.markdown import unread
from broadside.markdown.embeds import KINDS
from broadside.markdown.places import Refuse
from broadside.markdown.typography import CURLY, STASHED, Quotes, curl, last_shown
from broadside.markdown.walk import INLINE

VERBATIM = frozenset({"code", "pre", "kbd", "samp"})
PARAGRAPHS = frozenset({"p", "li", "dd"})
CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp)\b", re.I)
PROSE = re.compile(rf"(?m)^\S+(?:[ {HARD_SPACES}][\w’'‘“”\"(),;–—-]+){{7,}}[.!?]")
CARD = re.compile(f"!({'|'.join(KINDS)})", re.I)
"""The words of a link that was meant as a card."""


class Marks(Struct, frozen=True):
    """Sets the marks of one text; `html` gives the stashed piece of HTML for a key of its stash."""

    refuse: Refuse
    html: Callable[[str], str]
    quotes: Quotes | None = CURLY

    def set(self, element: etree.Element, before: str = "") -> str:
        """Set the text below the element; returns its last character, which decides how the next quotation mark is set."""
        if element.tag in VERBATIM:
            if element.tag == "pre" and len(element):
                self._code(element[0])
            return "x"
        if element.tag not in INLINE or element.tag == "br":
            before = ""
        if element.tag == "a" and (card := CARD.fullmatch(element.text or "")):
            unread.astray(card[1], self.refuse)
        children = list(element)
        for child in children:
            if child.tag in PARAGRAPHS:
                self._paragraph(child, element)
        if element.text and not isinstance(element.text, AtomicString):
            element.text = self._line(element.text, before, "x" if children else "")
        before = last_shown(element.text or "", before, self.shown)
        for i, child in enumerate(children):
            before = self.set(child, before)
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._line(child.tail, before, "x" if i + 1 < len(children) else "")
            before = last_shown(child.tail or "", before, self.shown)
        return before

    def _paragraph(self, paragraph: etree.Element, around: etree.Element) -> None:
        """Warn of anything that shows only in the paragraph as a whole and was not read."""
        unread.in_paragraph(_own_text(paragraph), around.tag == "li", self.refuse)
        if all(child.get("class") == "footnote-backref" for child in paragraph):
            unread.alone((paragraph.text or "").removesuffix(NBSP_PLACEHOLDER), self.refuse)
        unread.at_first(paragraph.text or "", "li" in (around.tag, paragraph.tag), self.refuse)

    def _code(self, code: etree.Element) -> None:
        """Cut the empty lines after indented code, and warn if it reads like prose."""
        code.text = AtomicString((code.text or "").rstrip() + "\n")
        unread.in_code(code.text, self.refuse)
        if PROSE.search(code.text):
            message = "a paragraph that is indented by four spaces or a tab is shown as code"
            hint = "delete the spaces before it; code that looks like prose goes between lines of three backticks"
            self.refuse(code.text.split("\n")[0], "code-prose", message, hint, "warning")

    def _line(self, text: str, before: str, after: str) -> str:
        spans = list(self._verbatim(text)) if "\x02" in text else ()
        prose = text
        for start, end in reversed(spans):
            prose = prose[:start] + prose[end:]
        unread.in_text(prose, self.refuse)
        return curl(text, before, self.quotes, after, self.shown, spans)

    def shown(self, piece: str) -> str:
        """A stashed piece as a reader sees it: an entity's character, a line break, or "" for any other tag."""
        html = self.html(piece)
        return unescape(html) if html.startswith("&") else "\n" if html.lower().startswith("<br") else ""

    def _verbatim(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of the text between two raw tags that are code."""
        start = -1
        for piece in STASHED.finditer(text):
            tag = CODE.match(self.html(piece[0]))
            if tag and not tag[1]:
                start = piece.end()
            elif tag and start >= 0:
                yield start, piece.start()
                start = -1


def _own_text(element: etree.Element) -> str:
    """The text of an element itself, without that of blocks inside it."""
    text = element.text or ""
    for child in element:
        if child.tag in INLINE:
            text += ("\n" if child.tag == "br" else "".join(child.itertext())) + (child.tail or "")
    return text
