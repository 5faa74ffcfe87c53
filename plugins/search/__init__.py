"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out; it is a value for templates, and False also while nothing is published), SEARCH_BLOCK
(stories that are indexed together, default 100), DEFAULT_LANG, CACHE_PATH.
Makes pagefind/: what all blocks share, blocks.json (since when each block is, oldest first), and a folder a block.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from broadside.plugins import signals
from broadside.plugins.digests import digest
from broadside.plugins.search.blocks import BLOCK, FOLDER, Block, deal
from broadside.plugins.search.documents import Document, Stories, of_series
from broadside.plugins.search.indexing import common, index, own
from broadside.plugins.site import Site
from broadside.plugins.site.page import Bundle, Page

VERSION = version("pagefind")
ANY = Document("any", "any")
"""The document of a dummy index: Pagefind gives its script and engine only with an index."""


def offer_search(site: Site) -> None:
    """Tell the templates whether there is an index."""
    site.values["SEARCH"] = bool(site.settings.get("SEARCH", True) and site.stories)


def pages(site: Site) -> Iterator[Page | Bundle]:
    """The search index of all published stories and of series: what all blocks share, and a bundle for each block."""
    if not site.values["SEARCH"]:
        return
    words = site.words.of()
    lang, place = site.settings["DEFAULT_LANG"], Path(site.settings["CACHE_PATH"])
    stories = Stories(site.content.addresses.urls_of, lambda name: site.terms.author(name).name, words)
    shared = digest(VERSION, site.mark, lang)
    yield Bundle(FOLDER, partial(shared_files, lang=lang, place=place), {"mark": shared})
    records = [story.record for story in site.stories]
    blocks = list(deal(records, site.settings.get("SEARCH_BLOCK", BLOCK), shared, stories.mark))
    for block in blocks:
        yield Bundle(
            block.folder,
            partial(files_of, block=block, stories=stories, lang=lang, place=place),
            {"mark": block.digest},
        )
    since = [block.since(words) for block in blocks]
    if listed := series(site):  # in a block after the newest stories, so that they are found at once
        since.append(since[-1])
        values = {"mark": shared, "documents": listed}
        yield Bundle(f"{FOLDER}/{len(since)}", partial(files_of_series, lang=lang, place=place), values)
    yield Page(f"{FOLDER}/blocks.json", json.dumps(since, separators=(",", ":"), ensure_ascii=False).encode())


def shared_files(mark: str, lang: str, place: Path) -> dict[str, bytes]:
    """The files that all blocks share."""
    del mark
    return common(index([ANY], lang, place))


def files_of(mark: str, block: Block, stories: Stories, lang: str, place: Path) -> dict[str, bytes]:
    """The index of a block; `mark` is the digest of all that it is made of."""
    del mark
    return own(index(map(stories.document, block.stories), lang, place))


def series(site: Site) -> list[Document]:
    """The documents of the series of which something is out."""
    label = site.texts.environment.get_template("series_words.html").module.series_label  # type: ignore[attr-defined]
    return [of_series(front, str(label(front.term)).strip()) for front in site.series if front.parts]


def files_of_series(mark: str, documents: list[Document], lang: str, place: Path) -> dict[str, bytes]:
    """The index of the series."""
    del mark
    return own(index(documents, lang, place))


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(offer_search)
    signals.pages.connect(pages)
