"""The list of the most read stories: a file that the setting MOST_READ names, as ./inv readers
--json writes it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from msgspec import DecodeError, Meta, Struct
from msgspec.json import decode

from broadside.faults import SiteFailed, one_line

FRESH = timedelta(days=7)
"""An older list is not shown: what wrote it has stopped."""


class MostReadRefused(SiteFailed):
    """The file is no such list; the message says where and why."""


class Listed(Struct, frozen=True):
    """A story in the list, by its address from the root of the host; whatever else the file says of
    it does not matter here.
    """

    url: str


class MostRead(Struct, frozen=True):
    """The file: when it was made, and the stories, most read first."""

    made: Annotated[datetime, Meta(tz=True)]
    stories: list[Listed]

    @property
    def until(self) -> datetime:
        """When it is too old to be shown."""
        return self.made + FRESH

    @property
    def urls(self) -> list[str]:
        """The addresses, most read first, without a slash before them."""
        return [story.url.removeprefix("/") for story in self.stories]


def most_read(path: Path) -> MostRead | None:
    """The list in a file; None if there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return decode(data, type=MostRead)
    except (DecodeError, ValueError) as problem:
        byte = re.search(r"\(byte (\d+)\)", str(problem))
        line = 1
        if byte:
            line = data.count(b"\n", 0, int(byte[1])) + 1
        hint = "./inv readers --json writes it as it should be"
        raise MostReadRefused(
            one_line(f"{path}:{line}: error: most-read: {problem}; {hint}")
        ) from None
