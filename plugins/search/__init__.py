"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a
few.

Makes pagefind/: what all blocks share, a folder for each block, words/ (the archive's words, for
corrections), blocks.json (the beginning of each block, oldest first, and the number of parts of
words/), and names.json (authors, sections, series and topics).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from broadside.content.records import Record
from broadside.digests import digest
from broadside.front_matter.data import StoryData
from broadside.media.photos import Photo
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.search.blocks import FOLDER, SearchBlock, deal
from broadside.plugins.search.documents import Document, DocumentMaker, of_series, pagefind_record
from broadside.plugins.search.indexing import index, narrowing_facts, own_files_of, shared_files_of
from broadside.plugins.search.vocabulary import WORDS, parts, vocabulary, words_in
from broadside.plugins.series.fronts import series_label
from broadside.site import Bundle
from broadside.site.all_terms import Terms
from broadside.site.story import Story

VERSION = version("pagefind-bin")
NAMED = ("section", "author", "series", "topic")
"""The kinds of indexes that are found by their names, in the order in which they are shown."""
MOST_NAMES = 2000
"""How many of a kind, those with the most stories, so that a search loads little."""
MakeDocument = Callable[[Record[StoryData]], Document]
ANY = Document("any", "any")
"""The document of a dummy index: Pagefind outputs its script and engine only with an index."""


class Choices(Struct, frozen=True):
    """What readers can narrow a search to: sections and types in the outlet's order, authors
    alphabetically, years newest first.
    """

    sections: list[str]
    types: list[str]
    authors: list[str]
    years: list[str]


def offer_search(site: Site) -> None:
    """Tell the templates whether there is an index."""
    site.values["SEARCH"] = bool(site.settings.SEARCH and site.published)


def pages(site: Site) -> Iterator[Page | Bundle]:
    """The search index of all published stories and of series: the shared files, and a bundle for
    each block.
    """
    if not site.values["SEARCH"]:
        return
    words = site.words.of()
    lang, place = site.settings.DEFAULT_LANG, Path(site.settings.CACHE_PATH)
    published = site.published
    pictures = {
        story.record.path: _smallest(story.photo)
        for story in published
        if story.photo and story.photo.src
    }
    transcripts = {
        story.record.path: said
        for story in published
        if story.audio and (said := story.audio.transcript)
    }
    urls_of = site.content.addresses.urls_of
    stories = DocumentMaker(
        urls_of, lambda name: site.terms.author(name).name, words, pictures, transcripts
    )
    # When one block has changed, both its words and its index are made of its documents.
    document: MakeDocument = lru_cache(site.settings.SEARCH_BLOCK)(stories.document)
    shared = digest(VERSION, site.mark, lang)
    yield Bundle(FOLDER, partial(shared_files, lang=lang, place=place), {"mark": shared})
    records = [story.record for story in published]
    blocks = list(deal(records, site.settings.SEARCH_BLOCK, shared, stories.mark))
    for block in blocks:
        yield Bundle(
            block.folder,
            partial(files_of, block=block, document=document, lang=lang, place=place),
            {"mark": block.digest},
        )
    since, years = [block.since(words) for block in blocks], [block.year for block in blocks]
    spelled = vocabulary(
        blocks, partial(searchable_text, document, lang), site.store, site.settings.JOBS
    )
    if listed := series_documents(site):  # after the newest stories, so that they are found at once
        since, years = [*since, since[-1]], [*years, years[-1]]
        spelled |= words_in(str(pagefind_record(each, lang)["content"]) for each in listed)
        values = {"mark": shared, "documents": listed}
        yield Bundle(
            f"{FOLDER}/{len(since)}", partial(files_of_series, lang=lang, place=place), values
        )
    spellings = parts(spelled)
    for number, part in enumerate(spellings):
        yield Page(f"{WORDS}/{number}.txt", part.encode())
    known = {"since": since, "years": years, "words": len(spellings)}
    for name, listed_in in {"blocks": known, "names": names_of(site)}.items():
        yield Page(
            f"{FOLDER}/{name}.json",
            json.dumps(listed_in, separators=(",", ":"), ensure_ascii=False).encode(),
        )


def _smallest(photo: Photo) -> str:
    """The address of a photo's smallest picture, in the better format that most browsers
    support.
    """
    if photo.sources:
        return photo.sources[-1].candidates[0][0]
    return photo.src


def searchable_text(document: MakeDocument, lang: str, story: Record[StoryData]) -> str:
    """All the text of a story that can be found."""
    return str(pagefind_record(document(story), lang)["content"])


def shared_files(mark: str, lang: str, place: Path) -> dict[str, bytes]:
    """The files that all blocks share."""
    del mark
    return shared_files_of(index([ANY], lang, place))


def files_of(
    mark: str, block: SearchBlock, document: MakeDocument, lang: str, place: Path
) -> dict[str, bytes]:
    """The index of a block; `mark` is the digest of everything it is made from."""
    del mark
    return _indexed([*map(document, block.stories)], lang, place)


def _indexed(documents: list[Document], lang: str, place: Path) -> dict[str, bytes]:
    files = own_files_of(index(documents, lang, place))
    return files | {"stories.json": narrowing_facts(files, documents)}


def series_documents(site: Site) -> list[Document]:
    """The documents of the series that have something published."""
    return [
        of_series(front, series_label(front.term, site.texts))
        for front in site.series
        if front.parts
    ]


def files_of_series(
    mark: str, documents: list[Document], lang: str, place: Path
) -> dict[str, bytes]:
    """The index of the series."""
    del mark
    return _indexed(documents, lang, place)


def names_of(site: Site) -> dict[str, list[tuple[str, str]]]:
    """The name and the address of each index that a search finds by its name, by kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in NAMED:
        listed = [each for each in site.indexes.values() if each.index.kind == kind and each.listed]
        most = sorted(listed, key=lambda each: (-len(each.listed), each.index.url))[:MOST_NAMES]
        found[kind] = sorted((each.index.title, each.index.url) for each in most)
    return found | {
        "series": [(front.term.name, front.term.url) for front in site.series if front.parts][
            :MOST_NAMES
        ]
    }


def choices_of(stories: Collection[Story], terms: Terms) -> Choices:
    """What a search of these published stories can be narrowed to."""
    sections = {section.name for story in stories for section in story.sections}
    types = {story.story_type.name for story in stories if story.story_type}
    return Choices(
        [
            name
            for name in (section.name for section in terms.sections.values())
            if name in sections
        ],
        [name for name in (kind.name for kind in terms.story_types.values()) if name in types],
        sorted(
            {author.name for story in stories for author in story.authors if author.url},
            key=str.casefold,
        ),
        sorted({str(story.date.year) for story in stories}, reverse=True),
    )


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[offer_search], pages=[pages]))
