"""Files of the content folder that plugins read, beside those that every outlet has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from broadside.doors import Door
from broadside.faults import Fault

Said = TypeVar("Said")


class ContentFile(Struct, Generic[Said], frozen=True):
    """A file by its name: `read` makes what it says of its bytes, and finds its faults; `empty` is what it says if it is not there."""

    name: str
    read: Callable[[bytes], tuple[Said, list[Fault]]]
    empty: Said

    def among(self, given: Mapping[str, Any]) -> Said:
        """What it says, among what all such files of a content folder say (Content.given)."""
        said: Said = given.get(self.name, self.empty)
        return said


FILES: Door[ContentFile[Any]] = Door()
