"""Divides the archive into blocks, each with a search index of its own, so that a new story costs one block.

Blocks are numbered from the oldest, like the pages of an index, so a full block is indexed once, and again only when one of
its own stories changes. A story that is removed from the middle, or inserted with an old date, moves every later story by
one place, and all later blocks are indexed again: that is rare, and the price of full blocks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from broadside.plugins.dates import MONTHS
from broadside.plugins.fingerprint import digest
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.newsroom.records import Record
from broadside.plugins.search.documents import Document, Stories
from broadside.plugins.search.indexing import Indexing, common, own

VERSION = version("pagefind")
ANY = Document("any", "any")
"""The document of a dummy index: Pagefind gives its script and engine only with an index."""

FOLDER = "pagefind"
BLOCK = 100
"""Stories in a full block. A new story or an edit costs indexing one, 0.25 s beside the build; 250 stories would take 0.6 s.
A reader loads about 11 kB of each block for a word, whatever its size (indexing.CHUNK): 130 kB for the newest 1,200 stories."""


class Block(Struct, frozen=True):
    """Stories that are indexed together: the folder of their index, and the fingerprint of all that it depends on."""

    folder: str
    fingerprint: str
    stories: Sequence[Record[StoryData]]

    @property
    def since(self) -> str:
        """The month of its oldest story, as readers see it."""
        date = self.stories[0].date
        return f"{MONTHS[date.month]} {date.year}" if date else ""


def deal(
    oldest_first: Sequence[Record[StoryData]], size: int, frame: str, mark: Callable[[Record[StoryData]], str]
) -> Iterator[Block]:
    """Divide the stories into blocks of `size`, from the oldest.

    `frame` is the fingerprint of what all blocks depend on; `mark` makes a text of all that an index has of a story.
    """
    for number, start in enumerate(range(0, len(oldest_first), size), 1):
        stories = oldest_first[start : start + size]
        yield Block(f"{FOLDER}/{number}", digest(frame, *map(mark, stories)), stories)


class SearchIndex:
    """The search index of all published stories, in bundles of files: one that all blocks share, and one for each block.

    `mark` is the digest of all but the stories that the index depends on, and `place` a folder for what Pagefind makes.
    """

    def __init__(  # noqa: PLR0913 -- what is indexed, and how
        self,
        published: Iterable[Record[StoryData]],
        stories: Stories,
        *,
        size: int,
        lang: str,
        mark: str,
        place: Path,
        jobs: int,
    ) -> None:
        self._stories, self._lang, self._place, self._jobs = stories, lang, place, jobs
        oldest_first = sorted(published, key=lambda story: (story.moment, story.slug))
        self.shared = Block(FOLDER, digest(VERSION, mark, lang), ())
        self.blocks = list(deal(oldest_first, size, self.shared.fingerprint, stories.mark))
        self._indexing: Indexing | None = None

    @property
    def bundles(self) -> list[Block]:
        """What all blocks share, as a block without stories, and the blocks, the oldest first."""
        return [self.shared, *self.blocks]

    @property
    def since(self) -> bytes:
        """The JSON of the month since which each block is."""
        return json.dumps([block.since for block in self.blocks], separators=(",", ":")).encode()

    def begin(self, bundles: Iterable[Block]) -> None:
        """Begin to index these beside the build."""
        self._indexing = self._indexed(bundles)

    def files(self, bundle: Block) -> dict[str, bytes]:
        """The files of a bundle by their paths in its folder; if it was not begun, it is indexed now."""
        begun = self._indexing
        indexing = begun if begun and bundle.folder in begun else self._indexed([bundle])
        return (own if bundle.stories else common)(indexing.files(bundle.folder))

    def _indexed(self, bundles: Iterable[Block]) -> Indexing:
        document = self._stories.document
        documents = {each.folder: map(document, each.stories) if each.stories else [ANY] for each in bundles}
        return Indexing(documents, self._lang, self._place, self._jobs)
