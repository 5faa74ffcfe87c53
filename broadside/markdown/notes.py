"""Footnotes, mended where Python-Markdown loses or changes what was written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension
from markdown.util import AtomicString

from broadside.markdown.limits import MOST_NOTES, TooMuch
from broadside.markdown.places import Refuse, without_hidden

CALL = "[^"
ESCAPED = re.compile(r"\\.", re.S)
NAME = re.compile(r"\[\^([^\]]*)\]")
"""Python-Markdown's own pattern for the place that calls a note."""
BLOCK = re.compile(f"\\s*(\x02wzxhzdk:[0-9]+\x03)\\s*{NBSP_PLACEHOLDER}")
"""The stash key of a block, such as code, at the end of a note."""
TYPED = re.compile(r"(?m)^[ ]{0,3}\[([0-9]{1,3})\](?![(\[])(?=[^\S\n]*\S)")
"""The beginning of a note's text that was pasted from Word or a mail."""
TYPED_CALL = re.compile(r"(?:(?<=[^\s\[])|(?<=[^\s\[][ ]))\[([0-9]{1,3})\](?![(\[])")
"""The call of such a note: the same sign after words."""


class Notes(FootnoteExtension):
    """Footnotes with numbered ids, which are safe in addresses and pages whatever the writer calls a note."""

    def __init__(self, refuse: Refuse, **settings: Any) -> None:
        self.refuse = refuse
        super().__init__(**settings)

    def reset(self) -> None:
        """Forget the notes of the last text."""
        super().reset()
        self.numbers: dict[str, int] = {}
        self.closed = False

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 -- Python-Markdown's own names
        """Keep a note, or refuse one that cannot be kept; of two with one name, Python-Markdown would forget one."""
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
        """The box with all notes, which have their numbers from here on."""
        self.closed = True
        if self.footnotes:
            self._number(without_hidden(ESCAPED.sub("", text)) for text in _texts(root) if CALL in text)
        box = super().makeFootnotesDiv(root)
        for note in box.iter("li") if box is not None else ():
            block = BLOCK.fullmatch(note[-1].text or "") if len(note) else None
            if block:  # the link back would be in a paragraph together with it, which a browser would break up
                kept = etree.Element("p")
                kept.text = block[1]
                note.insert(len(note) - 1, kept)
                note[-1].text = ""
        return box

    def _number(self, texts: Iterable[str]) -> None:
        """Put the notes in the order in which the texts call them; those that only other notes call come last."""
        calls = [name for text in texts for name in NAME.findall(text) if name in self.footnotes]
        order = dict.fromkeys([*calls, *self.footnotes])
        self.numbers = {name: number for number, name in enumerate(order, 1)}
        self.footnotes = OrderedDict((name, self.footnotes[name]) for name in order)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        """The id of a note."""
        return f"fn-{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a place that calls a note; Python-Markdown would count up to it from the note's first one each time."""
        name = f"fnref-{self.numbers[id]}"
        if not found:
            return name
        times = self.found_refs[name] = self.found_refs.get(name, 0) + 1
        return f"fnref{times}-{self.numbers[id]}" if times > 1 else name

    def check(self) -> None:
        """Refuse notes that nothing calls, once the text has been read."""
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
        """Warn of notes that are only typed, as [1] in the text and again before the note, unless such names have addresses."""
        shown = without_hidden(text) if TYPED.search(text) else ""
        calls = {*TYPED_CALL.findall(shown)}.difference(given)
        for number in dict.fromkeys(TYPED.findall(shown)) if calls else ():
            if number in calls:
                hint = f"write [^{number}] and, on a line of its own, [^{number}]: …"
                message = f'"[{number}]" is shown as it stands, and is not a note'
                self.refuse(f"[{number}]", "note-form", message, hint, "warning")


def _texts(element: etree.Element) -> Iterator[str]:
    """The texts in an element in order, without code."""
    if element.text and not isinstance(element.text, AtomicString):
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
