"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out; it is False in the context also while nothing is published), SEARCH_BLOCK (stories
that are indexed together, default 100), DEFAULT_LANG, CACHE_PATH, OUTPUT_PATH, LIVE_PATH, JOBS. Signals used: newsroom's
was_read, and article_writer_finalized.
Needs newsroom. Adds to the context: search_blocks, search_stories and search_indexing.
Writes pagefind/: what all blocks share, blocks.json (since when each block is, oldest first), and a folder a block.
"""

from __future__ import annotations

import json
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.fingerprint import digest
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.manifest import MANIFEST, SEARCH, Manifest
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Newsroom
from broadside.plugins.press import Press, shown_of
from broadside.plugins.search.blocks import BLOCK, FOLDER, Block, deal
from broadside.plugins.search.documents import Document, Stories
from broadside.plugins.search.indexing import Indexing, clear, common, own
from broadside.plugins.signals import was_read

VERSION = version("pagefind")
ANY = Document("any", "any")
"""The document of a dummy index: Pagefind gives its script and engine only with an index."""


def start_indexing(
    generator: ArticlesGenerator, newsroom: Newsroom, published: list[Record[StoryData]], mark: str
) -> None:
    """Start Pagefind as soon as the stories are read, on the blocks that are not as the last build left them.

    It runs beside the rest of the build. The files that all blocks share are treated as a block without stories.
    """
    context, settings = generator.context, generator.settings
    kept = Path(settings["CACHE_PATH"])
    clear(kept / SEARCH)
    context["SEARCH"] = settings.get("SEARCH", True) and bool(published)
    if not context["SEARCH"]:
        return
    stories = Stories(newsroom.addresses.urls_of, cache(lambda name: context["terms"].author(name).name))
    oldest_first = sorted(published, key=lambda story: (story.moment, story.slug))
    frame = Block(FOLDER, digest(VERSION, mark, settings["DEFAULT_LANG"]), ())
    blocks = [frame, *deal(oldest_first, settings.get("SEARCH_BLOCK", BLOCK), frame.fingerprint, stories.mark)]
    last = {folder: group.fingerprint for folder, group in Manifest.load(kept / MANIFEST).bundles.items()}
    shown = shown_of(settings)
    due = [each for each in blocks if last.get(each.folder) != each.fingerprint or not (shown / each.folder).is_dir()]
    context["search_blocks"], context["search_stories"] = blocks, stories
    context["search_indexing"] = _start(due, stories, settings) if due else ()


def write_index(generator: ArticlesGenerator, writer: Press) -> None:
    """Add the search index of all published stories to the site."""
    context, settings = generator.context, generator.settings

    def make(block: Block) -> dict[str, bytes]:
        indexing = context["search_indexing"]
        if block.folder not in indexing:  # it was not due, but somebody has changed its files since
            indexing = _start([block], context["search_stories"], settings)
        return (own if block.stories else common)(indexing.files(block.folder))

    blocks: list[Block] = context.get("search_blocks", [])
    for block in blocks:
        writer.add_bundle(block.folder, block.fingerprint, partial(make, block))
    if blocks:
        data = json.dumps([block.since for block in blocks[1:]], separators=(",", ":")).encode()
        writer.add_data(f"{FOLDER}/blocks.json", data)


def _start(blocks: list[Block], stories: Stories, settings: dict[str, Any]) -> Indexing:
    documents = {each.folder: map(stories.document, each.stories) if each.stories else [ANY] for each in blocks}
    place = Path(settings["CACHE_PATH"]) / SEARCH
    return Indexing(documents, settings["DEFAULT_LANG"], place, settings.get("JOBS", 1))


def register() -> None:
    """Connect to Pelican."""
    was_read.connect(start_indexing)
    signals.article_writer_finalized.connect(write_index)
