"""Fences of code that are indented, as in a list's item: Python-Markdown knows only those at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown.core import Markdown
from markdown.preprocessors import Preprocessor

OPENING = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?:\.?(?P<lang>[\w#.+-]*)|(?P<more>[^`]*))[ ]*")
CLOSING = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*")
ITEM = re.compile(r"[ ]*(?:[-*+:]|[0-9]{1,9}\.)[ ]+\S|\[\^[^\]]+\]:")
"""The first line of something that can have indented blocks: an item, a definition or a note."""
MOST_BACK = 200
"""How many lines are searched for the item that a fence belongs to."""
TAB = 4


class IndentedFences(Preprocessor):
    """Takes indented fences out of the text, leaves a placeholder indented as its item requires, and passes over all others."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with a placeholder for each indented fence."""
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        closings = [(i, match) for i, line in enumerate(lines) if (match := CLOSING.fullmatch(line))]
        out: list[str] = []
        at = later = 0
        while at < len(lines):
            while later < len(closings) and closings[later][0] <= at:
                later += 1
            opening = OPENING.fullmatch(lines[at]) if later < len(closings) else None
            level = _level(out, opening) if opening else None
            end = self._end(opening, level, closings, later) if opening and level is not None else 0
            if not opening or level is None or not end:
                out.append(lines[at])
                end = at
            elif not opening["indent"]:
                out += lines[at : end + 1]
            else:
                html = _html(_dedented(lines[at + 1 : end], opening["indent"]), opening["lang"])
                # One empty line on each side, never two: Python-Markdown ends a note at two.
                out += [""] * bool(out and out[-1])
                out.append(" " * (TAB * level) + self.md.htmlStash.store(html))
                out += [""] * bool("".join(lines[end + 1 : end + 2]))
            at = end + 1
        return out

    def _end(
        self, opening: re.Match[str], level: int, closings: Sequence[tuple[int, re.Match[str]]], start: int
    ) -> int:
        """The line of the first closing that fits, from number `start` on, or 0."""
        for i in range(start, len(closings)):
            line, closing = closings[i]
            self.spend(10)
            if not opening["indent"]:
                fits = closing["fence"] == opening["fence"] and not closing["indent"]  # as Python-Markdown has it
            else:
                fits = closing["fence"].startswith(opening["fence"]) and bool(closing["indent"] or not level)
            if fits:
                return line
        return 0


def _level(before: Sequence[str], opening: re.Match[str]) -> int | None:
    """How deep in lists a fence is, by the lines before it; None if that is not clear, or if it is itself indented code."""
    indent = inner = len(opening["indent"])
    if not indent:
        return 0
    if opening["more"]:
        return None
    for line in reversed(before[-MOST_BACK:]):
        depth = len(line) - len(line.lstrip(" "))
        if not line or depth >= inner:
            continue
        if ITEM.match(line) and depth + 2 <= indent:
            return depth // TAB + 1
        inner = depth
    return 0 if indent < TAB else None


def _dedented(lines: Sequence[str], spaces: str) -> str:
    return "".join(f"{line.removeprefix(spaces) if line.startswith(spaces) else line.lstrip(' ')}\n" for line in lines)


def _html(code: str, lang: str | None) -> str:
    language = f' class="language-{lang}"' if lang else ""
    return f"<pre><code{language}>{escape(code)}</code></pre>"
