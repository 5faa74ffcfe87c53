"""The element tree of Markdown as HTML, block by block.

Markdown's own serializer writes one string. This one marks where each top-level block ends, which is all that is needed
to cut a story, so the HTML is never parsed again.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from html.entities import html5

from broadside.markdown.body import BREAK

VOID = frozenset("br hr img wbr col".split())
AMPERSAND = re.compile(r"&(?:(#[0-9]+|#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);)?")


def blocks(root: etree.Element) -> str:
    """Each child of the root as HTML, with BREAK after it."""
    out: list[str] = []
    for child in root:
        child.tail = None
        _write(child, out.append)
        out.append(BREAK)
    return "".join(out)


def _write(element: etree.Element, out: Callable[[str], None]) -> None:
    tag = element.tag
    # A photo's placeholder is filled with an element; a card has a link in it, and a gallery a class.
    if tag == "figure" and not len(element) and not element.attrib:
        out(element.text or "")
        return
    if element.attrib:
        out(f"<{tag}{''.join(_attribute(name, value) for name, value in element.items())}>")
    else:
        out(f"<{tag}>")
    if tag not in VOID:
        if element.text:
            out(_text(element.text))
        for child in element:
            _write(child, out)
            if child.tail:
                out(_text(child.tail))
        out(f"</{tag}>")


def _text(text: str) -> str:
    if "&" in text:
        text = AMPERSAND.sub(_ampersand, text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _ampersand(match: re.Match[str]) -> str:
    """An entity as it is; any other "&" as an entity of its own, so that no browser has to guess."""
    name = match[1] or ""
    return match[0] if name.startswith("#") or f"{name};" in html5 else f"&amp;{match[0][1:]}"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_text(str(value)).replace(chr(34), "&quot;")}"'
