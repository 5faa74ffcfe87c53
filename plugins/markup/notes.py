"""Footnotes, references and raw HTML as Python-Markdown reads them, minus the places where it loses what was written."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from markdown.extensions.footnotes import FootnoteExtension

from plugins.markup.meter import MOST_NOTES, TooMuch

Refuse = Callable[[str, str, str, str], None]
"""Takes the words to look for, a code, a message and a hint."""


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
        words = f"[^{id}]:"
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
        """The box with all notes."""
        self.closed = True
        return super().makeFootnotesDiv(root)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802
        """The id of a note."""
        return f"fn-{self.numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a place that refers to a note."""
        return str(self.unique_ref(f"fnref-{self.numbers[id]}", found))

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


class References(dict[str, tuple[str, str | None]]):
    """Addresses that are given apart from their links: [name]: https://…; a second one under a name is refused."""

    def __init__(self, refuse: Refuse) -> None:
        super().__init__()
        self.refuse = refuse

    def __setitem__(self, name: str, target: tuple[str, str | None]) -> None:
        if self.get(name, target)[0] != target[0]:
            self.refuse(f": {target[0]}", "reference-twice", f"[{name}] is given two addresses", "rename one of them")
        super().__setitem__(name, target)
