"""Reads YAML as plain strings, lists and mappings, with the place of every value.

Only the structure of YAML is used. Each scalar stays the string that was written (`no`, `12:30`, `0o17`), so nothing that
a writer types turns into something else. Anchors, aliases and tags are refused, and so is a comment beside words. A key
with a refused or unreadable value stays without one, so that the others are read and their faults reported too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

import yaml
from msgspec import Struct, field

from broadside.faults import Fault, quoted
from broadside.front_matter.data import KNOWN, OWN, WORDS
from broadside.letters import HARD_SPACES
from broadside.validation import KeyPath, Marks

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 8
"""Levels of nesting; our deepest key needs three."""
MOST_FAULTS = 200
"""How many faults of one text are reported."""
MOST_UNREADABLE = 8
"""How many lines that YAML cannot parse are reported in one text; the text is parsed again after each."""
LONGEST = 20_000
"""The longest text, in characters, that is parsed again; no header is that long."""
MOST_BRACKETS = 2_000
SHOWN = 60
"""The longest value, in characters, that a hint shows in its correct form."""

COMMENT = re.compile(r"(?:[, \t]*|[],} \t]*(?=#\S))(#.*)")
"""What may be between a value and a comment on its line, and the comment; after a bracket only if it is like #unions."""
REMARK = re.compile(r"(?<=[\s,[])#.*")
TOP_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ ]*:(?![/:])")
FIRST_WORD = re.compile(r"[\s-]*([A-Za-z_]\w*)")
VALUE = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_]\w*[ ]*:[ ]+)?(?P<value>\S.*)")
"""A line's value, after list hyphens and its key."""
KEYED = re.compile(r"\s*(?:- +)*[A-Za-z_]\w*[ ]*:(?:\s|$)")
TIGHT_HYPHEN = re.compile(r"\s*-[A-Za-z_]\w*[ ]*:")
HARD_SPACE = re.compile(rf"[ ]*(?:- +)?(?P<key>[A-Za-z_]\w*)[ ]*:(?P<space>[{HARD_SPACES}])")
"""A key followed by a colon and a non-breaking kind of space, which YAML takes for a letter."""

QUOTES = "put the value in quotes if the character belongs to it, or delete the character"
EACH_LINE = "each line is a key, a colon, a space and a value"
PLAINLY = {
    "scanning an alias": QUOTES,
    "undefined alias": QUOTES,
    "scanning a block scalar": "put a value that starts with > or | in quotes",
    "block sequence entries": "put a value that starts with a hyphen in quotes, and one with quotation marks in others",
    "mapping values are not allowed": 'put the value in straight quotes: it contains ": "',
    "cannot start any token": "put a value that starts with a special character in quotes",
    "could not find expected ':'": EACH_LINE,
    "found unexpected end of stream": "a quotation mark or bracket is not closed",
    "did not find expected ',' or ']'": "a bracket [ is not closed",
    "did not find expected '-' indicator": 'begin each entry with a hyphen and a space: "- "',
    "did not find expected key": "check the quotation marks and the spaces at the beginning of this line",
}
"""A part of PyYAML's message -> advice for a writer."""
AT_ITS_BEGINNING = ("simple key", "quoted scalar", "parsing a flow")
"""Parts of PyYAML's message that mean the line to correct is at the context's mark, where something began."""


