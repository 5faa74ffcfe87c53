"""Fences of code in quotations and list items: Python-Markdown knows only those at the start of a line."""

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
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
"""The sign of a quotation at the beginning of a line."""
MOST_BACK = 200
"""How many lines are searched for the item that a fence belongs to."""
TAB = 4


class IndentedFences(Preprocessor):
    """Takes fences out of quotations and list items, leaves a stash key in their place, and passes over all others."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with a stash key for each fence in a quotation or an item."""
        if not _has_fence(lines):
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
                end = at
                while end + 1 < len(lines) and QUOTE.match(lines[at]) and QUOTE.match(lines[end + 1]):
                    end += 1
                out += self._in_quotation(lines[at : end + 1])
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

    def _in_quotation(self, lines: list[str]) -> list[str]:
        """These lines or, if they are a quotation with fences, which are set as if they were outside, with stash keys."""
        if not _has_fence(lines) or not QUOTE.match(lines[0]):
            return lines
        self.spend(sum(map(len, lines)))
        inner = [QUOTE.sub("", line, count=1) for line in lines]
        outer = self.md.preprocessors["fenced_code_block"].run(self.run(inner))
        if outer == inner:
            return lines
        # Python-Markdown would take a key above the quotation's last empty line, or above words, for a paragraph.
        return [*(f"> {line}" for line in "\n".join(outer).strip("\n").split("\n")), ""]

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


def _has_fence(lines: Sequence[str]) -> bool:
    return any("```" in line or "~~~" in line for line in lines)


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
