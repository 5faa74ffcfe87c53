"""Adds entries to a YAML list, and former addresses to existing entries, in the list's own style
and without touching the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from broadside.importer import Loader

PLAIN = re.compile(r"[A-Za-z/][\w /.'’,()–—é%~+-]*")
DATE = re.compile(r"\d{4}-\d\d-\d\d[T\d:+.Z-]*")
WORDS_OF_YAML = ("yes", "no", "true", "false", "null", "on", "off")


def key_line(key: str, value: Any) -> str:
    """A line of front matter, or of an entry in a list."""
    if isinstance(value, list):
        return f"{key}:\n" + "".join(f"  - {scalar(each)}\n" for each in value)
    return f"{key}: {scalar(value)}\n"


def scalar(value: str) -> str:
    """A value in YAML, without quotation marks if it needs none."""
    plain = PLAIN.fullmatch(value) and not value.endswith(" ") and ": " not in value
    plain = bool(plain) and value.lower() not in WORDS_OF_YAML
    if plain or DATE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def extended(
    text: str, new: Sequence[Mapping[str, Any]], former: Mapping[str, Sequence[str]]
) -> str:
    """A list with new entries at the end, and with former addresses in entries, by name, that have
    none.
    """
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    found = _found(text)
    inserts: list[tuple[int, str]] = []
    for node in found.value if found else ():
        said = {str(key.value).strip().lower(): value for key, value in node.value}
        addresses = former.get(str(said["name"].value)) if "name" in said else None
        if addresses and "redirect_from" not in said:
            inserts.append(_addresses(node, addresses, text))
    if found is None:  # nothing but comments
        inserts = [
            (len(text), _ended(text, len(text)) + "".join(_block(entry, 0) for entry in new))
        ]
    elif new:
        inserts.append(_new(found, new, text))
    breaks = "\r\n" if "\r\n" in text else "\n"
    for at, made in reversed(inserts):
        text = text[:at] + made.replace("\n", breaks) + text[at:]
    return mark + text


def _new(found: yaml.SequenceNode, new: Sequence[Mapping[str, Any]], text: str) -> tuple[int, str]:
    """Where new entries go, and their text."""
    start = found.start_mark.index + bool(found.flow_style)
    last = start
    if found.value:
        last = _end(found.value[-1])
    if not found.flow_style:
        at = _next_line(text, last)
        return at, _ended(text, at) + "".join(
            _block(entry, found.start_mark.column) for entry in new
        )
    between = ", "
    if "\n" in text[start:last]:
        between = ",\n  "
    made = between.join(json.dumps(entry, ensure_ascii=False) for entry in new)
    return last, (between if found.value else "") + made


def _addresses(entry: yaml.MappingNode, addresses: Sequence[str], text: str) -> tuple[int, str]:
    """Where an entry's former addresses go, and their text."""
    last = _end(entry.value[-1][1])
    if entry.flow_style:
        return last, f", redirect_from: {json.dumps(list(addresses), ensure_ascii=False)}"
    at = _next_line(text, last)
    lines = key_line("redirect_from", list(addresses)).splitlines(keepends=True)
    return at, _ended(text, at) + "".join(" " * entry.start_mark.column + each for each in lines)


def _block(entry: Mapping[str, Any], column: int) -> str:
    lines = "".join(key_line(key, value) for key, value in entry.items()).splitlines(keepends=True)
    return "".join(
        " " * column + ("  " if number else "- ") + each for number, each in enumerate(lines)
    )


def _next_line(text: str, at: int) -> int:
    """The start of the next line, or of this one if the position is at its beginning."""
    if text[at - 1 : at] == "\n":
        return at
    return text.find("\n", at) + 1 or len(text)


def _ended(text: str, at: int) -> str:
    """What is needed at a position so that a line begins there."""
    if at and text[at - 1] != "\n":
        return "\n"
    return ""


def _found(text: str) -> yaml.SequenceNode | None:
    """The list in a text, which is all of it or the value of its key `items`."""
    root = yaml.compose(text, Loader=Loader)
    if isinstance(root, yaml.MappingNode):
        root = next(
            (value for key, value in root.value if str(key.value).strip().lower() == "items"), None
        )
    if isinstance(root, yaml.SequenceNode):
        return root
    return None


def _end(node: yaml.Node) -> int:
    """Where a node's text ends; for a block, PyYAML gives the start of the next."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, yaml.MappingNode) else last)
    return int(node.end_mark.index)
