"""Writes words as Markdown that reads them literally: in a text, in the braces after a picture, on
one line.
"""

from __future__ import annotations

import re

from broadside.letters import HIDDEN, UNPRINTABLE
from broadside.markdown.limits import FLOOD

ENTITY = re.compile(r"&(?=#|\w+;)")
SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
"""Signs that Markdown may interpret; an underscore within a word is only itself."""
SHORTEST_FLOOD = 200
"""In letters; the engine refuses a text with a run of so many signs."""


def escaped(text: str) -> str:
    """Words with all of Markdown's signs escaped."""
    text = ENTITY.sub("&amp;", text)
    text = SIGNS.sub(lambda match: f"\\{match[0]}", text).replace("<", "&lt;")
    if len(text) >= SHORTEST_FLOOD:
        return FLOOD.sub(_by_number, text)
    return text


def _by_number(flood: re.Match[str]) -> str:
    return "".join(sign if sign.isspace() else f"&#{ord(sign)};" for sign in flood[0])


def in_quotes(line: str) -> str:
    """A caption or a credit between quotation marks."""
    line = with_entities(line).replace("} ![", "}; ![")
    if '"' in line and "'" in line:
        line = re.sub(r'"([^"]*)"', r"“\1”", line).replace('"', "”")
    if '"' in line:
        return f"'{line}'"
    return f'"{line}"'


def with_entities(words: str) -> str:
    """Words with tags and entities escaped for Markdown and HTML."""
    return ENTITY.sub("&amp;", words).replace("<", "&lt;")


def clean_line(text: str) -> str:
    """One line of plain words, without invisible characters."""
    return HIDDEN.sub("", UNPRINTABLE.sub("", " ".join(text.split()))).strip()
