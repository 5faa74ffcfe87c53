"""Emphasis that loses no letter: Python-Markdown's own may close ** with a single * and swallow the letter after it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.core import Markdown
from markdown.inlinepatterns import Delimiter, DelimiterProcessor

SIGNS = re.compile(r"[*_]+")


class Emphasis(DelimiterProcessor):
    """Pairs * and _ as Python-Markdown does, but never with more signs than stand there."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.text = ""

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:  # noqa: PLR0913, PLR0917
        """Note a pair: its opening signs from a to b and its closing ones from c to d."""
        if size > 0 and self.text[c:d] != delim.token * size:
            single = next((start for start in reversed(delim.stack) if start[-1] == 1), None)
            a, b, d, size = (single[1] - 1, single[1], c + 1, 1) if single else (a, b, d, 0)
        if size > 0 and self.text[a:b] == self.text[c:d] == delim.token * size:
            super().add_region(delim, a, b, c, d, size)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """The element that begins here; none, and the signs stay, where a letter would be lost or moved."""
        self.text = data
        element, start, end = super().handleMatch(m, data)
        if element is not None and SIGNS.sub("", "".join(element.itertext())) != SIGNS.sub("", data[start:end]):
            self.reset()
            return None, m.start(0), m.end(0)
        return element, start, end
