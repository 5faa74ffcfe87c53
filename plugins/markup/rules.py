"""Lines with three hyphens right below them, which were meant for a rule: Markdown makes headings of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNDERLINED = re.compile(r"(?:\A|\n[ \t]*\n)(?P<words>[^\s#>|`-][^\n]*)\n---[ ]*(?=\n|\Z)")
"""The one line of a paragraph, and the hyphens."""
SENTENCE = 60
"""Letters from which on such a line is taken for a sentence; a shorter one is where it ends in a full stop."""
BEHIND = "\"'”’)»*_"
"""What may stand behind a full stop."""


def underlined_sentences(text: str) -> Iterator[str]:
    """The lines of a text that are sentences and are underlined; some may stand in code, where they are no headings."""
    for match in UNDERLINED.finditer(text) if "\n---" in text else ():
        words = match["words"].rstrip()
        if len(words) > SENTENCE or words.rstrip(BEHIND)[-1:] in (".", "…"):
            yield words
