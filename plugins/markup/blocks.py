"""Headings, tables and lists, mended where Python-Markdown loses or changes what was written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown
from markdown.extensions.tables import TableProcessor

from broadside.plugins.markup.places import Refuse

HEADING = re.compile(r"(?:^|\n)(?P<level>#{2,6}|#(?=[ \t]))(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")
"""Python-Markdown's own pattern, except that a word such as #MeToo is not a heading."""
FLAT = re.compile(r"(?m)^(?:[-*+]|[0-9]+\.)[ ]+\S.*\n(?P<inner>[ ]{2,3}(?:[-*+]|[0-9]+\.)[ ]+\S.*)$")


class Tables(TableProcessor):
    """Tables; a row with more cells than the table has columns is refused."""

    def __init__(self, md: Markdown, refuse: Refuse) -> None:
        super().__init__(md.parser, {"use_align_attribute": False})
        self.refuse = refuse

    def _build_row(self, row: str, parent: etree.Element, align: Sequence[str | None]) -> None:
        cells = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            message = f"a row has {len(cells)} cells, and its table {len(align)} columns"
            self.refuse(row, "table-row", message, "add a column, or write \\| for the sign itself")
        super()._build_row(row, parent, align)  # type: ignore[misc]


class NestedLists(BlockProcessor):
    """Warns of a list meant to be inside another that Markdown puts beside it; handles no block itself."""

    def __init__(self, md: Markdown, refuse: Refuse) -> None:
        super().__init__(md.parser)
        self.refuse = refuse

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether this processor handles the block: never."""
        flat = FLAT.search(block) if "\n  " in block else None
        if flat:
            hint = "indent it by four spaces"
            self.refuse(flat["inner"], "list-indent", "a list inside a list is not read as one", hint, "warning")
        return False

    def run(self, parent: etree.Element, blocks: list[str]) -> bool:
        """Not called."""
        return False
