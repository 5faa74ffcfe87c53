"""Emphasis, links and abbreviations, mended where Python-Markdown loses or changes what was written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.core import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.inlinepatterns import Delimiter, DelimiterProcessor, ImageInlineProcessor, LinkInlineProcessor

from broadside.markdown.places import Refuse

SIGNS = re.compile(r"[*_]+")
PLAIN = re.compile(r"\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
"""An address alone; a title would come after a space, so an apostrophe here does not begin one."""


class Emphasis(DelimiterProcessor):
    """Pairs * and _ without losing a letter; Python-Markdown may close ** with a single * and swallow the letter after it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.text = ""

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:  # noqa: PLR0913, PLR0917
        """Note a pair, opening from a to b and closing from c to d, with no more signs than are there."""
        if size > 0 and self.text[c:d] != delim.token * size:
            single = next((start for start in reversed(delim.stack) if start[-1] == 1), None)
            a, b, d, size = (single[1] - 1, single[1], c + 1, 1) if single else (a, b, d, 0)
        if size > 0 and self.text[a:b] == self.text[c:d] == delim.token * size:
            super().add_region(delim, a, b, c, d, size)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """The element that begins here; none if a letter would be lost or moved, and then the signs stay."""
        self.text = data
        element, start, end = super().handleMatch(m, data)
        if element is not None and SIGNS.sub("", "".join(element.itertext())) != SIGNS.sub("", data[start:end]):
            self.reset()
            return None, m.start(0), m.end(0)
        return element, start, end


class Links(LinkInlineProcessor):
    """Links with their address in parentheses; Python-Markdown may search to the end of the line for the end of one."""

    def __init__(self, pattern: str, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(pattern, md)
        self.spend = spend

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 -- Python-Markdown's own name
        """The address, the title, where the link ends, and whether it ends at all."""
        plain = PLAIN.match(data, index)
        if plain:
            return self.unescape(plain[1]), None, plain.end(), True
        href, title, end, closed = super().getLink(data, index)
        if not closed or "'" in href or '"' in href:  # a quotation mark may begin a title, which is sought to the end
            self.spend(2 * (len(data) - index))
        return href, title, end, closed


class Images(Links, ImageInlineProcessor):
    """Pictures with the name of their file in parentheses."""


class References(dict[str, tuple[str, str | None]]):
    """Addresses given separately from their links, as [name]: https://…; a second one under the same name is refused."""

    def __init__(self, refuse: Refuse) -> None:
        super().__init__()
        self.refuse = refuse

    def __setitem__(self, name: str, target: tuple[str, str | None]) -> None:
        if self.get(name, target)[0] != target[0]:
            self.refuse(f": {target[0]}", "reference-twice", f"[{name}] is given two addresses", "rename one of them")
        super().__setitem__(name, target)


class Abbreviations(AbbrTreeprocessor):
    """Explains each abbreviation wherever it is a word of the text.

    Python-Markdown would also find "0" or "amp" in its own keys for what it took out.
    """

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        if self.abbrs:
            words = "|".join(map(re.escape, sorted(self.abbrs, key=len, reverse=True)))
            self.RE = re.compile(rf"(?<![\w\x02])(?:{words})(?![\w\x03])")
            self.iter_element(root)
