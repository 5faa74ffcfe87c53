"""The list of what an import wrote, and the faults that are forgiven in those stories.

`./inv import` keeps `imported.jsonl` in the content folder: one JSON object per line, sorted by
path, so that Git merges it well. A source that says `imported: KIND` is believed only if this list
has its path with the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadside.content.folder import IMPORTED
from broadside.content.records import Record
from broadside.faults import Fault, quoted
from broadside.front_matter.data import Data

LENIENT = frozenset(
    "broken-link empty-story file-missing needs-key photo-alt photo-credit photo-damaged photo-kind"
    " photo-missing photo-outside photo-too-large unpublished date-order".split()
)
"""Codes of errors that are only warnings in imported sources: an editor should look, but the page
is sound.
"""


class Entry(Struct, frozen=True):
    """A file that an import wrote: its path in the content folder, and what a second import needs
    to know about it.

    `kind` is that of the archive, such as wordpress; `id` is the permanent name of the story,
    picture or file in it. `digest` is the SHA-256 of the bytes written: if the file's differs, it
    was edited since. It is "" for a picture that was not found.
    """

    path: str
    kind: str
    id: str
    digest: str


LINE = msgspec.json.Decoder(Entry)


def read(root: Path) -> tuple[dict[str, Entry], list[Fault]]:
    """The list of a content folder, by path, with its faults."""
    try:
        lines = (root / IMPORTED).read_bytes().splitlines()
    except OSError as problem:
        hint = "ask the person who runs the site"
        return {}, [
            Fault(
                IMPORTED,
                0,
                0,
                "error",
                "unreadable",
                f"it cannot be read ({problem.strerror})",
                hint,
            )
        ]
    entries: dict[str, Entry] = {}
    faults = []
    for number, line in enumerate(lines, 1):
        try:
            entry = LINE.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            message = f"this line is not an entry of the list of what was imported ({problem})"
            hint = "only ./inv import writes this file; take it from Git as it was"
            faults.append(Fault(IMPORTED, number, 0, "error", "imported", message, hint))
            continue
        if entry.path in entries:
            message = f"{quoted(entry.path)} is here twice"
            faults.append(
                Fault(IMPORTED, number, 0, "error", "twice", message, "keep one of the lines")
            )
        entries.setdefault(entry.path, entry)
    return entries, faults


def written(entries: Iterable[Entry]) -> bytes:
    """The bytes of a list."""
    return b"".join(
        msgspec.json.encode(entry) + b"\n"
        for entry in sorted(entries, key=lambda entry: entry.path)
    )


def believed(record: Record[Data], entries: Mapping[str, Entry]) -> bool:
    """Whether a source says that it was imported, and the list agrees."""
    kind = record.data.imported
    return bool(kind) and record.path in entries and entries[record.path].kind == kind


def unbelieved(records: Iterable[Record[Data]], entries: Mapping[str, Entry]) -> Iterator[Fault]:
    """A fault for each source that says it was imported, though the list does not have it."""
    for record in records:
        if record.data.imported and not believed(record, entries):
            message = (
                f'"imported" is only for what ./inv import wrote, and {IMPORTED} does not list this'
                " file"
            )
            hint = "delete the line; if the file has moved, write its new path in the list"
            yield record.fault("imported", "imported", message, hint)


def sifted(
    faults: Iterable[Fault], lenient: Mapping[str, Entry]
) -> tuple[list[Fault], list[Fault]]:
    """The faults that a build reports, and separately the warnings in imported sources; an archive
    has thousands of those.
    """
    told, to_mend = [], []
    for fault in faults:
        if fault.path in lenient and (fault.severity == "warning" or fault.code in LENIENT):
            to_mend.append(replace(fault, severity="warning"))
        else:
            told.append(fault)
    return told, to_mend
