"""The archive dealt into blocks, each with a search index of its own, so that a story costs what its block costs.

Blocks are numbered from the oldest, like the pages of an index, so a full block is indexed once and never again, until
one of its own stories changes. A story that is taken out of the middle, or put in with an old date, moves every later
story on by a place, and then all later blocks are indexed again: it is seldom, and the price of blocks that are full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from plugins.dates import MONTHS
from plugins.fingerprint import digest
from plugins.front_matter.data import StoryData
from plugins.newsroom.records import Record

FOLDER = "pagefind"
BLOCK = 100
"""Stories in a full block. One story more or one edit costs indexing it beside the build, 0.25 s; 250 stories take 0.6 s.
A reader loads about 11 kB of each block for a word, whatever its size (worker.CHUNK): 130 kB for the newest 1,200 stories."""


class Block(Struct, frozen=True):
    """Stories that are indexed together: the folder of their index, and the fingerprint of all that it depends on."""

    folder: str
    fingerprint: str
    stories: Sequence[Record[StoryData]]

    @property
    def since(self) -> str:
        """The month of its oldest story, as a reader is told it."""
        date = self.stories[0].date
        return f"{MONTHS[date.month]} {date.year}" if date else ""


def deal(
    oldest_first: Sequence[Record[StoryData]], size: int, frame: str, mark: Callable[[Record[StoryData]], str]
) -> Iterator[Block]:
    """Deal the stories into blocks of a size, oldest first.

    `frame` is the fingerprint of what all of them depend on, and `mark` tells what an index has of one story from all else.
    """
    for number, start in enumerate(range(0, len(oldest_first), size), 1):
        stories = oldest_first[start : start + size]
        yield Block(f"{FOLDER}/{number}", digest(frame, *map(mark, stories)), stories)
