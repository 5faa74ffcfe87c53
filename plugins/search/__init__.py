"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out), SEARCH_BLOCK (stories that are indexed together, default 250),
DEFAULT_LANG, CACHE_PATH, OUTPUT_PATH, LIVE_PATH, JOBS. Signals used: article_generator_finalized,
article_writer_finalized. Needs newsroom and indexes.
Writes pagefind/: what all blocks share, blocks.json (since when each block is, oldest first), and a folder a block.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.dates import long_date
from plugins.fingerprint import digest, installed, of_files
from plugins.manifest import MANIFEST, SEARCH, Manifest
from plugins.markup.body import plain_text
from plugins.search.blocks import BLOCK, FOLDER, Block, deal, listed
from plugins.search.corpus import Document
from plugins.search.indexing import Indexing, clear, common, own

VERSION = version("pagefind")
ANY = Document("any", "any")
"""Pagefind hands out its script and engine with an index only; of this one nothing else is kept."""


def start_indexing(generator: ArticlesGenerator) -> None:
    """Have Pagefind start as soon as the stories are known, on those blocks that are not as the last build left them.

    What all blocks share is as a block without stories.
    """
    context, settings = generator.context, generator.settings
    stories, cache = context["stories"], Path(settings["CACHE_PATH"])
    clear(cache / SEARCH)
    if not settings.get("SEARCH", True) or not stories:
        return
    frame = Block(FOLDER, digest(VERSION, _code(), settings["DEFAULT_LANG"]), ())
    blocks = [frame, *deal(stories, settings.get("SEARCH_BLOCK", BLOCK), frame.fingerprint)]
    last, shown = Manifest.load(cache / MANIFEST).bundles, Path(settings.get("LIVE_PATH") or settings["OUTPUT_PATH"])
    due = [
        block
        for block in blocks
        if last.get(block.folder, ("",))[0] != block.fingerprint or not (shown / block.folder).is_dir()
    ]
    context["search_blocks"], context["search_indexing"] = blocks, _start(due, settings) if due else ()


def write_index(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the search index of all published stories."""
    context, settings = generator.context, generator.settings

    def make(block: Block) -> dict[str, bytes]:
        indexing = context["search_indexing"]
        if block.folder not in indexing:  # someone has touched its files
            indexing = _start([block], settings)
        return (own if block.stories else common)(indexing.files(block.folder))

    blocks: list[Block] = context.get("search_blocks", [])
    for block in blocks:
        writer.add_bundle(block.folder, block.fingerprint, lambda block=block: make(block))
    if blocks:
        data = json.dumps(listed(blocks[1:]), separators=(",", ":")).encode()
        writer.add_file(f"{FOLDER}/blocks.json", digest(data), lambda: data)


def document_of(story: Any) -> Document:
    """A story as search sees it."""
    return Document(
        url=story.url,
        title=story.title,
        dek=story.dek,
        text=plain_text(story.record.body.html),
        byline=", ".join(each.author.name for each in story.byline),
        section=story.sections[0].name if story.sections else "",
        date=long_date(story.date),
        topics=", ".join(topic.name for topic in story.topics),
    )


def _start(blocks: list[Block], settings: dict[str, Any]) -> Indexing:
    documents = {block.folder: map(document_of, block.stories) if block.stories else [ANY] for block in blocks}
    place = Path(settings["CACHE_PATH"]) / SEARCH
    return Indexing(documents, settings["DEFAULT_LANG"], place, settings.get("JOBS", 1))


def _code() -> str:
    """The digest of the code and packages that make a document of a story, and an index of documents."""
    here = Path(__file__).parent
    rooms = here.parent
    ours = of_files(rooms, [*here.glob("*.py"), *(rooms / "markup").glob("*.py"), rooms / "dates.py"])
    return digest(ours, *installed(sys.path))


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(start_indexing)
    signals.article_writer_finalized.connect(write_index)