class NodeRefused(Exception):
    """YAML that front matter may not use."""

    def __init__(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column = node.start_mark.line, node.start_mark.column
        self.code, self.message, self.hint = code, message, hint


class Unreadable(NamedTuple):
    """A line that YAML cannot parse, from 0, and what to say about it."""

    line: int
    column: int
    message: str
    hint: str
    code: str = "yaml"


class Plain(Struct):
    """YAML's data: `value` consists of str, list and dict; `marks` has line and column, from 1, of each place in it.

    `unread` has the keys whose value is refused or cannot be read. Those that are certainly keys are empty in `value`.
    """

    value: Any = None
    marks: Marks = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def parse(text: str, path: str, first_line: int = 1) -> Plain:
    """Read one YAML document that starts at `first_line` of the file."""
    document = _Document(text, path, first_line)
    plain, last = document.plain, -1
    if text.count("[") + text.count("{") > MOST_BRACKETS:
        document.fault(0, 0, "yaml", "far too many brackets", "take out those that mean nothing")
        return plain
    document.soften()
    # PyYAML stops at the first line that it cannot read: take that out, and read again to find the others.
    while True:
        try:
            node = yaml.compose(document.text, Loader=Loader)
            if node is not None:
                plain.value = document.value(node, ())
        except NodeRefused as refused:
            document.refuse(refused)
        except yaml.MarkedYAMLError as problem:
            unreadable = _explained(problem, document.text.rstrip("\n").split("\n"))
            if unreadable.line <= last:  # a consequence of what was taken out below
                return plain
            last, column, message, hint, code = unreadable
            document.fault(last, column, code, message, hint)
            if len(text) < LONGEST and len(plain.faults) < MOST_UNREADABLE:
                document.take_out(last)
                continue
        except (yaml.YAMLError, RecursionError) as problem:
            document.fault(0, 0, "yaml", f"this is not readable as YAML ({problem})".splitlines()[0], QUOTES)
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
            raise NodeRefused(node, "yaml-depth", "there are too many lists within lists", "write one list")
        self.mark(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i)) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        return self.words(cast("yaml.ScalarNode", node), place)

    def words(self, node: yaml.ScalarNode, place: KeyPath) -> str:
        """The scalar as written; where words are expected, a comment on its line is a fault, because it may be part of them."""
        if "#" not in self.text or node.style in ("|", ">"):
            return str(node.value)
        key = next((part for part in reversed(place) if isinstance(part, str)), "")
        comment = COMMENT.match(self.text, node.end_mark.index) if key in WORDS or key in OWN else None
        if comment is None:
            return str(node.value)
        column = node.end_mark.column + comment.start(1) - node.end_mark.index
        lost = _lost(node.end_mark.line, column, comment[1])
        self.fault(lost.line, lost.column, lost.code, lost.message, lost.hint)
        return str(node.value) or comment[1]  # so that the key is not reported as empty too

    def pairs(self, mapping: yaml.MappingNode, place: KeyPath) -> Iterator[tuple[str, Any]]:
        """The mapping's keys, in lower case, with their values; of a repeated key, the first."""
        keys: set[str] = set()
        for key_node, value_node in mapping.value:
            _refuse_signs(key_node, self.text)
            if not isinstance(key_node, yaml.ScalarNode):
                raise NodeRefused(key_node, "yaml", "a key must be a word", QUOTES)
            key = key_node.value.strip().lower()
            if key in keys:
                self.refuse(NodeRefused(key_node, "duplicate-key", f"the key {quoted(key)} is here twice", "keep one"))
                if not place:  # one of the two is meant, so the key is not missing
                    self.plain.unread.add(key)
                continue
            keys.add(key)
            self.mark(key_node, (*place, key))
            try:
                value = self.value(value_node, (*place, key))
            except NodeRefused as refused:
                if place:  # without this part, the value would be incomplete
                    raise
                self.refuse(refused)
                self.plain.unread.add(key)
                value = ""
            yield key, value

    def refuse(self, refused: NodeRefused) -> None:
        """Report what is refused, once: for an alias PyYAML returns the anchored node, which is refused in its own place."""
        self.fault(refused.line, refused.column, refused.code, refused.message, refused.hint)

    def fault(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        """Add a fault at a line and column of the document, both from 0, unless it is already there."""
        fault = Fault(self.path, line + self.first_line, column + 1, "error", code, message, hint)
        if len(self.plain.faults) < MOST_FAULTS and fault not in self.plain.faults:
            self.plain.faults.append(fault)

    def mark(self, node: yaml.Node, place: KeyPath) -> None:
        """Record where a place is; the place of a key is kept when its value comes."""
        self.plain.marks.setdefault(place, (node.start_mark.line + self.first_line, node.start_mark.column + 1))

    def soften(self) -> None:
        """Replace each hard space that keeps a key from being one by an ordinary space, and report it."""
        if not any(space in self.text for space in HARD_SPACES):
            return
        lines = self.text.split("\n")
        for number, line in enumerate(lines):
            hard = HARD_SPACE.match(line)
            if hard and (line[0] not in " -" or hard["key"].lower() in KNOWN):  # otherwise it is prose
                at, space = hard.start("space"), f"U+{ord(hard['space']):04X}"
                message = f"the space after the colon is a no-break space ({space}), which looks like an ordinary one"
                self.fault(number, at, "yaml", message, "delete it, and type an ordinary one")
                lines[number] = f"{line[:at]} {line[at + 1 :]}"
        self.text = "\n".join(lines)

    def take_out(self, at: int) -> None:
        """Take out the value at this line, which may begin further up; record its key, and anything in it that may be a key."""
        lines = self.text.split("\n")
        start = at if lines[at][:1].strip() else max((i for i in range(at) if TOP_KEY.match(lines[i])), default=at)
        end = next((i for i in range(start + 1, len(lines)) if TOP_KEY.match(lines[i])), len(lines))
        self.plain.unread |= {match[1].lower() for line in lines[start:end] if (match := FIRST_WORD.match(line))}
        key = TOP_KEY.match(lines[start])
        if not key and at > 0:  # words between two keys
            end = start + 1
        lines[start:end] = [f"{key['key']}:" if key else "", *[""] * (end - start - 1)]
        self.text = "\n".join(lines)


def _explained(problem: yaml.MarkedYAMLError, lines: Sequence[str]) -> Unreadable:
    """The line that a writer has to correct, and how: PyYAML names the one where it could not go on."""
    words = f"{problem.context or ''} {problem.problem or ''}".strip()
    began = any(part in words for part in AT_ITS_BEGINNING)
    mark = (began and problem.context_mark) or problem.problem_mark or problem.context_mark
    at, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    for pattern in (_tab, _no_key, _open_quote, _hidden_end, _dots, _signs, _indented):
        if unreadable := pattern(words, lines, at):
            return unreadable
    hint = next((hint for part, hint in PLAINLY.items() if part in words), "")
    message = "this line cannot be read" if hint else f"this is not readable as YAML ({words})"
    return Unreadable(at, column, message, hint or QUOTES)


def _tab(_: str, lines: Sequence[str], at: int) -> Unreadable | None:
    line = lines[at]
    before = line[: len(line) - len(line.lstrip())]
    if "\t" not in before:
        return None
    hint = "delete it, and indent with spaces"
    return Unreadable(at, before.index("\t"), "this line begins with a tab", hint)


def _no_key(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    """A line without a colon, or without the space after it or after a hyphen."""
    if "mapping values" in words and at > 0 and _is_no_key(lines[at - 1], lines[at]):
        at -= 1
    elif "could not find expected ':'" not in words:
        return None
    line = lines[at]
    if tight := re.match(r"\s*(?:- +)*(\w+):\S", line):
        return Unreadable(at, tight.end(1), "this line has no space after its colon", f'write "{tight[1]}: "')
    if tight := re.match(r"\s*-(\w.*)", line):
        hint = f'write "- {tight[1].rstrip()}"'
        return Unreadable(at, tight.start(1), "this line has no space after its hyphen", hint)
    return Unreadable(at, 0, "this line has no colon", EACH_LINE)


def _is_no_key(line: str, below: str) -> bool:
    """Whether a line lacks the key that it should begin with, like the line below it."""
    begin, begin_below = (len(each) - len(each.lstrip(" -")) for each in (line, below))
    return bool(TIGHT_HYPHEN.match(line)) or (begin == begin_below and bool(line.strip()) and not KEYED.match(line))


def _open_quote(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    """A quotation mark in this line or above that is not closed on its line."""
    for number in range(at, -1, -1) if "quoted scalar" in words or "did not find expected" in words else ():
        value = VALUE.match(lines[number])
        if value and value["value"][0] in "\"'" and value["value"].count(value["value"][0]) == 1:
            message = "the quotation mark that begins this value is not closed"
            return Unreadable(number, value.start("value"), message, "close it")
    return None


def _hidden_end(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    """A # that hides the end of a list in brackets."""
    for number in (at, at - 1) if "flow" in words else ():
        line = lines[number]
        begin = line.find("[")
        hidden = REMARK.search(line, begin + 1)
        if hidden and begin >= 0 and "]" not in line[begin : hidden.start()]:
            return _lost(number, hidden.start(), hidden[0])
    return None


def _dots(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    """Three dots, which end a document in YAML, or a first line that is indented."""
    if "<document start>" not in words:
        return None
    if "..." in lines[:at]:
        return Unreadable(lines.index("..."), 0, "these three dots end the header too early", "delete the line")
    first = next((number for number, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"), at)
    return Unreadable(first, 0, "this line begins with a space", "delete it") if lines[first][:1] == " " else None


def _indented(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    if "flow" in words or lines[at][:1] != " " or not TOP_KEY.match(lines[at].lstrip(" -")):
        return None
    hint = "line it up with them; if it is not a key, put the whole value in quotes"
    return Unreadable(at, 0, "this key is not indented like the ones above it", hint)


def _signs(words: str, lines: Sequence[str], at: int) -> Unreadable | None:
    """A value with signs that YAML interprets: a colon, or quotation marks or brackets around its first words."""
    value = VALUE.match(lines[at])
    if value is None or not any(
        part in words for part in ("mapping values", "did not find expected", "sequence entries")
    ):
        return None
    written = value["value"].rstrip()
    if written[0] not in "[{\"'" and ("mapping values" not in words or ": " not in written):
        return None
    mended = f'"{written}"' if '"' not in written else "'" + written.replace("'", "''") + "'"
    hint = "put it in straight quotes" + (f": {mended}" if value["key"] and len(written) <= SHOWN else "")
    sign = {"[": "a bracket", "{": "a brace"}.get(written[0], "a quotation mark")
    message = f"the value begins with {sign}" if written[0] in "[{\"'" else "the value contains a colon"
    return Unreadable(at, value.start("value"), message, hint)


def _lost(line: int, column: int, comment: str) -> Unreadable:
    """The fault of a comment that may be part of a value."""
    hint = "put the value in quotes; a remark has a line of its own"
    return Unreadable(line, column, f"everything after # would be lost: {quoted(comment)}", hint, "hash")


def _refuse_signs(node: yaml.Node, text: str) -> None:
    """Refuse anchors (and so aliases) and tags, which YAML leaves out of the value that it returns."""
    sign = text[node.start_mark.index : node.start_mark.index + 1]
    if sign == "&":
        raise NodeRefused(node, "yaml-alias", "anchors and aliases (& and *) are not allowed here", QUOTES)
    if sign == "!":
        raise NodeRefused(node, "yaml-tag", "YAML tags (!) are not allowed here", QUOTES)
