"""Emphasis, links, abbreviations and footnotes, corrected where Python-Markdown loses or changes
what was written.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markdown.core import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension
from markdown.inlinepatterns import (
    Delimiter,
    DelimiterProcessor,
    ImageInlineProcessor,
    LinkInlineProcessor,
)
from markdown.util import AtomicString

from broadside.markdown.limits import MOST_NOTES, TooMuch
from broadside.markdown.places import Refuse, without_hidden

SIGNS = re.compile(r"[*_]+")
PLAIN = re.compile(r"\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
"""An address alone; a title would come after a space, so an apostrophe here does not begin one."""
CALL = "[^"
ESCAPED = re.compile(r"\\.", re.S)
NAME = re.compile(r"\[\^([^\]]*)\]")
"""Python-Markdown's own pattern for a reference to a note."""
BLOCK = re.compile(f"\\s*(\x02wzxhzdk:[0-9]+\x03)\\s*{NBSP_PLACEHOLDER}")
"""The stash key of a block, such as code, at the end of a note."""
TYPED = re.compile(r"(?m)^[ ]{0,3}\[([0-9]{1,3})\](?![(\[])(?=[^\S\n]*\S)")
"""The beginning of a note's text that was pasted from Word or a mail."""
TYPED_CALL = re.compile(r"(?:(?<=[^\s\[])|(?<=[^\s\[][ ]))\[([0-9]{1,3})\](?![(\[])")
"""The reference to such a note: the same sign after words."""


