"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out; it is a value for templates, and False also while nothing is published), SEARCH_BLOCK
(stories that are indexed together, default 100), DEFAULT_LANG, CACHE_PATH, JOBS.
Makes pagefind/: what all blocks share, blocks.json (since when each block is, oldest first), and a folder a block.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from broadside.plugins import signals
from broadside.plugins.fingerprint import digest
from broadside.plugins.output.page import Bundle, Page
from broadside.plugins.search.blocks import BLOCK, FOLDER, Block, deal
from broadside.plugins.search.corpus import Document, Stories
from broadside.plugins.search.indexing import Indexing, clear, common, own
from broadside.plugins.site import Site

VERSION = version("pagefind")
SEARCH = "search"
"""Pagefind's folder in the cache folder."""
ANY = Document("any", "any")
"""The document of a dummy index: Pagefind gives its script and engine only with an index."""


def offer_search(site: Site) -> None:
    """Tell the templates whether there is an index."""
    site.values["SEARCH"] = bool(site.settings.get("SEARCH", True) and site.stories)


def pages(site: Site) -> Iterator[Page | Bundle]:
    """The search index of all published stories."""
    clear(Path(site.settings["CACHE_PATH"], SEARCH))
    if not site.values["SEARCH"]:
        return
    stories = Stories(site.content.addresses.urls_of, lambda name: site.terms.author(name).name)
    records = [story.record for story in site.stories]
    frame = Block(FOLDER, digest(VERSION, site.mark, site.settings["DEFAULT_LANG"]), ())
    blocks = [frame, *deal(records, site.settings.get("SEARCH_BLOCK", BLOCK), frame.fingerprint, stories.mark)]
    for block in blocks:
        yield Bundle(
            block.folder, partial(_indexed, block=block, stories=stories, site=site), {"mark": block.fingerprint}
        )
    yield Page(
        f"{FOLDER}/blocks.json", json.dumps([block.since for block in blocks[1:]], separators=(",", ":")).encode()
    )


def _indexed(block: Block, stories: Stories, site: Site, mark: str) -> dict[str, bytes]:
    del mark  # what it depends on; all of it is in the block
    documents = {block.folder: map(stories.document, block.stories) if block.stories else [ANY]}
    place = Path(site.settings["CACHE_PATH"]) / SEARCH
    indexing = Indexing(documents, site.settings["DEFAULT_LANG"], place, site.settings.get("JOBS", 1))
    return (own if block.stories else common)(indexing.files(block.folder))


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(offer_search)
    signals.pages.connect(pages)
