"""Reads finished HTML, ours or checked by the guard, as tags and words in turn, and changes tags
and their attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

TAG = re.compile(r"(<[^>]*>)")
"""A tag; a > in one of its attributes is always an entity."""
ATTRIBUTE = re.compile(r"""(\s+)([A-Za-z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def pieces(html: str) -> list[str]:
    """Words and tags in turn; words come first and last, even if empty."""
    return TAG.split(html)


def with_tags(html: str, made: Callable[[str], str]) -> str:
    """HTML with each tag replaced by the result of `made`."""
    parts = pieces(html)
    parts[1::2] = map(made, parts[1::2])
    return "".join(parts)


@lru_cache(4096)
def name_of(tag: str) -> str:
    """The name of a tag's element, with a slash before it for a closing tag."""
    return tag[1:-1].replace("\n", " ").partition(" ")[0].rstrip("/").lower()


def attribute(tag: str, name: str) -> str:
    """The value of a tag's attribute, as written; "" without one."""
    found = ATTRIBUTE.findall(tag) if name in tag else ()
    return next((value.strip("\"'") for _, key, value in found if key == name), "")


def with_attributes(tag: str, value_of: Callable[[str, str], str | None]) -> str:
    """A tag with each attribute set to the result of `value_of` for its name and value; None
    removes it.
    """

    def changed(found: re.Match[str]) -> str:
        value = (found[3] or "").strip("\"'")
        name = found[2].lower()
        made = value_of(name, value)
        if made is None:
            return ""
        if made == value:
            return found[0]
        return f'{found[1]}{name}="{made}"'

    return ATTRIBUTE.sub(changed, tag) if " " in tag or "\n" in tag else tag  # most tags have none


def without_ways_back(parts: list[str]) -> list[str]:
    """The pieces of a text with the links from notes back to the text emptied, and the space before
    each removed.
    """
    for at in range(1, len(parts), 2):
        if "fnref" in attribute(parts[at], "href"):
            parts[at - 1] = parts[at - 1].removesuffix("&#160;").removesuffix("\u00a0")
            parts[at + 1] = ""
    return parts


def with_rel(html: str, rel: str) -> str:
    """HTML whose links to other sites tell search engines what they are."""

    def told(tag: str) -> str:
        if name_of(tag) != "a" or not attribute(tag, "href").startswith("http"):
            return tag
        bare = with_attributes(tag, lambda name, value: None if name == "rel" else value)
        return f'{bare[:-1]} rel="{rel}">'

    return with_tags(html, told)
