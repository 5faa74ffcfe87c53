"""Files as texts and templates show them: the note beside a link, and the file that a story's page
presents.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.markdown.body import FileNote
from broadside.media.files import KINDS, InspectedFile, ending_of
from broadside.words import Language


class LinkedFile(Struct, frozen=True):
    """A file that a story or page is about: its address below the site's root, its content type,
    its size in bytes, and its note.
    """

    url: str
    type: str
    size: int
    note: FileNote


def note_of(path: str, found: InspectedFile, words: Language) -> FileNote:
    """The note beside a link to a file: "PDF", "1.2 MB", and both together; for a recording also
    its duration.
    """
    kind, size = ending_of(path)[1:].upper(), words.file_size(found.size)
    if found.duration:
        kind = f"{kind}{words.comma()}{words.playing_time(found.duration)}"
    return FileNote(kind, size, f"{kind}{words.comma()}{size}")


def file_notes(record: Record[Any], content: Content, lang: str = "") -> dict[int, FileNote]:
    """The notes of the files that a text links to, by the number of the link."""
    paths = {}
    if record.links:
        paths = content.files_of(record)
    if not paths:  # the usual case
        return {}
    words = content.words.of(lang)
    return {number: note_of(path, content.files[path], words) for number, path in paths.items()}


def linked_file(path: str, content: Content, lang: str) -> LinkedFile | None:
    """The file at a path below the content folder; None if there is none that may be published."""
    if path not in content.files:
        return None
    found = content.files[path]
    kind = KINDS[ending_of(path)].type.partition(";")[0]
    return LinkedFile(
        content.addresses.files[path],
        kind,
        found.size,
        note_of(path, found, content.words.of(lang)),
    )
