"""Reads YAML as plain strings, lists and mappings, with the place of every value.

Only the structure of YAML is used. Each scalar stays the string that was written (`no`, `12:30`,
`0o17`), so nothing that a writer types turns into something else. Anchors, aliases and tags are
refused, and so is a comment beside words. Of a text that cannot be read, the one fault is where
reading stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

import yaml
from msgspec import Struct, field

from broadside.faults import Fault, quoted
from broadside.front_matter.data import WORDS
from broadside.validation import KeyPath, Marks

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 8
"""Levels of nesting; our deepest key needs three."""
MOST_FAULTS = 200
"""How many faults of one text are reported."""
MOST_BRACKETS = 2_000

COMMENT = re.compile(r"(?:[, \t]*|[],} \t]*(?=#\S))(#.*)")
"""What may be between a value and a comment on its line, and the comment; after a bracket only if
it is like #unions.
"""
TAB = re.compile(r" *\t")
TIGHT = re.compile(r"\s*(?:- +)*(?P<sign>-|[A-Za-z_]\w*:)(?![/:])[^ \n]")
"""A line with something other than a space after its hyphen or colon; a no-break space looks like
one.
"""
VALUE = re.compile(r"\s*(?:- +)*(?:[A-Za-z_]\w*[ ]*:[ ]+)?(?P<value>\S.*)")
"""A line's value, after list hyphens and its key."""
SIGNS = ("[", "{", '"', "'")

IN_QUOTES = "put the value in quotes if the character belongs to it, or delete the character"
EACH_LINE = (
    "each line is a key, a colon, a space and a value; put a value that begins with a special sign"
    " in quotes"
)
AT_ITS_BEGINNING = ("simple key", "quoted scalar", "parsing a flow")
"""Parts of PyYAML's message that mean the line to correct is at the context's mark, where something
began.
"""


