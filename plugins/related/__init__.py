"""Finds each story's stream: the hand-picked stories first, then the nearest by their text, then those next to it in time.

Settings: STREAM_LENGTH (stories in a stream, default 3), JOBS, CACHE_PATH. Signals used: article_generator_finalized and
newsroom's was_read. Needs newsroom and indexes. Adds stream to articles, and ranking to the context: the keys of each story's
related ones. `./inv related SLUG` explains a stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.parallel import share
from broadside.plugins.related import nearby
from broadside.plugins.related.change import Map
from broadside.plugins.related.corpus import Doc, docs_of
from broadside.plugins.related.kept import KeptRanking
from broadside.plugins.related.pick import LENGTH, keys_of, ranked_for, stream_of
from broadside.plugins.related.score import Row
from broadside.plugins.signals import was_read
from broadside.plugins.store import Store

if TYPE_CHECKING:  # the newsroom itself asks related.terms what a story is about
    from broadside.plugins.front_matter.data import StoryData
    from broadside.plugins.newsroom.records import Record
    from broadside.plugins.newsroom.room import Newsroom


def rank_stories(
    generator: ArticlesGenerator, newsroom: Newsroom, published: list[Record[StoryData]], mark: str
) -> None:
    """Rank the published stories."""
    settings = generator.settings
    want, jobs = ranked_for(settings.get("STREAM_LENGTH", LENGTH)), settings.get("JOBS", 1)
    # Terms depend on what all records do, hence the same mark.
    kept = KeptRanking(Store(Path(settings["CACHE_PATH"])), mark)
    ranking = kept.ranked(docs_of(published, newsroom.lists.slugs_of_sections), want, in_processes(jobs))
    generator.context["ranking"] = nearby.best(ranking)


def add_streams(generator: ArticlesGenerator) -> None:
    """Give every story its stream."""
    context, want = generator.context, generator.settings.get("STREAM_LENGTH", LENGTH)
    # Drafts and hidden stories have a stream, but are in nobody's.
    shown = {story.record.path: story for story in (*context["stories"], *generator.drafts, *generator.hidden_articles)}
    keys = keys_of((story.date, story.slug, story.record.path) for story in context["stories"])
    best, languages = context["ranking"], context["newsroom"].languages
    for key, story in shown.items():
        found = stream_of(key, story.record.data.related, keys, best.get(key, ()), want, languages)
        story.stream = [shown[other] for other in found.keys]


def in_processes(jobs: int) -> Map:
    """A map() that shares its work among processes."""

    def each(compare: Callable[[Doc], Row], docs: Iterable[Doc]) -> Iterable[Row]:
        return share(lambda some: list(map(compare, some)), list(docs), jobs, least=256)

    return each


def register() -> None:
    """Connect to Pelican."""
    was_read.connect(rank_stories)
    signals.article_generator_finalized.connect(add_streams)
