"""Links and pictures of a line, whose cost is counted: Python-Markdown looks to the end of the line for what closes each."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown.core import Markdown
from markdown.inlinepatterns import ImageInlineProcessor, LinkInlineProcessor

PLAIN = re.compile(r"\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
"""An address alone; a title would stand behind a space, and so an apostrophe is no beginning of one."""


class Links(LinkInlineProcessor):
    """Links with their address in parentheses."""

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
    """Pictures with their file in parentheses."""