class NodeRefused(Exception):
    """YAML that front matter may not use."""

    def __init__(self, node: yaml.Node, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = node.start_mark, message, hint


class Plain(Struct):
    """YAML's data: `value` consists of str, list and dict; `marks` has line and column, from 1, of
    each place in it.

    If the text cannot be read, `value` is None, and there is a fault.
    """

    value: Any = None
    marks: Marks = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(text: str, path: str, first_line: int = 1) -> Plain:
    """Read one YAML document that starts at `first_line` of the file."""
    document = _Document(text, path, first_line)
    plain = document.plain
    if text.count("[") + text.count("{") > MOST_BRACKETS:
        document.unreadable(0, 0, "far too many brackets", "take out those that mean nothing")
        return plain
    try:
        node = yaml.compose(text, Loader=Loader)
        if node is not None:
            plain.value = document.value(node, ())
    except NodeRefused as refused:
        document.unreadable(refused.mark.line, refused.mark.column, refused.message, refused.hint)
    except yaml.MarkedYAMLError as problem:
        document.unreadable(*_explained(problem, text.rstrip("\n").split("\n")))
    except (yaml.YAMLError, RecursionError) as problem:
        document.unreadable(
            0, 0, f"this is not readable as YAML ({problem})".splitlines()[0], IN_QUOTES
        )
    return plain


class _Document(Struct):
    """A YAML document while it is turned into plain data."""

    text: str
    path: str
    first_line: int
    plain: Plain = field(default_factory=Plain)

    def value(self, node: yaml.Node, place: KeyPath) -> Any:
        """The node as str, list or dict."""
        _refuse_signs(node, self.text)
        if len(place) > DEEPEST:
            raise NodeRefused(node, "there are too many lists within lists", "write one list")
        self.mark(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        return self.words(cast("yaml.ScalarNode", node), place)

    def words(self, node: yaml.ScalarNode, place: KeyPath) -> str:
        """The scalar as written; where words are expected, a comment on its line is a fault,
        because it may be part of them.
        """
        if "#" not in self.text or node.style in ("|", ">"):
            return str(node.value)
        key = next((part for part in reversed(place) if isinstance(part, str)), "")
        comment = None
        if key in WORDS:
            comment = COMMENT.match(self.text, node.end_mark.index)
        if comment is None:
            return str(node.value)
        column = node.end_mark.column + comment.start(1) - node.end_mark.index
        message = f"everything after # would be lost: {quoted(comment[1])}"
        hint = "put the value in quotes; a remark has a line of its own"
        self.fault(node.end_mark.line, column, "yaml", message, hint)
        return str(node.value) or comment[1]  # so that the key is not reported as empty too

    def pairs(self, mapping: yaml.MappingNode, place: KeyPath) -> Iterator[tuple[str, Any]]:
        """The mapping's keys, in lower case, with their values; of a repeated key, the first."""
        keys: set[str] = set()
        for key_node, value_node in mapping.value:
            _refuse_signs(key_node, self.text)
            if not isinstance(key_node, yaml.ScalarNode):
                raise NodeRefused(key_node, "a key must be a word", IN_QUOTES)
            key = key_node.value.strip().lower()
            if key in keys:
                mark = key_node.start_mark
                self.fault(
                    mark.line,
                    mark.column,
                    "twice",
                    f"the key {quoted(key)} is here twice",
                    "keep one",
                )
                continue
            keys.add(key)
            self.mark(key_node, (*place, key))
            yield key, self.value(value_node, (*place, key))

    def unreadable(self, line: int, column: int, message: str, hint: str) -> None:
        """Report where reading stopped, and nothing else."""
        self.plain.faults.clear()
        self.fault(line, column, "yaml", message, hint)

    def fault(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        """Add a fault at a line and column of the document, both from 0."""
        if len(self.plain.faults) < MOST_FAULTS:
            self.plain.faults.append(
                Fault(self.path, line + self.first_line, column + 1, "error", code, message, hint)
            )

    def mark(self, node: yaml.Node, place: KeyPath) -> None:
        """Record where a place is; the place of a key is kept when its value comes."""
        self.plain.marks.setdefault(
            place, (node.start_mark.line + self.first_line, node.start_mark.column + 1)
        )


def _explained(problem: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, int, str, str]:
    """The line and column, from 0, where PyYAML stopped or, of what it lacks the end, where that
    began; what is wrong; a hint.
    """
    words = f"{problem.context or ''} {problem.problem or ''}"
    began = any(part in words for part in AT_ITS_BEGINNING)
    mark = (began and problem.context_mark) or problem.problem_mark or problem.context_mark
    at = 0
    if mark:
        at = min(mark.line, len(lines) - 1)
    line = lines[at]
    if tab := TAB.match(line):
        return at, tab.end() - 1, "this line begins with a tab", "delete it, and indent with spaces"
    for number in range(at, max(at - 2, -1), -1):  # the line above may be the one to mend
        if tight := TIGHT.match(lines[number]):
            sign = "colon"
            if tight["sign"] == "-":
                sign = "hyphen"
            return (
                number,
                tight.end() - 1,
                f"this line has no ordinary space after its {sign}",
                "type one there",
            )
    if "quoted scalar" in words or "did not find expected" in words:
        quote = _open_quote(lines, at)
    else:
        quote = -1
    if quote >= 0:
        return quote, 0, "the quotation mark that begins the value is not closed", "close it"
    value = VALUE.match(line)
    if value and (value["value"].startswith(SIGNS) or ": " in value["value"]):
        return at, value.start("value"), *_of_value(value["value"])
    if line.startswith(" ") or lines[0].startswith(" "):
        return at, 0, "this line is not indented like the ones above it", "line it up with them"
    return at, 0, "this line cannot be read", EACH_LINE


def _of_value(value: str) -> tuple[str, str]:
    if value[0] in "[{":
        hint = "close it or, if this is no list, put the whole value in straight quotes"
        return "the bracket that begins the value is not closed, or words follow it", hint
    what = "the value has a colon in it"
    if value[0] in SIGNS:
        what = "only a part of the value is in quotation marks"
    return what, "put the whole value in straight quotes, and write those within it as “ ” or ’"


def _open_quote(lines: Sequence[str], at: int) -> int:
    """The nearest line, at this one or above, whose value begins with a quotation mark that is not
    closed there, or -1.
    """
    for number in range(at, -1, -1):
        value = VALUE.match(lines[number])
        if value and value["value"][0] in "\"'" and value["value"].count(value["value"][0]) == 1:
            return number
    return -1


def _refuse_signs(node: yaml.Node, text: str) -> None:
    """Refuse anchors (and so aliases) and tags, which YAML leaves out of the value that it
    returns.
    """
    sign = text[node.start_mark.index : node.start_mark.index + 1]
    if sign == "&":
        raise NodeRefused(node, "anchors and aliases (& and *) are not allowed here", IN_QUOTES)
    if sign == "!":
        raise NodeRefused(node, "YAML tags (!) are not allowed here", IN_QUOTES)
