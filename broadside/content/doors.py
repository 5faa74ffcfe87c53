"""What plugins may add to what is read and checked; files and lists of theirs are in given.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.content.terms import Author, Series
from broadside.dates import Due
from broadside.doors import Door
from broadside.faults import Fault
from broadside.front_matter.data import StoryData, Written
from broadside.front_matter.validate import Rules
from broadside.settings import Settings
from broadside.urls import Urls

Header = TypeVar("Header", bound=Written)

Check = Callable[[Content], Iterable[Fault]]
"""Finds faults, once everything is read and has its address."""
Moments = Callable[[Content, datetime], Iterable[Due]]
"""Gives the moments after another at which the site changes by itself."""
OwnPages = Callable[[Content], Iterable[str]]
"""Gives the names (as in urls.OWN) of the site's own pages that there are with this content, and
are not with all.
"""

NewAddresses = Callable[[Content], Iterable[str]]
"""Gives the addresses of a plugin's own at which something is with this content."""


class ContentFolder(Struct, Generic[Header], frozen=True):
    """A folder of texts by its name: the struct of their headers, and the address of one by its
    slug, which is the file's name.

    `complete` fills in what a file just read leaves out, and finds its faults. `labels` are what
    the editor in the browser calls several and one of them, as marked for translation, and `form`
    is what else it is told.
    """

    name: str
    kind: type[Header]
    address: Callable[[Urls, str], str]
    complete: Callable[[Record[Header], Rules], Iterable[Fault]] = lambda _record, _rules: ()
    labels: Sequence[tuple[str, str]] = ()
    form: Mapping[str, str] = {}

    def among(self, content: Content) -> list[Record[Header]]:
        """Its texts with usable headers."""
        return content.of(self.kind)


class DeskNote(Struct, frozen=True):
    """What only the desk is told of a story: some words, and the day that it is planned for, or
    None.
    """

    words: str = ""
    day: datetime | None = None


DeskNotes = Callable[[StoryData], DeskNote]
"""Says what the desk shows of a story, and readers never see."""

StatusLines = Callable[[Content, Settings], Iterable[str]]
"""Says in lines of ./inv status how things stand."""

FOLDERS: Door[ContentFolder[Any]] = Door()
AsShown = Callable[[Series, Mapping[str, Author]], Series]
"""Gives a series as templates see it, given it as it is and the authors by name."""

CHECKS: Door[Check] = Door()
MOMENTS: Door[Moments] = Door()
OWN_PAGES: Door[OwnPages] = Door()
ADDRESSES: Door[NewAddresses] = Door()
DESK_NOTES: Door[DeskNotes] = Door()
SERIES: Door[AsShown] = Door()
STATUS_LINES: Door[StatusLines] = Door()
