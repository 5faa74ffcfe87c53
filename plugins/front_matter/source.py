"""A source file's bytes as the text its writer meant."""

from __future__ import annotations

import re
import unicodedata

from plugins.faults import Fault

LARGEST = 1_000_000
"""Bytes; a novel is smaller."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]")
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]|\n[ \t]*\n")
"""Characters that change the direction of what follows, and the ends of paragraphs, where they must be closed."""
CLOSED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}


def clean(data: bytes, path: str) -> tuple[str, list[Fault]]:
    """Decode UTF-8, drop a byte-order mark, and unify line ends and composed letters.

    Text that cannot be read as meant comes back empty, with the faults that say why.
    """
    if len(data) > LARGEST:
        return "", [
            Fault(
                path, 0, 0, "error", "too-large", f"the file has {len(data):,} bytes; a story has {LARGEST:,} at most"
            )
        ]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [Fault(path, 1, 1, "error", "encoding", "the file is UTF-16", "save it as UTF-8")]
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as problem:
        line, column = position(data[: problem.start].decode("utf-8", "replace"), None)
        byte = f"byte 0x{data[problem.start]:02X} is not UTF-8"
        return "", [Fault(path, line, column, "error", "encoding", byte, "save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = [
        Fault(
            path,
            *position(text, match.start()),
            "error",
            "control-character",
            f"U+{ord(match[0]):04X} cannot be printed",
            "delete it",
        )
        for match in UNPRINTABLE.finditer(text)
    ]
    if faults:
        return "", faults[:20]
    if text.isascii():
        return text, []
    turn = direction_problem(text)
    faults = [Fault(path, *position(text, turn[0]), "error", "direction", turn[1], turn[2])] if turn else []
    return unicodedata.normalize("NFC", text), faults


def direction_problem(text: str) -> tuple[int, str, str] | None:
    """The offset of a character that turns the direction of text it should not, with a message and a hint; or None."""
    opened: list[tuple[str, int]] = []
    for match in DIRECTION.finditer(f"{text}\n\n"):
        sign = match[0]
        if sign in CLOSED_BY:
            opened.append((sign, match.start()))
        elif opened and sign == CLOSED_BY[opened[-1][0]]:
            opened.pop()
        elif sign[0] != "\n":
            return match.start(), f"{named(sign)} turns the direction of text", "delete it"
        elif opened:
            return opened[0][1], f"{named(opened[0][0])} is not closed in its paragraph", "delete it, or close it"
    return None


def named(char: str) -> str:
    """A character that cannot be seen, by number and name."""
    return f"the invisible character U+{ord(char):04X} ({unicodedata.name(char, 'unnamed').lower()})"


def position(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset in the text (None: its end)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
