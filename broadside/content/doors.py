"""What plugins may add to what is read and checked; files and lists of theirs are in given.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from broadside.content.content import Content
from broadside.dates import Due
from broadside.doors import Door
from broadside.faults import Fault
from broadside.front_matter.data import StoryData

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


class DeskNote(Struct, frozen=True):
    """What only the desk is told of a story: some words, and the day that it is planned for, or
    None.
    """

    words: str = ""
    day: datetime | None = None


DeskNotes = Callable[[StoryData], DeskNote]
"""Says what the desk shows of a story, and readers never see."""

CHECKS: Door[Check] = Door()
MOMENTS: Door[Moments] = Door()
OWN_PAGES: Door[OwnPages] = Door()
ADDRESSES: Door[NewAddresses] = Door()
DESK_NOTES: Door[DeskNotes] = Door()
