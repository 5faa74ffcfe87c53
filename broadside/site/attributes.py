"""What plugins say of stories beside their keys, and what they say it by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadside.digests import Shown
from broadside.doors import Door
from broadside.settings import Settings

if TYPE_CHECKING:  # they take long to load
    from broadside.content.content import Content, ReadOptions
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData
    from broadside.media.derivatives import Photos
    from broadside.site.all_terms import Terms


class Around(Struct, frozen=True):
    """What there is when a story is made of its record."""

    content: Content
    options: ReadOptions
    terms: Terms
    photos: Photos
    settings: Settings


class Attribute(Struct, frozen=True):
    """An attribute of stories: its name, which pages may show it, what it is, and the function that
    makes it of a record.
    """

    name: str
    shown: Shown
    means: str
    of: Callable[[Record[StoryData], Around], Any]


ATTRIBUTES: Door[Attribute] = Door()
EXTRAS: Door[Callable[[Any], Iterable[str]]] = Door()
