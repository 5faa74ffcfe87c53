"""YAML as plain text, lists and mappings, with the place of every value.

Only the shape of YAML is used: each scalar stays the string that was written (`no`, `12:30`, `0o17`), so nothing
a writer types turns into something else. Anchors, aliases and tags are refused, and so is a comment beside words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from plugins.faults import Fault, quoted
from plugins.front_matter.slips import lost, slip
from plugins.vocabulary import WORDS

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Place = tuple[str | int, ...]
Marks = dict[Place, tuple[int, int]]

DEEPEST = 8
"""Levels of nesting; the deepest key of ours needs three."""

COMMENT = re.compile(r"[],} \t]*(#.*)")
"""What may stand between a value and a comment in its line, and the comment."""
QUOTES = "put the value in quotes if the sign belongs to it, or delete the sign"
PLAIN_WORDS = {
    "scanning an alias": QUOTES,
    "undefined alias": QUOTES,
    "scanning a block scalar": "put a value that starts with > or | in quotes",
    "block sequence entries": "put a value that starts with a hyphen in quotes",
    "mapping values are not allowed": 'put the value in quotes: it contains ": "',
    "cannot start any token": "put a value that starts with a sign in quotes",
    "could not find expected ':'": "each line is a key, a colon, a space and a value",
    "found unexpected end of stream": "a quotation mark or bracket is not closed",
    "while scanning a quoted scalar": "a quotation mark is not closed",
    "did not find expected ',' or ']'": "a bracket [ is not closed",
    "did not find expected key": "check the quotation marks and the indentation of this line",
}


class Refused(Exception):
    """A part of YAML that front matter does not have."""

    def __init__(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column = node.start_mark.line, node.start_mark.column
        self.code, self.message, self.hint = code, message, hint


@dataclass(slots=True)
class Plain:
    """YAML's data: `value` of str, list and dict; `marks` gives line and column, from 1, of each place in it."""

    value: Any = None
    marks: Marks = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(text: str, path: str, first_line: int = 1) -> Plain:
    """Read one YAML document that starts at `first_line` of the file."""
    plain = Plain()

    def fault(line: int, column: int, code: str, message: str, hint: str = "") -> None:
        plain.faults.append(Fault(path, line + first_line, column + 1, "error", code, message, hint))

    if text.count("[") + text.count("{") > 2000:
        fault(0, 0, "yaml", "far too many brackets", "take out those that mean nothing")
        return plain
    try:
        node = yaml.compose(text, Loader=Loader)
        if node is not None:
            plain.value = _Document(text, path, first_line, plain).value(node, ())
    except Refused as refused:
        fault(refused.line, refused.column, refused.code, refused.message, refused.hint)
    except yaml.MarkedYAMLError as problem:
        said = f"{problem.context or ''} {problem.problem or ''}".strip()
        opened = "quoted scalar" in said or "parsing a flow" in said
        if found := None if "quoted scalar" in said else slip(text, problem):
            fault(*found)
            return plain
        mark = (opened and problem.context_mark) or problem.problem_mark or problem.context_mark
        line = min(mark.line, text.rstrip("\n").count("\n")) if mark else 0
        hint = next((words for key, words in PLAIN_WORDS.items() if key in said), QUOTES)
        fault(line, mark.column if mark else 0, "yaml", f"this is not readable as YAML ({said})", hint)
    except (yaml.YAMLError, RecursionError) as problem:
        fault(0, 0, "yaml", f"this is not readable as YAML ({problem})".splitlines()[0], QUOTES)
    return plain


@dataclass(frozen=True, slots=True)
class _Document:
    """One YAML document on its way to plain data."""

    text: str
    path: str
    first_line: int
    plain: Plain

    def value(self, node: yaml.Node, place: Place) -> Any:
        """The node as str, list or dict."""
        self.refuse_signs(node)
        if len(place) > DEEPEST:
            raise Refused(node, "yaml-depth", "lists and mappings are nested too deeply", "write one list")
        self.mark(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        return self.words(cast("yaml.ScalarNode", node), place)

    def words(self, node: yaml.ScalarNode, place: Place) -> str:
        """The scalar as written; a comment in its line is a fault where words are wanted, for it may be some of them."""
        if "#" not in self.text or node.style in ("|", ">"):
            return str(node.value)
        key = next((part for part in reversed(place) if isinstance(part, str)), "")
        comment = COMMENT.match(self.text, node.end_mark.index) if key in WORDS else None
        if comment is None:
            return str(node.value)
        line, column = node.end_mark.line + self.first_line, node.end_mark.column + 1
        column += comment.start(1) - node.end_mark.index
        self.plain.faults.append(Fault(self.path, line, column, "error", *lost(comment[1])))
        return str(node.value) or comment[1]  # so that the key is not called empty as well

    def pairs(self, mapping: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        """The mapping's keys, in lower case, with their values."""
        keys: set[str] = set()
        for key_node, value_node in mapping.value:
            self.refuse_signs(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise Refused(key_node, "yaml", "a key must be a word", QUOTES)
            key = key_node.value.strip().lower()
            if key in keys:
                raise Refused(key_node, "duplicate-key", f"the key {quoted(key)} stands here twice", "keep one")
            keys.add(key)
            self.mark(key_node, (*place, key))
            yield key, self.value(value_node, (*place, key))

    def mark(self, node: yaml.Node, place: Place) -> None:
        """Note where a place is; that of a key stays where its value comes."""
        self.plain.marks.setdefault(place, (node.start_mark.line + self.first_line, node.start_mark.column + 1))

    def refuse_signs(self, node: yaml.Node) -> None:
        """Refuse anchors, which alone can be aliased, and tags: YAML leaves both out of the value that it returns."""
        sign = self.text[node.start_mark.index : node.start_mark.index + 1]
        if sign == "&":
            raise Refused(node, "yaml-alias", "anchors and aliases (& and *) are not allowed here", QUOTES)
        if sign == "!":
            raise Refused(node, "yaml-tag", "YAML tags (!) are not allowed here", QUOTES)
