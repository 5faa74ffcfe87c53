"""A source file's bytes as the text its writer meant."""

from __future__ import annotations

import unicodedata

from plugins.faults import Fault
from plugins.letters import UNPRINTABLE, direction_problem

LARGEST = 1_000_000
"""Bytes; a novel is smaller."""


def clean(data: bytes, path: str) -> tuple[str, list[Fault]]:
    """Decode UTF-8, drop a byte-order mark, and unify line ends and composed letters.

    Text that cannot be read as meant comes back empty, with the faults that say why.
    """
    if len(data) > LARGEST:
        message = f"the file has {len(data):,} bytes; a story has {LARGEST:,} at most"
        return "", [Fault(path, 0, 0, "error", "too-large", message, "break it up")]
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


def position(text: str, offset: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset in the text (None: its end)."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
