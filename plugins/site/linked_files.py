"""Files as texts and templates show them: what is said beside a link, and the file that a story is the page of."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from broadside.plugins.content.content import Content
from broadside.plugins.content.records import Record
from broadside.plugins.files.kinds import KINDS, ending_of
from broadside.plugins.markup.body import FileNote
from broadside.plugins.words import Language


class LinkedFile(Struct, frozen=True):
    """A file that a story or page is about: its address below the site's root, its content type, its bytes, and its note."""

    url: str
    type: str
    size: int
    note: FileNote


def note_of(path: str, size: int, words: Language) -> FileNote:
    """What is said of a file: "PDF", "1.2 MB", and both."""
    kind, said = ending_of(path)[1:].upper(), words.file_size(size)
    return FileNote(kind, said, f"{kind}{words.comma()}{said}")


def file_notes(record: Record[Any], content: Content, lang: str = "") -> dict[int, FileNote]:
    """The notes of the files to which a text in a language links, by the number of the link."""
    paths = content.files_of(record) if record.links else {}
    words = content.words.of(lang)
    return {number: note_of(path, content.files[path].size, words) for number, path in paths.items()}


def linked_file(path: str, content: Content, lang: str) -> LinkedFile | None:
    """The file of a path below the content folder; None if there is none that can be published."""
    if path not in content.files:
        return None
    size = content.files[path].size
    kind = KINDS[ending_of(path)].type.partition(";")[0]
    return LinkedFile(content.addresses.files[path], kind, size, note_of(path, size, content.words.of(lang)))
