"""What plugins read: files of the content folder beside those that every outlet has, and the texts
of stories once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from typing import Any, Generic, TypeVar

from msgspec import Struct

from broadside.content.records import Record
from broadside.doors import Door
from broadside.faults import Fault
from broadside.front_matter.data import StoryData
from broadside.markdown.body import Body
from broadside.words import Language

Said = TypeVar("Said")


class ContentFile(Struct, Generic[Said], frozen=True):
    """A file by its name: `read` makes what it says of its bytes, and finds its faults; `empty` is
    what it says if it is not there.
    """

    name: str
    read: Callable[[bytes], tuple[Said, list[Fault]]]
    empty: Said

    def among(self, given: Mapping[str, Any]) -> Said:
        """What it says, among what all such files of a content folder say (Content.given)."""
        said: Said = given.get(self.name, self.empty)
        return said


class Text(Struct):
    """The text of a story: its file, the line in which it begins, the header, the text as set and
    as written, and for what readers.

    What sets it in another order changes `body`; what it says of the story goes into `data`.
    """

    path: str
    line: int
    data: StoryData
    body: Body
    written: str
    zone: tzinfo
    words: Language


class StoryNote(Struct, frozen=True):
    """What a plugin notes of each story when it is read, which is kept with its record: a name for
    it, and the function that says it of a complete record.
    """

    name: str
    of: Callable[[Record[Any]], str]

    def among(self, notes: Mapping[str, str]) -> str:
        """What it says, among all that is noted of a story (Record.notes)."""
        return notes.get(self.name, "")


FILES: Door[ContentFile[Any]] = Door()
TEXTS: Door[Callable[[Text], Iterable[Fault]]] = Door()
NOTES: Door[StoryNote] = Door()
