"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out), CACHE_PATH. Signals used: article_generator_finalized,
article_writer_finalized. Needs newsroom and indexes.
Writes pagefind/.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.dates import long_date
from plugins.markup.body import plain_text
from plugins.press.fingerprint import digest, of_files
from plugins.press.manifest import MANIFEST, Manifest
from plugins.search.corpus import Document, Indexing

FOLDER = "pagefind"
VERSION = version("pagefind")


def start_indexing(generator: ArticlesGenerator) -> None:
    """Have Pagefind start as soon as the stories are known, when the last build's index is not theirs."""
    context, settings = generator.context, generator.settings
    stories = context["stories"]
    if not settings.get("SEARCH", True) or not stories:
        return
    here, cache = Path(__file__).parent, Path(settings["CACHE_PATH"])
    code = of_files(here, here.glob("*.py"))
    mark = context["search_mark"] = digest(VERSION, code, *(story.whole for story in stories))
    last = Manifest.load(cache / MANIFEST).bundles.get(FOLDER)
    if last is None or last[0] != mark:
        context["search_indexing"] = Indexing(map(document_of, stories), cache / "search")


def write_index(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the search index of all published stories."""
    context, place = generator.context, Path(generator.settings["CACHE_PATH"]) / "search"

    def make() -> dict[str, bytes]:
        indexing = context.get("search_indexing") or Indexing(map(document_of, context["stories"]), place)
        return indexing.files()

    if "search_mark" in context:
        writer.add_bundle(FOLDER, context["search_mark"], make)


def document_of(story: Any) -> Document:
    """A story as search sees it."""
    return Document(
        url=story.url,
        lang=story.lang,
        title=story.title,
        dek=story.dek,
        text=plain_text(story.record.body.html),
        byline=", ".join(each.author.name for each in story.byline),
        section=story.sections[0].name if story.sections else "",
        date=long_date(story.date),
        topics=", ".join(topic.name for topic in story.topics),
    )


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(start_indexing)
    signals.article_writer_finalized.connect(write_index)
