"""A text with its code and comments blanked out: nothing can be wrong in them, so faults are sought elsewhere first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadside.plugins.markup.body import CUT

SIGNS = ("`", "~", "\t", "\n    ")
"""All code begins with one of them."""
FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^`\n]*)$", re.M)
IN_LINES = re.compile(
    rf"(?!{CUT.pattern})<!--(?:.*?-->|(?P<open>.*))"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:[^`\n]+|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`+)++(?P=ticks)(?!`)",
    re.I | re.S,
)
"""Comments, except the writer's cut, and code within a paragraph. After an unclosed comment, the rest of the text is one match."""
INDENTED = re.compile(
    r"((?:\A|(?<=\n\n))(?:(?!(?:[-*+:]|[0-9]+\.)[ \t]|\[\^|>)[ ]{0,3}\S.*\n)+(?:[ \t]*\n)+)"
    r"((?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+)"
)
"""A paragraph that is not part of a list, and the code below it."""
LETTER = re.compile(r"[^\n]")


def without_hidden(text: str) -> str:
    """The text with NUL, which nobody can write, for each letter of code and comments; all other letters keep their places."""
    if not any(sign in text for sign in SIGNS) and text.count("<!--") == len(CUT.findall(text)):
        return text
    text = IN_LINES.sub(lambda match: match[0] if match["open"] else _hidden(match[0]), "".join(_unfenced(text)))
    return INDENTED.sub(lambda match: match[1] + _hidden(match[2]), text)


def _unfenced(text: str) -> Iterator[str]:
    """The pieces of a text, with those between fences hidden."""
    last = 0
    opened: re.Match[str] | None = None
    for fence in FENCE.finditer(text):
        if not opened:
            opened = fence
        elif fence[1] == opened[1] and not fence[2].strip():
            yield text[last : opened.start()]
            yield _hidden(text[opened.start() : fence.end()])
            last, opened = fence.end(), None
    yield text[last:]


def _hidden(piece: str) -> str:
    return LETTER.sub("\0", piece)
