"""Where something stands in a source: faults name the line of what they are about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

Sought = str | re.Pattern[str]
"""Words, of which only the first line counts, or a pattern that they match."""


@dataclass(slots=True)
class Places:
    """The lines of one text, which begins at a line of its file."""

    text: str
    first_line: int = 1
    found: dict[Sought, int] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)

    def line_of(self, *words: Sought | tuple[Sought, ...]) -> int:
        """The line of the next place where the first of these words stand that stand there at all."""
        for sought in (each for some in words for each in (some if isinstance(some, tuple) else (some,))):
            span = self._next(sought.split("\n")[0] if isinstance(sought, str) else sought)
            if span:
                self.breaks = self.breaks or [match.start() for match in re.finditer("\n", self.text)]
                return self.first_line + bisect_left(self.breaks, span[0])
        return self.first_line

    def _next(self, sought: Sought) -> tuple[int, int] | None:
        """The span after the last one that was found, or where there is none the first of all."""
        for start in (self.found.get(sought, 0), 0):
            if isinstance(sought, str):
                at = self.text.find(sought, start) if sought else -1
                span = (at, at + len(sought))
            else:
                match = sought.search(self.text, start)
                span = match.span() if match else (-1, -1)
            if span[0] >= 0:
                self.found[sought] = span[1]
                return span
        return None
