"""A source file split into its header, as data with places, and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from plugins.faults import Fault, quoted
from plugins.front_matter import yaml_nodes
from plugins.front_matter.yaml_nodes import Marks

FENCE = re.compile(r"^---[ \t]*$", re.M)
END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
KEY_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*)|$)")

LISTS = {"authors": "; or ,", "author": "; or ,", "tags": ",", "topics": ",", "sections": ",", "related": ",", "redirect_from": ","}
"""Keys of Pelican's plain header that hold several values, and what separates them."""


@dataclass(slots=True)
class Header:
    """The front matter's data, the place of each value, and the body with the line it starts on."""

    data: dict[str, Any] = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)


def split(text: str, path: str) -> Header:
    """Split a file's text; a header is YAML between `---` lines, or Pelican's plain `Key: value` lines."""
    if FENCE.match(text):
        return _yaml_header(text, path)
    return _plain_header(text, path)


def _yaml_header(text: str, path: str) -> Header:
    start = text.index("\n") + 1 if "\n" in text else len(text)
    end = END.search(text, start)
    if end is None:
        return Header(faults=[Fault(path, 1, 1, "error", "front-matter", "the front matter is not closed", "end it with a line of three hyphens: ---")])
    plain = yaml_nodes.parse(text[start : end.start()], path, first_line=2)
    head = Header(marks=plain.marks, faults=plain.faults)
    head.body = text[end.end() :].removeprefix("\n")
    head.body_line = text.count("\n", 0, end.end()) + 2
    if isinstance(plain.value, dict):
        head.data = plain.value
    elif plain.value is not None:
        head.faults.append(Fault(path, 2, 1, "error", "front-matter", "the front matter is not a list of keys and values", 'write "title: A headline"'))
    return head


def _plain_header(text: str, path: str) -> Header:
    head = Header()
    lines = text.split("\n")
    number, key = 0, ""
    for number, line in enumerate(lines):
        match = KEY_LINE.fullmatch(line.rstrip())
        if match:
            key = match[1].lower()
            if key in head.data:
                head.faults.append(Fault(path, number + 1, 1, "error", "duplicate-key", f"the key {quoted(key)} stands here twice", "keep one"))
                continue
            head.data[key] = (match[2] or "").strip()
            head.marks[(key,)] = (number + 1, 1)
        elif key and line[:1] in (" ", "\t") and line.strip():
            head.data[key] += "\n" + line.strip()
        else:
            break
    else:
        number = len(lines)
    while number < len(lines) and not lines[number].strip():
        number += 1
    head.body, head.body_line = "\n".join(lines[number:]), number + 1
    for name in LISTS.keys() & head.data.keys():
        head.data[name] = _several(head.data[name], LISTS[name])
    return head


def _several(value: str, separators: str) -> list[str]:
    """The parts of "a; b" or "a, b", as Pelican splits them: a semicolon, where there is one, outranks the comma."""
    separator = "\n" if "\n" in value else ";" if ";" in value and ";" in separators else ","
    return [part.strip() for part in value.split(separator) if part.strip()]
