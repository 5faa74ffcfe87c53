"""Finds each story's stream: the hand-picked stories first, then the nearest by their text, then those next to it in time.

Settings: STREAM_LENGTH (stories in a stream, default 3), JOBS. Signals used: article_generator_finalized, and newsroom's
was_read. Needs newsroom and indexes. Adds stream to articles, and ranking to the context: a future that gives the keys of
each story's related ones. `./inv related SLUG` explains a stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.processes import Future
from broadside.plugins.related.pick import LENGTH, keys_of, picked_of, ranked_for, stream
from broadside.plugins.signals import was_read

if TYPE_CHECKING:  # the newsroom itself asks related.terms what a story is about
    from broadside.plugins.front_matter.data import StoryData
    from broadside.plugins.newsroom.records import Record
    from broadside.plugins.newsroom.room import Newsroom


def begin_ranking(
    generator: ArticlesGenerator, newsroom: Newsroom, published: list[Record[StoryData]], **_: object
) -> None:
    """Begin to rank the published stories, while Pelican makes its articles of them."""
    settings = generator.settings
    want, jobs = ranked_for(settings.get("STREAM_LENGTH", LENGTH)), settings.get("JOBS", 1)

    def ranking() -> dict[str, list[str]]:
        from broadside.plugins.related.ranking import docs_of, rank  # loads numpy, which this process can do without

        return rank(docs_of(published, newsroom.lists.slugs_of_sections), want, jobs)

    generator.context["ranking"] = Future.of(ranking, jobs)


def add_streams(generator: ArticlesGenerator) -> None:
    """Give every story its stream."""
    context, want = generator.context, generator.settings.get("STREAM_LENGTH", LENGTH)
    # Drafts and hidden stories have a stream, but are in nobody's.
    shown = {story.record.path: story for story in (*context["stories"], *generator.drafts, *generator.hidden_articles)}
    keys = keys_of((story.date, story.slug, story.record.path) for story in context["stories"])
    ranked, languages = context["ranking"](), context["newsroom"].languages
    for key, story in shown.items():
        picked = picked_of(story.record.data.related, keys)
        story.stream = [shown[other] for other in stream(key, picked, ranked.get(key, ()), want, languages)]


def register() -> None:
    """Connect to Pelican."""
    was_read.connect(begin_ranking)
    signals.article_generator_finalized.connect(add_streams)
