"""Mobiledoc, in which older versions of Ghost's editor keep a text, as HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from broadside_import.lexical import CARDS, Told, mobile_markdown
from broadside_import.readable import json_in

MARKUPS = frozenset("a b strong i em code s del sub sup u mark".split())
SECTIONS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside".split())
MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10
"""Kinds of sections."""
SAME = {"hr": "horizontalrule", "card-markdown": "markdown"}


def html_of(text: str, told: Told) -> str:
    """A text in Mobiledoc as HTML."""
    try:
        whole = json_in(text)
        sections = list(whole["sections"])
    except (ValueError, KeyError, TypeError):
        told.append(("a text that cannot be read", "nothing"))
        return ""
    made = []
    for section in sections:
        try:
            made.append(_section(section, whole, told))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            told.append(("a part of a text that cannot be read", "nothing"))
    return "".join(made)


def _section(section: list[Any], whole: dict[str, Any], told: Told) -> str:
    kind = section[0]
    if kind == MARKUP:
        tag = section[1] if section[1] in SECTIONS else "p"
        tag = "blockquote" if tag == "aside" else tag
        return f"<{tag}>{_markers(section[2], whole)}</{tag}>"
    if kind == IMAGE:
        return f'<figure><img src="{escape(str(section[1]))}"></figure>'
    if kind == LIST:
        tag = "ol" if section[1] == "ol" else "ul"
        return f"<{tag}>{''.join(f'<li>{_markers(markers, whole)}</li>' for markers in section[2])}</{tag}>"
    if kind == CARD:
        return _card(whole["cards"][section[1]], told)
    told.append((f"a section of the kind {kind}", "nothing"))
    return ""


def _markers(markers: list[Any], whole: dict[str, Any]) -> str:
    """Words with their marks: each marker opens some, and closes a number of them."""
    out, opened = [], []
    for kind, opens, closes, value in markers:
        for number in opens:
            name, *attributes = whole["markups"][number]
            tag = name if name in MARKUPS else "span"
            said = attributes[0] if attributes else []
            href = dict(zip(said[::2], said[1::2], strict=False)).get("href", "")
            out.append(f'<{tag} href="{escape(str(href))}">' if href else f"<{tag}>")
            opened.append(tag)
        out.append(escape(str(value), quote=False) if kind == 0 else _atom(whole["atoms"][value]))
        out += [f"</{opened.pop()}>" for _ in range(min(closes, len(opened)))]
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(opened))


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1] if len(atom) > 1 else ""), quote=False)


def _card(card: list[Any], told: Told) -> str:
    name, said = SAME.get(card[0], card[0]), card[1] if len(card) > 1 and isinstance(card[1], dict) else {}
    if name == "markdown":
        return mobile_markdown(str(said.get("markdown", "")))
    if name == "code":
        return CARDS["codeblock"](said)
    if name in CARDS:
        return CARDS[name](said)
    words = " ".join(str(value) for value in said.values() if isinstance(value, str) and " " in value)
    told.append((f"a card of the kind {str(name)[:40]}", "its words" if words else "nothing"))
    return f"<p>{escape(words)}</p>" if words else ""
