"""Abbreviations that are explained in the text and nowhere else: Python-Markdown would also find them in its own marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.extensions.abbr import AbbrTreeprocessor


class Abbreviations(AbbrTreeprocessor):
    """Explains each abbreviation wherever it stands as a word; "0" and "amp" also stand in the places of what was taken out."""

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        if self.abbrs:
            words = "|".join(map(re.escape, sorted(self.abbrs, key=len, reverse=True)))
            self.RE = re.compile(rf"(?<![\w\x02])(?:{words})(?![\w\x03])")
            self.iter_element(root)
