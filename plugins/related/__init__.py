"""Finds each story's stream: the hand-picked stories first, then the nearest by their text.

Settings: STREAM_LENGTH (stories in a stream, default 3), JOBS, CACHE_PATH. Signals used: article_generator_finalized.
Needs newsroom and indexes. Adds stream to articles, and ranking to the context. `./inv related SLUG` explains a stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.fingerprint import of_code
from plugins.parallel import share
from plugins.related.corpus import Doc, doc_of
from plugins.related.kept import ranked
from plugins.related.pick import keys_of, stream_of
from plugins.related.ranking import Each
from plugins.related.score import Row
from plugins.shelf import Shelf


def add_streams(generator: ArticlesGenerator) -> None:
    """Give every story its stream."""
    context, settings = generator.context, generator.settings
    want = settings.get("STREAM_LENGTH", 3)
    published = context["stories"]
    # Drafts and hidden stories have a stream, and stand in nobody's.
    shown = {story.record.path: story for story in (*published, *generator.drafts, *generator.hidden_articles)}
    ranking = context["ranking"] = ranked(
        map(_doc, published),
        want * 2,
        in_processes(settings.get("JOBS", 1)),
        Shelf(Path(settings["CACHE_PATH"]), "ranking", of_code()),
    )
    keys = keys_of((story.date, story.slug, story.record.path) for story in published)
    for key, story in shown.items():
        row = ranking.rows.get(key)
        found = stream_of(key, story.record.data["related"], keys, row.best if row else (), want)
        story.stream = [shown[other] for other in found.keys]


def in_processes(jobs: int) -> Each:
    """A map() that deals its work out to processes."""

    def each(compare: Callable[[Doc], Row], docs: Iterable[Doc]) -> Iterable[Row]:
        return share(lambda some: list(map(compare, some)), list(docs), jobs, least=256)

    return each


def _doc(story: Any) -> Doc:
    return doc_of(story.record, story.sections[0].slug if story.sections else "")


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(add_streams)
