"""Reads finished HTML, ours or what the guard let pass: the one way in which anything in it is found or changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

TAG = re.compile(r"(<[^>]*>)")
"""A tag; a > in one of its attributes is an entity."""
ATTRIBUTE = re.compile(r"""(\s+)([A-Za-z-]+)(?:=("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def pieces(html: str) -> list[str]:
    """Words and tags by turns; words come first and last, if only empty ones."""
    return TAG.split(html)


def with_tags(html: str, made: Callable[[str], str]) -> str:
    """HTML in which each tag is what this makes of it."""
    parts = pieces(html)
    parts[1::2] = map(made, parts[1::2])
    return "".join(parts)


@lru_cache(4096)
def name_of(tag: str) -> str:
    """The name of a tag's element; with a slash before it, if the tag ends the element."""
    return tag[1:-1].replace("\n", " ").partition(" ")[0].rstrip("/").lower()


def attribute(tag: str, name: str) -> str:
    """The value of a tag's attribute, as it is written; "" without one."""
    found = ATTRIBUTE.findall(tag) if name in tag else ()
    return next((value.strip("\"'") for _, key, value in found if key == name), "")


def with_attributes(tag: str, value_of: Callable[[str, str], str | None]) -> str:
    """A tag in which each attribute has the value that this gives for its name and its value; None takes it out."""

    def changed(found: re.Match[str]) -> str:
        value = (found[3] or "").strip("\"'")
        made = value_of(found[2], value)
        return "" if made is None else found[0] if made == value else f'{found[1]}{found[2]}="{made}"'

    return ATTRIBUTE.sub(changed, tag) if " " in tag or "\n" in tag else tag  # most tags have none


def without_ways_back(parts: list[str]) -> list[str]:
    """The pieces of a text in which each link from a note back to its place is empty, without the space before it."""
    for at in range(1, len(parts), 2):
        if "fnref" in attribute(parts[at], "href"):
            parts[at - 1] = parts[at - 1].removesuffix("&#160;").removesuffix("\u00a0")
            parts[at + 1] = ""
    return parts
