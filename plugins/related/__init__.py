"""Finds each story's stream: the hand-picked stories first, then the nearest by their text, then those next to it in time.

Settings: STREAM_LENGTH (stories in a stream, default 3), JOBS. Adds stream to articles. `./inv related` explains a stream.
"""

from __future__ import annotations

from broadside.plugins import signals
from broadside.plugins.content.picks import keys_of
from broadside.plugins.related.pick import LENGTH, picked_of, ranked_for, stream
from broadside.plugins.related.ranking import docs_of, rank
from broadside.plugins.site import Site


def add_streams(site: Site) -> None:
    """Give every story its stream."""
    want = site.settings.get("STREAM_LENGTH", LENGTH)
    docs = docs_of([story.record for story in site.stories], site.content.lists.slugs_of_sections)
    ranked = rank(docs, ranked_for(want), site.settings.get("JOBS", 1))
    # Drafts and hidden stories have a stream, but are in nobody's.
    shown = {story.record.path: story for story in site.every_story if story.desk_status != "withdrawn"}
    keys = keys_of((story.date, story.slug, story.record.path) for story in site.stories)
    for key, story in shown.items():
        picked = picked_of(story.record.data.related, keys)
        story.stream = [
            shown[other] for other in stream(key, picked, ranked.get(key, ()), want, site.content.languages)
        ]


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_streams)
