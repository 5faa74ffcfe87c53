"""Search in the reader's browser, by Pagefind: an index in small files, of which a search loads a few.

Settings: SEARCH (False leaves the index out). Signals used: article_writer_finalized. Needs newsroom and indexes.
Writes pagefind/.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.markup.body import plain_text
from plugins.newsroom.filters import long_date
from plugins.press.fingerprint import digest
from plugins.search.corpus import Document, build


def write_index(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the search index of all published stories."""
    stories = generator.context["stories"]
    if not generator.settings.get("SEARCH", True) or not stories:
        return
    mark = digest(*(story.whole for story in stories))
    writer.add_bundle("pagefind", mark, partial(_made, stories))


def _made(stories: list[Any]) -> dict[str, bytes]:
    return build(document_of(story) for story in stories)


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
    signals.article_writer_finalized.connect(write_index)
