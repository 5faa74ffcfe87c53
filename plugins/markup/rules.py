"""Lines with three hyphens right below them, which were meant as a rule: Markdown makes headings of such lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNDERLINED = re.compile(r"(?:\A|\n[ \t]*\n)(?P<words>[^\s#>|`-][^\n]*)\n---[ ]*(?=\n|\Z)")
"""The one line of a paragraph, and the hyphens."""
SENTENCE = 60
"""The length from which such a line is taken for a sentence; a shorter one is if it ends in a full stop."""
BEHIND = "\"'”’)»*_"
"""Characters that may follow a full stop."""


def underlined_sentences(text: str) -> Iterator[str]:
    """The underlined lines of a text that are sentences; some may be in code, where they are not headings."""
    for match in UNDERLINED.finditer(text) if "\n---" in text else ():
        words = match["words"].rstrip()
        if len(words) > SENTENCE or words.rstrip(BEHIND)[-1:] in (".", "…"):
            yield words
