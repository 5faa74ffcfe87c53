"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out; it is False in the context also while nothing is published), SEARCH_BLOCK (stories
that are indexed together, default 100), DEFAULT_LANG, CACHE_PATH, OUTPUT_PATH, LIVE_PATH, JOBS. Signals used: newsroom's
was_read, and article_writer_finalized.
Needs newsroom. Adds to the context: search_index.
Writes pagefind/: what all blocks share, blocks.json (since when each block is, oldest first), and a folder a block.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.manifest import MANIFEST, SEARCH, Manifest
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Newsroom
from broadside.plugins.press import Press, shown_of
from broadside.plugins.search.blocks import BLOCK, FOLDER, SearchIndex
from broadside.plugins.search.documents import Stories
from broadside.plugins.search.indexing import clear
from broadside.plugins.signals import was_read


def start_indexing(
    generator: ArticlesGenerator, newsroom: Newsroom, published: list[Record[StoryData]], mark: str
) -> None:
    """Start Pagefind as soon as the stories are read, on the bundles that are not as the last build left them."""
    context, settings = generator.context, generator.settings
    kept = Path(settings["CACHE_PATH"])
    clear(kept / SEARCH)
    context["SEARCH"] = settings.get("SEARCH", True) and bool(published)
    if not context["SEARCH"]:
        return
    index = SearchIndex(
        published,
        Stories(newsroom.addresses.urls_of, cache(lambda name: context["terms"].author(name).name)),
        size=settings.get("SEARCH_BLOCK", BLOCK),
        lang=settings["DEFAULT_LANG"],
        mark=mark,
        place=kept / SEARCH,
        jobs=settings.get("JOBS", 1),
    )
    last = {folder: bundle.fingerprint for folder, bundle in Manifest.load(kept / MANIFEST).bundles.items()}
    shown = shown_of(settings)
    due = [
        bundle
        for bundle in index.bundles
        if last.get(bundle.folder) != bundle.fingerprint or not (shown / bundle.folder).is_dir()
    ]
    if due:
        index.begin(due)
    context["search_index"] = index


def write_index(generator: ArticlesGenerator, writer: Press) -> None:
    """Add the search index of all published stories to the site."""
    index: SearchIndex | None = generator.context.get("search_index")
    if index:
        for bundle in index.bundles:
            writer.add_bundle(bundle.folder, bundle.fingerprint, partial(index.files, bundle))
        writer.add_data(f"{FOLDER}/blocks.json", index.since)


def register() -> None:
    """Connect to Pelican."""
    was_read.connect(start_indexing)
    signals.article_writer_finalized.connect(write_index)
