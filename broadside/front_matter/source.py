"""Turns a source file's bytes into the text that its writer meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from broadside.faults import Fault, quoted
from broadside.letters import UNPRINTABLE, direction_problems

T = TypeVar("T")

LARGEST = 1_000_000
"""Bytes; a novel is smaller."""
MOST_TOLD = 20
"""How many forbidden characters of a file are reported; a file with more of them is hardly text."""
DOCUMENTS = {
    b"PK\x03\x04": "a document of Word or LibreOffice",
    b"\xd0\xcf\x11\xe0": "a document of Word",
    b"{\\rtf": "a document in RTF",
    b"%PDF-": "a PDF",
}
"""The first bytes of files that a word processor saved."""
SEPARATORS = ("\u2028", "\u2029")
"""Characters that word processors use for line breaks; YAML would count another line there."""
CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7}) .*", re.M)
"""A mark that Git leaves in a conflict. A row of equal signs alone does not count, because it makes a heading."""


def clean(data: bytes, path: str) -> tuple[str, list[Fault]]:
    """Decode UTF-8, drop a byte-order mark, and unify line ends and composed letters.

    Text that cannot be read as meant comes back empty, with the faults that say why. Text with a few forbidden characters
    comes back without them, so that its other faults are found too.
    """
    kind = _other_kind(data)
    if kind:
        return "", [Fault(path, 1, 1, "error", "encoding", f"the file is {kind[0]}", kind[1])]
    if len(data) > LARGEST:
        message = f"the file has {len(data):,} bytes; a story has {LARGEST:,} at most"
        return "", [Fault(path, 0, 0, "error", "too-large", message, "break it up")]
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as problem:
        line, column = position(data[: problem.start].decode("utf-8", "replace"), None)
        byte = f"byte 0x{data[problem.start]:02X} is not UTF-8"
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


def _forbidden(text: str) -> dict[int, tuple[str, str, str]]:
    """The forbidden characters of a text by offset, each with what is wrong and what to do."""
    if text.replace("\n", "").isprintable():  # as most texts are; neither search would find anything
        return {}
    found = {
        match.start(): ("control-character", f"U+{ord(match[0]):04X} cannot be printed", "delete it")
        for match in _some(UNPRINTABLE.finditer(text))
    }
    return found | {turn[0]: ("direction", *turn[1:]) for turn in _some(direction_problems(text))}


def _some(found: Iterable[T]) -> Iterator[T]:
    """As many as are reported, and one more."""
    return islice(found, MOST_TOLD + 1)


def _other_kind(data: bytes) -> tuple[str, str] | None:
    """The kind of a file that is not UTF-8 at all, and what to do; otherwise each of its bytes would be a fault."""
    document = next((what for sign, what in DOCUMENTS.items() if data.startswith(sign)), "")
    if document:
        return document, "save it as plain text, in UTF-8"
    head = data[:200]
    nothing = [2 * half.count(0) > len(half) for half in (head[::2], head[1::2])]
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or nothing[0] != nothing[1]
    encoding = "UTF-32" if 3 * head.count(0) > 2 * len(head) else "UTF-16"
    return (encoding, "save it as UTF-8") if wide else None


def _conflict(text: str, path: str) -> list[Fault]:
    """The fault of the first conflict mark; other faults there are its consequences."""
    marked = any(mark in text for mark in ("<<<<<<< ", "||||||| ", ">>>>>>> "))  # searching every text would be slow
    mark = CONFLICT.search(text) if marked else None
    if mark is None:
        return []
    message = f"two changes to this file conflict, and Git marked the place: {quoted(mark[0])}"
    hint = (
        "keep the lines that are right, and delete the others with every line that begins <<<<<<<, =======, or >>>>>>>"
    )
    return [Fault(path, *position(text, mark.start()), "error", "merge-conflict", message, hint)]


def position(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset in the text (None: its end)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