class Emphasis(DelimiterProcessor):
    """Pairs * and _ without losing a letter; Python-Markdown may close ** with a single * and
    swallow the letter after it.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.text = ""

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:  # noqa: PLR0913, PLR0917
        """Record a pair that opens from a to b and closes from c to d, with no more signs than are
        really there.
        """
        if size > 0 and self.text[c:d] != delim.token * size:
            # More signs than are there: close the last single sign that is open, or nothing.
            single = next((start for start in reversed(delim.stack) if start[-1] == 1), None)
            a, b, d, size = (single[1] - 1, single[1], c + 1, 1) if single else (a, b, d, 0)
        if size > 0 and self.text[a:b] == self.text[c:d] == delim.token * size:
            super().add_region(delim, a, b, c, d, size)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """The element that begins here; if it would lose or move a letter, there is none, and the
        signs stay.
        """
        self.text = data
        element, start, end = super().handleMatch(m, data)
        if element is not None and SIGNS.sub("", "".join(element.itertext())) != SIGNS.sub(
            "", data[start:end]
        ):
            self.reset()
            return None, m.start(0), m.end(0)
        return element, start, end


class Links(LinkInlineProcessor):
    """Links with their address in parentheses; for unusual ones Python-Markdown may search to the
    end of the line.
    """

    def __init__(self, pattern: str, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(pattern, md)
        self.spend = spend

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 -- Python-Markdown's own name
        """The address, the title, where the link ends, and whether it ends at all."""
        plain = PLAIN.match(data, index)
        if plain:
            return self.unescape(plain[1]), None, plain.end(), True
        href, title, end, closed = super().getLink(data, index)
        # a quotation mark may begin a title, whose end is searched for
        if not closed or "'" in href or '"' in href:
            self.spend(2 * (len(data) - index))
        return href, title, end, closed


class Images(Links, ImageInlineProcessor):
    """Pictures with the name of their file in parentheses."""


class References(dict[str, tuple[str, str | None]]):
    """Addresses written apart from their links, as [name]: https://…; refuses a second one for the
    same name.
    """

    def __init__(self, refuse: Refuse) -> None:
        super().__init__()
        self.refuse = refuse

    def __setitem__(self, name: str, target: tuple[str, str | None]) -> None:
        if self.get(name, target)[0] != target[0]:
            self.refuse(
                f": {target[0]}",
                "reference",
                f"[{name}] is given two addresses",
                "rename one of them",
            )
        super().__setitem__(name, target)


class Abbreviations(AbbrTreeprocessor):
    """Explains each abbreviation wherever it is a word of the text.

    Python-Markdown alone would also find "0" or "amp" in its own stash keys.
    """

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        if self.abbrs:
            words = "|".join(map(re.escape, sorted(self.abbrs, key=len, reverse=True)))
            self.RE = re.compile(rf"(?<![\w\x02])(?:{words})(?![\w\x03])")
            self.iter_element(root)


class Notes(FootnoteExtension):
    """Footnotes with numbered ids, which are safe in addresses and pages, whatever name the writer
    gives a note.
    """

    def __init__(self, refuse: Refuse, **settings: Any) -> None:
        self.refuse = refuse
        super().__init__(**settings)

    def reset(self) -> None:
        """Forget the notes of the last text."""
        super().reset()
        self.numbers: dict[str, int] = {}
        self.closed = False

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 -- Python-Markdown's own names
        """Keep a note or refuse it; of two with one name, Python-Markdown would drop one."""
        words = (f"[^{id}]: {text}", f"[^{id}]:")
        if id in self.numbers:
            self.refuse(
                words, "note", f"the note [^{id}] is given twice", "give one of them another name"
            )
        elif self.closed:
            self.refuse(
                words,
                "note",
                f"the note [^{id}] is inside another note",
                "move it to a line of its own",
            )
        elif not text.strip():
            self.refuse(words, "note", f"the note [^{id}] has no text", "write it after the colon")
        elif len(self.numbers) >= MOST_NOTES:
            raise TooMuch
        else:
            self.numbers[id] = len(self.numbers) + 1
            super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:  # noqa: N802
        """The box with all notes; from here on, their numbers are final."""
        self.closed = True
        if self.footnotes:
            self._number(
                without_hidden(ESCAPED.sub("", text)) for text in _texts(root) if CALL in text
            )
        box = super().makeFootnotesDiv(root)
        for note in box.iter("li") if box is not None else ():
            block = None
            if len(note):
                block = BLOCK.fullmatch(note[-1].text or "")
            if block:  # the link back would share its paragraph, and browsers break that up
                kept = etree.Element("p")
                kept.text = block[1]
                note.insert(len(note) - 1, kept)
                note[-1].text = ""
        return box

    def _number(self, texts: Iterable[str]) -> None:
        """Sort the notes in the order in which the text refers to them; those that only other notes
        refer to come last.
        """
        calls = [name for text in texts for name in NAME.findall(text) if name in self.footnotes]
        order = dict.fromkeys([*calls, *self.footnotes])
        self.numbers = {name: number for number, name in enumerate(order, 1)}
        self.footnotes = OrderedDict((name, self.footnotes[name]) for name in order)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        """The id of a note."""
        return f"fn-{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a reference to a note; Python-Markdown would count up from the note's first one
        each time.
        """
        name = f"fnref-{self.numbers[id]}"
        if not found:
            return name
        times = self.found_refs[name] = self.found_refs.get(name, 0) + 1
        if times > 1:
            return f"fnref{times}-{self.numbers[id]}"
        return name

    def check(self) -> None:
        """Refuse notes that nothing refers to, once the text has been read."""
        used = set(self.footnote_order)
        for name in self.footnotes:
            if name not in used:
                self.refuse(
                    f"[^{name}]:",
                    "note",
                    f"nothing in the text refers to the note [^{name}]",
                    f"put [^{name}] where it belongs",
                )

    def check_typed(self, text: str, given: Iterable[str]) -> None:
        """Warn of notes typed by hand, as [1] in the text and again before the note, unless [1] is
        a link reference.
        """
        shown = ""
        if TYPED.search(text):
            shown = without_hidden(text)
        calls = {*TYPED_CALL.findall(shown)}.difference(given)
        for number in dict.fromkeys(TYPED.findall(shown)) if calls else ():
            if number in calls:
                hint = f"write [^{number}] and, on a line of its own, [^{number}]: …"
                message = f'"[{number}]" is shown as it stands, and is not a note'
                self.refuse(f"[{number}]", "note", message, hint, "warning")


def _texts(element: etree.Element) -> Iterator[str]:
    """The texts in an element in order, without code."""
    if element.text and not isinstance(element.text, AtomicString):
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
