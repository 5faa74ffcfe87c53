"""Footnotes, without the places where Python-Markdown loses or bends what was written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension
from markdown.util import AtomicString

from plugins.markup.hidden import without_hidden
from plugins.markup.meter import MOST_NOTES, TooMuch
from plugins.markup.places import Refuse

CALL = "[^"
ESCAPED = re.compile(r"\\.", re.S)
NAME = re.compile(r"\[\^([^\]]*)\]")
"""Python-Markdown's own pattern for the place that calls a note."""
BLOCK = re.compile(f"\\s*(\x02wzxhzdk:[0-9]+\x03)\\s*{NBSP_PLACEHOLDER}")
"""A block, such as one of code, for which a placeholder stands at the end of a note."""
TYPED = re.compile(r"(?m)^[ ]{0,3}\[([0-9]{1,3})\](?![(\[])(?=[^\S\n]*\S)")
"""How a note's text begins where Word or a mail was pasted."""
TYPED_CALL = re.compile(r"(?:(?<=[^\s\[])|(?<=[^\s\[][ ]))\[([0-9]{1,3})\](?![(\[])")
"""What calls it: the same behind words."""


class Notes(FootnoteExtension):
    """Footnotes with numbered ids, which are safe in an address and in a page whatever the writer calls a note."""

    def __init__(self, refuse: Refuse, **settings: Any) -> None:
        self.refuse = refuse
        super().__init__(**settings)

    def reset(self) -> None:
        """Forget the notes of the last text."""
        super().reset()
        self.numbers: dict[str, int] = {}
        self.closed = False

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 -- Python-Markdown's own names
        """Keep a note; one that cannot be kept is refused, where Python-Markdown forgets one of two."""
        words = (f"[^{id}]: {text}", f"[^{id}]:")
        if id in self.numbers:
            self.refuse(words, "note-twice", f"the note [^{id}] is given twice", "give one of them another name")
        elif self.closed:
            self.refuse(
                words, "note-in-note", f"the note [^{id}] stands inside another note", "move it to a line of its own"
            )
        elif not text.strip():
            self.refuse(words, "note-empty", f"the note [^{id}] has no text", "write it after the colon")
        elif len(self.numbers) >= MOST_NOTES:
            raise TooMuch
        else:
            self.numbers[id] = len(self.numbers) + 1
            super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:  # noqa: N802
        """The box with all notes, which are numbered from here on."""
        self.closed = True
        if self.footnotes:
            self._number(without_hidden(ESCAPED.sub("", text)) for text in _texts(root) if CALL in text)
        box = super().makeFootnotesDiv(root)
        for note in box.iter("li") if box is not None else ():
            block = BLOCK.fullmatch(note[-1].text or "") if len(note) else None
            if block:  # its way back would stand in a paragraph together with it, which a browser takes apart
                kept = etree.Element("p")
                kept.text = block[1]
                note.insert(len(note) - 1, kept)
                note[-1].text = ""
        return box

    def _number(self, texts: Iterable[str]) -> None:
        """Put the notes in the order in which the texts call them; last come those that only other notes call."""
        calls = [name for text in texts for name in NAME.findall(text) if name in self.footnotes]
        order = dict.fromkeys([*calls, *self.footnotes])
        self.numbers = {name: number for number, name in enumerate(order, 1)}
        self.footnotes = OrderedDict((name, self.footnotes[name]) for name in order)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        """The id of a note."""
        return f"fn-{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a place that refers to a note: Python-Markdown counts up to it from the note's first one each time."""
        name = f"fnref-{self.numbers[id]}"
        if not found:
            return name
        times = self.found_refs[name] = self.found_refs.get(name, 0) + 1
        return f"fnref{times}-{self.numbers[id]}" if times > 1 else name

    def check(self) -> None:
        """Refuse notes that nothing refers to, once the text was read."""
        used = set(self.footnote_order)
        for name in self.footnotes:
            if name not in used:
                self.refuse(
                    f"[^{name}]:",
                    "note-unused",
                    f"nothing in the text refers to the note [^{name}]",
                    f"put [^{name}] where it belongs",
                )

    def check_typed(self, text: str, given: Iterable[str]) -> None:
        """Warn of notes that are only typed, as [1] at their place and again before their text, unless addresses are so named."""
        shown = without_hidden(text) if TYPED.search(text) else ""
        calls = {*TYPED_CALL.findall(shown)}.difference(given)
        for number in dict.fromkeys(TYPED.findall(shown)) if calls else ():
            if number in calls:
                hint = f"write [^{number}] and, on a line of its own, [^{number}]: …"
                message = f'"[{number}]" is shown as it stands, and is no note'
                self.refuse(f"[{number}]", "note-form", message, hint, "warning")


def _texts(element: etree.Element) -> Iterator[str]:
    """The texts in an element in their order, without code."""
    if element.text and not isinstance(element.text, AtomicString):
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
