"""Reads YAML as plain text, lists and mappings, with the place of every value.

Only the structure of YAML is used. Each scalar stays the string that was written (`no`, `12:30`, `0o17`), so nothing that
a writer types turns into something else. Anchors, aliases and tags are refused, and so is a comment beside words. A key
whose value is refused or cannot be read is left without one, so that the others are read and their faults reported too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from broadside.plugins.faults import Fault, quoted
from broadside.plugins.front_matter.quotes import Slip
from broadside.plugins.front_matter.slips import hard_spaces, lost, slip, without
from broadside.plugins.vocabulary import WORDS

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Place = tuple[str | int, ...]
Marks = dict[Place, tuple[int, int]]

DEEPEST = 8
"""Levels of nesting; the deepest key of ours needs three."""
MOST_TOLD = 200
"""How many faults of one text are reported."""
MOST_SLIPS = 8
"""How many places that YAML cannot read are reported in one text; for each, the text is read again."""
LONGEST = 20_000
"""The longest text, in characters, that is read again; no header of ours is so long."""

COMMENT = re.compile(r"[],} \t]*(#.*)")
"""The characters that may be between a value and a comment in its line, and the comment."""
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
    """A part of YAML that front matter may not use."""

    def __init__(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column = node.start_mark.line, node.start_mark.column
        self.code, self.message, self.hint = code, message, hint


class Plain(Struct):
    """YAML's data: `value` consists of str, list and dict; `marks` gives line and column, from 1, of each place in it.

    `unread` has the keys whose value is refused or cannot be read. Those that are certainly keys are empty in `value`.
    """

    value: Any = None
    marks: Marks = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def parse(text: str, path: str, first_line: int = 1) -> Plain:
    """Read one YAML document that starts at `first_line` of the file."""
    plain = Plain()
    document = _Document(text, path, first_line, plain)
    if text.count("[") + text.count("{") > 2000:
        document.fault(0, 0, "yaml", "far too many brackets", "take out those that mean nothing")
        return plain
    document = _softened(document)
    last = -1
    while True:
        try:
            node = yaml.compose(document.text, Loader=Loader)
            if node is not None:
                plain.value = document.value(node, ())
        except Refused as refused:
            document.refuse(refused)
        except yaml.MarkedYAMLError as problem:
            found, is_sure = _unreadable(document.text, problem)
            if found[0] <= last:  # faults reported further up may result from what was taken out below
                return plain
            document.fault(*found)
            last = found[0]
            rest = without(document.text, last) if is_sure and len(plain.faults) < MOST_SLIPS else None
            if rest and len(text) < LONGEST:
                plain.unread |= rest[1]
                document = replace(document, text=rest[0])
                continue
        except (yaml.YAMLError, RecursionError) as problem:
            document.fault(0, 0, "yaml", f"this is not readable as YAML ({problem})".splitlines()[0], QUOTES)
        return plain


def _unreadable(text: str, problem: yaml.MarkedYAMLError) -> tuple[Slip, bool]:
    """The slip that YAML cannot read, and whether it is certainly there and not further up."""
    said = f"{problem.context or ''} {problem.problem or ''}".strip()
    opened = "quoted scalar" in said or "parsing a flow" in said
    if found := slip(text, problem):
        return found, True
    mark = (opened and problem.context_mark) or problem.problem_mark or problem.context_mark
    line = min(mark.line, text.rstrip("\n").count("\n")) if mark else 0
    hint = next((words for key, words in PLAIN_WORDS.items() if key in said), "")
    message = "this line cannot be read" if hint else f"this is not readable as YAML ({said})"
    return (line, mark.column if mark else 0, "yaml", message, hint or QUOTES), "did not find expected key" not in said


class _Document(Struct, frozen=True):
    """A YAML document on its way to plain data."""

    text: str
    path: str
    first_line: int
    plain: Plain

    def value(self, node: yaml.Node, place: Place) -> Any:
        """The node as str, list or dict."""
        _refuse_signs(node, self.text)
        if len(place) > DEEPEST:
            raise Refused(node, "yaml-depth", "lists and mappings are nested too deeply", "write one list")
        self.mark(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        return self.words(cast("yaml.ScalarNode", node), place)

    def words(self, node: yaml.ScalarNode, place: Place) -> str:
        """The scalar as written; a comment in its line is a fault if words are expected, because it may be some of them."""
        if "#" not in self.text or node.style in ("|", ">"):
            return str(node.value)
        key = next((part for part in reversed(place) if isinstance(part, str)), "")
        comment = COMMENT.match(self.text, node.end_mark.index) if key in WORDS else None
        if comment is None:
            return str(node.value)
        column = node.end_mark.column + comment.start(1) - node.end_mark.index
        self.fault(node.end_mark.line, column, *lost(comment[1]))
        return str(node.value) or comment[1]  # so that the key is not called empty as well

    def pairs(self, mapping: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        """The mapping's keys, in lower case, with their values; of a repeated key, the first."""
        keys: set[str] = set()
        for key_node, value_node in mapping.value:
            _refuse_signs(key_node, self.text)
            if not isinstance(key_node, yaml.ScalarNode):
                raise Refused(key_node, "yaml", "a key must be a word", QUOTES)
            key = key_node.value.strip().lower()
            if key in keys:
                self.refuse(Refused(key_node, "duplicate-key", f"the key {quoted(key)} is here twice", "keep one"))
                if not place:  # whichever key is meant, it is not missing
                    self.plain.unread.add(key)
                continue
            keys.add(key)
            self.mark(key_node, (*place, key))
            try:
                value = self.value(value_node, (*place, key))
            except Refused as refused:
                if place:  # without this part, the value would lack something that it needs
                    raise
                self.refuse(refused)
                self.plain.unread.add(key)
                value = ""
            yield key, value

    def refuse(self, refused: Refused) -> None:
        """Report what is refused, once: for an alias PyYAML gives the anchored node, which is refused in its own place."""
        self.fault(refused.line, refused.column, refused.code, refused.message, refused.hint)

    def fault(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        """Add the fault at a line and column of the document, both from 0, if it is not yet reported."""
        found = Fault(self.path, line + self.first_line, column + 1, "error", code, message, hint)
        if len(self.plain.faults) < MOST_TOLD and found not in self.plain.faults:
            self.plain.faults.append(found)

    def mark(self, node: yaml.Node, place: Place) -> None:
        """Note where a place is; the place of a key stays when its value comes."""
        self.plain.marks.setdefault(place, (node.start_mark.line + self.first_line, node.start_mark.column + 1))


def _softened(document: _Document) -> _Document:
    """The document; if YAML cannot read it as it is, with ordinary spaces after its colons, and a fault for each other one."""
    text, slips = hard_spaces(document.text)
    if not slips:
        return document
    try:
        if not isinstance(yaml.compose(document.text, Loader=Loader), yaml.ScalarNode):
            return document
    except (yaml.YAMLError, RecursionError):
        pass  # probably because of the spaces; other faults are reported next
    for each in slips:
        document.fault(*each)
    return replace(document, text=text)


def _refuse_signs(node: yaml.Node, text: str) -> None:
    """Refuse anchors, without which there are no aliases, and tags: YAML leaves both out of the value that it returns."""
    sign = text[node.start_mark.index : node.start_mark.index + 1]
    if sign == "&":
        raise Refused(node, "yaml-alias", "anchors and aliases (& and *) are not allowed here", QUOTES)
    if sign == "!":
        raise Refused(node, "yaml-tag", "YAML tags (!) are not allowed here", QUOTES)
