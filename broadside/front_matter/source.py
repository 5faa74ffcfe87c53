"""Decodes a source file, and splits it into its header, as data with line numbers, and its body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct, field

from broadside.faults import Fault, quoted
from broadside.front_matter import yaml_nodes
from broadside.front_matter.data import DAYS, LISTS, LISTS_OF_KEYS, SINGLE
from broadside.front_matter.fields import several
from broadside.letters import UNPRINTABLE, instead
from broadside.validation import Marks

T = TypeVar("T")
LARGEST = 1_000_000
"""In bytes; a novel is smaller."""
MOST_TOLD = 20
"""How many forbidden characters of a file are reported; a file with more is hardly text."""
DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-", b"\xff\xfe", b"\xfe\xff")
"""The first bytes of files saved by word processors, or as UTF-16; each of their bytes would be a
fault.
"""
SEPARATORS = ("\u2028", "\u2029")
"""Line breaks of word processors, which YAML would count as new lines."""
CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7}) .*", re.M)
"""A conflict mark of Git's. A row of equal signs alone does not count, because it makes a
heading.
"""
FENCE = re.compile(r"^---[ \t]*$", re.M)
KEY_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?![/:])[ \t]*(.*)")
PLAIN_KEY = re.compile(f" {{0,3}}{KEY_LINE.pattern}")
"""A key of Pelican's plain header; a line with more indentation continues the value above."""
DRAFT = re.compile(r"^status[ \t]*:\s*[\"']?draft\b", re.I | re.M)
"""A header that cannot be read is still a draft's if it says so."""
AUTHOR = SINGLE["authors"]
BLANK = re.compile(r"(?:[ \t]*\n)*")

QUOTED = re.compile(r"(?P<sign>[\"'])(?P<value>.*)(?P=sign)")


