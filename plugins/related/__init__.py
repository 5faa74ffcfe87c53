"""Finds each story's stream: the hand-picked stories first, then the nearest by their text, then those next to it in time.

Settings: STREAM_LENGTH (stories in a stream, default 3), JOBS. Adds stream to articles. `./inv related SLUG` explains
a stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from broadside.plugins import signals
from broadside.plugins.parallel import share
from broadside.plugins.related import nearby
from broadside.plugins.related.change import Map
from broadside.plugins.related.corpus import Doc, docs_of
from broadside.plugins.related.kept import KeptRanking
from broadside.plugins.related.pick import LENGTH, keys_of, ranked_for, stream_of
from broadside.plugins.related.score import Row
from broadside.plugins.site import Site


def add_streams(site: Site) -> None:
    """Give every story its stream."""
    settings = site.settings
    want, jobs = settings.get("STREAM_LENGTH", LENGTH), settings.get("JOBS", 1)
    kept = KeptRanking(site.store, site.mark)
    docs = docs_of([story.record for story in site.stories], site.content.lists.slugs_of_sections)
    best = nearby.best(kept.ranked(docs, ranked_for(want), in_processes(jobs)))
    # Drafts and hidden stories have a stream, but are in nobody's.
    shown = {story.record.path: story for story in site.every_story if story.desk_status != "withdrawn"}
    keys = keys_of((story.date, story.slug, story.record.path) for story in site.stories)
    for key, story in shown.items():
        stream = stream_of(key, story.record.data.related, keys, best.get(key, ()), want, site.content.languages)
        story.stream = [shown[other] for other in stream.keys]


def in_processes(jobs: int) -> Map:
    """A map() that shares its work among processes."""

    def each(compare: Callable[[Doc], Row], docs: Iterable[Doc]) -> Iterable[Row]:
        return share(lambda some: list(map(compare, some)), list(docs), jobs, least=256)

    return each


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_streams)
