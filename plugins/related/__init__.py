"""Finds each story's stream: the hand-picked stories first, then the nearest by their text.

Settings: STREAM_LENGTH (stories in a stream, default 3). Signals used: article_generator_finalized.
Needs newsroom and indexes. Adds stream to articles, and ranking to the context. `./inv related SLUG` explains a stream.
"""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.related.corpus import Doc
from plugins.related.ranking import rank

SECONDS_A_DAY = 86_400


def add_streams(generator: ArticlesGenerator) -> None:
    """Give every story its stream."""
    context = generator.context
    want = generator.settings.get("STREAM_LENGTH", 3)
    published = context["stories"]
    shown = [*published, *generator.drafts, *generator.hidden_articles]
    by_key = {story.record.path: story for story in shown}
    # Drafts and hidden stories have a stream, and stand in nobody's.
    ranking = context["ranking"] = rank(map(doc_of, published), want * 2)
    by_slug = {story.slug: story for story in published}
    for story in shown:
        picked = [by_slug[slug] for slug in story.record.data["related"] if slug in by_slug]
        row = ranking.rows.get(story.record.path)
        found = [by_key[scored.key] for scored in row.best] if row else []
        story.stream = _first(story, [*picked, *found], max(want, len(picked)))


def _first(story: Any, candidates: list[Any], most: int) -> list[Any]:
    """The first of the candidates, never the story itself and none twice."""
    unique = {other.record.path: other for other in candidates if other is not story}
    return list(unique.values())[:most]


def doc_of(story: Any) -> Doc:
    """What ranking needs of a story."""
    section = story.sections[0].slug if story.sections else ""
    return Doc(
        story.record.path, story.slug, story.date.timestamp() / SECONDS_A_DAY, section, story.lang, story.record.terms
    )


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(add_streams)