def clean(data: bytes, path: str) -> tuple[str, list[Fault]]:
    """Decode UTF-8, drop a byte-order mark, and normalize line ends and accented letters (NFC).

    A file that cannot be decoded gives "" and the faults that say why. From a text with a few
    forbidden characters these are removed, so that its other faults are found too.
    """
    mostly_zero = {2 * half.count(0) > len(half) for half in (data[:200:2], data[1:200:2])}
    if data.startswith(DOCUMENTS) or len(mostly_zero) > 1:  # of UTF-16, every other byte is zero
        message = "the file is no text in UTF-8: a word processor's document, or UTF-16"
        return "", [
            Fault(path, 1, 1, "error", "encoding", message, "save it as plain text, in UTF-8")
        ]
    if len(data) > LARGEST:
        message = f"the file has {len(data):,} bytes; a story has {LARGEST:,} at most"
        return "", [Fault(path, 0, 0, "error", "too-long", message, "break it up")]
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as problem:
        line, column = position(data[: problem.start].decode("utf-8", "replace"), None)
        at = problem.start
        byte = f"byte 0x{data[at]:02X}{_in_latin(data[at : at + 2])} is not UTF-8"
        return "", [Fault(path, line, column, "error", "encoding", byte, "save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for separator in SEPARATORS:
        text = text.replace(separator, " ")
    conflict = _conflict(text, path)
    if conflict:
        return "", conflict
    bad = _forbidden(text)
    faults = [Fault(path, *position(text, offset), "error", *what) for offset, what in bad.items()]
    if len(faults) > MOST_TOLD:
        return "", faults[:MOST_TOLD]
    if bad:
        text = "".join(char for offset, char in enumerate(text) if offset not in bad)
    return unicodedata.normalize("NFC", text), faults


def _in_latin(data: bytes) -> str:
    """The letter or sign that the first of two bytes is in an older encoding; "" if the next one
    shows that it is none.
    """
    sign = data[:1].decode("cp1252", "ignore")
    encoding = "Windows-1252"
    if data[0] >= 0xA0:
        encoding = "Latin-1"
    if sign and sign.isprintable() and data[1:].isascii():
        return f" ({sign} in {encoding})"
    return ""


def _forbidden(text: str) -> dict[int, tuple[str, str, str]]:
    """The forbidden characters of a text by offset, each with what is wrong and what to do."""
    if text.replace("\n", "").isprintable():  # the usual case: neither search would find anything
        return {}
    return {
        match.start(): ("character", f"U+{ord(match[0]):04X} cannot be printed", instead(match[0]))
        for match in _some(UNPRINTABLE.finditer(text))
    }


def _some(found: Iterable[T]) -> Iterator[T]:
    """As many as are reported, and one more."""
    return islice(found, MOST_TOLD + 1)


def _conflict(text: str, path: str) -> list[Fault]:
    """The fault of the first conflict mark; any other faults there are its consequences."""
    # faster than a pattern on every text
    marked = any(mark in text for mark in ("<<<<<<< ", "||||||| ", ">>>>>>> "))
    mark = None
    if marked:
        mark = CONFLICT.search(text)
    if mark is None:
        return []
    message = f"two changes to this file conflict, and Git marked the place: {quoted(mark[0])}"
    hint = (
        "keep the lines that are right, and delete the others with every line that begins <<<<<<<,"
        " =======, or >>>>>>>"
    )
    return [Fault(path, *position(text, mark.start()), "error", "merge-conflict", message, hint)]


def position(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset in the text (None: its end)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class Header(Struct):
    """The front matter's data, the place of each value, and the body with its first line."""

    data: dict[str, Any] = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)


def split(text: str, path: str, first: str = "title") -> Header:
    """Split a file's text; a header is YAML between `---` lines, or Pelican's plain `Key: value`
    lines.

    `first` is the key that this kind of header begins with, for the hint to a writer who wrote
    none.
    """
    blank = BLANK.match(text)
    begin = 0
    if blank:
        begin = blank.end()
    if FENCE.match(text, begin):
        return _yaml_header(text, path, (text.find("\n", begin) + 1) or len(text), first)
    if _ends_in_hyphens(text, begin):
        return _yaml_header(text, path, begin, first)
    return _plain_header(text, path, first)


def _ends_in_hyphens(text: str, begin: int) -> bool:
    """Whether a file begins with keys and then a line of hyphens, as if the first line of hyphens
    had been forgotten.

    The header is then read as YAML, which either reads these lines like the plain form or refuses
    them.
    """
    fence = FENCE.search(text, begin)
    if fence is None:
        return False
    block = text[begin : fence.start()]
    lines = block.rstrip().split("\n")
    # then the lines above are prose, and the hyphens a break
    apart = block.count("\n", len(block.rstrip())) > 1
    keys = (KEY_LINE.match(line) or line[:1] in (" ", "\t") for line in lines)
    is_whole = all(line.strip() for line in lines) and (not apart or all(keys))
    return is_whole and PLAIN_KEY.match(lines[0]) is not None


def _yaml_header(text: str, path: str, start: int, first: str) -> Header:
    end = FENCE.search(text, start)
    if end is None:
        hint = "end it with a line of three hyphens: ---"
        return Header(faults=[_fault(path, (1, 1), "the front matter is not closed", hint)])
    first_line = text.count("\n", 0, start) + 1
    written = text[start : end.start()]
    plain = yaml_nodes.parse(written, path, first_line=first_line)
    head = Header(marks=plain.marks, faults=plain.faults)
    head.body = text[end.end() :].removeprefix("\n")
    head.body_line = text.count("\n", 0, end.end()) + 2
    if isinstance(plain.value, dict):
        head.data = plain.value
    elif plain.value is not None:
        message = "the front matter is not a list of keys and values"
        tight = KEY_LINE.match(written.lstrip())
        if tight:
            hint = f'write a space after each colon: "{tight[1]}: …"'
        else:
            hint = f'write "{first}: …"'
        head.faults.append(_fault(path, (first_line, 1), message, hint))
    if not head.data and DRAFT.search(written):
        head.data = {"status": "draft"}
    return head


def _plain_header(text: str, path: str, first: str) -> Header:
    head = Header()
    lines = text.split("\n")
    after = _read_keys(lines, head, path)
    while after < len(lines) and not lines[after].strip():
        after += 1
    head.body, head.body_line = "\n".join(lines[after:]), after + 1
    if not head.data:
        hint = (
            f'start it with a line of three hyphens, then "{first}: …" and the other keys, then'
            " three hyphens again"
        )
        head.faults.append(_fault(path, (1, 0), "the file does not begin with front matter", hint))
    for name in DAYS & head.data.keys():  # YAML takes quotes off; around a day they mean nothing
        if match := QUOTED.fullmatch(head.data[name]):
            head.data[name] = match["value"]
    for name in (LISTS | LISTS_OF_KEYS | {AUTHOR}) & head.data.keys():
        written = head.data[name]
        if is_yaml := written.startswith(("[", "\n- ")):
            hint = "put the front matter between lines of three hyphens"
            if name not in LISTS_OF_KEYS:
                hint = f"write {'authors' if name == AUTHOR else name}: a, b, or {hint}"
            message = (
                f"a list {'in brackets' if written[0] == '[' else 'with hyphens'} is YAML, which"
                " this header is not"
            )
            head.faults.append(_fault(path, head.marks[name,], message, hint))
            written = written.strip("[]").replace("\n- ", "\n")
        if name not in LISTS_OF_KEYS:
            parted = is_yaml or name != AUTHOR  # a single person in Pelican: "Pereira, Ana"
            head.data[name] = _entries(written) if parted else written.strip("\n").split("\n")
        elif is_yaml:
            del head.data[name]
    return head


def _fault(path: str, place: tuple[int, int], message: str, hint: str) -> Fault:
    return Fault(path, *place, "error", "front-matter", message, hint)


def _read_keys(lines: list[str], head: Header, path: str) -> int:
    """Read the keys at the top of the file into the header; returns the number of their lines."""
    key = ""
    for number, line in enumerate(lines):
        match = PLAIN_KEY.fullmatch(line)
        if match and match[1].lower() in head.data:
            message = f"the key {quoted(match[1].lower())} is here twice"
            head.faults.append(Fault(path, number + 1, 1, "error", "twice", message, "keep one"))
            key = ""  # lines that continue it belong to no known key
        elif match:
            key = match[1].lower()
            head.data[key] = match[2].strip()
            head.marks[key,] = (number + 1, 1)
        elif head.data and line[:1] in (" ", "\t") and line.strip():
            if key:
                head.data[key] += "\n" + line.strip()
        elif head.data or line.strip():
            return number
    return len(lines)


def _entries(value: str) -> list[str]:
    """The entries of a list; if it begins on the line below its key, each line is an entry, unless
    lines end in a separator.
    """
    lines = [line for line in value.split("\n") if line]
    if value.startswith("\n") and not any(line.endswith((",", ";")) for line in lines):
        return lines
    return several((";" if ";" in value else ",").join(lines))
