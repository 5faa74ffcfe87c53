"""Finds each story's stream: the hand-picked stories first, then the nearest by their text, then those next to it in time.

Adds stream to articles. `./inv related` explains a stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from broadside.content.names import keys_of
from broadside.digests import digest
from broadside.plugins.related.docs import Doc, KeptRanking, Ranked, docs_of
from broadside.site import Site, signals
from broadside.store import only

if TYPE_CHECKING:
    from broadside.content.terms import Translation

NOTE = "ranking"


def add_streams(site: Site) -> None:
    """Give every story its stream."""
    want = site.settings["STREAM_LENGTH"]
    docs = docs_of([story.record for story in site.stories], site.content.lists.slugs_of_sections)
    ranked = ranked_in(site, docs, ranked_for(want))
    # Drafts and hidden stories have a stream, but are in nobody's.
    shown = {story.record.path: story for story in site.every_story if story.desk_status != "withdrawn"}
    keys = keys_of((story.date, story.slug, story.record.path) for story in site.stories)
    for key, story in shown.items():
        picked = picked_of(story.record.data.related, keys)
        story.stream = [
            shown[other]
            for other in stream(key, picked, ranked[key].keys if key in ranked else (), want, site.content.languages)
        ]


def ranked_in(site: Site, docs: list[Doc], want: int) -> dict[str, Ranked]:
    """The ranking of a site's stories, as far as possible the one that the last build kept."""
    mark, made_of = digest(site.mark, str(want)), digest(*(str(part) for doc in docs for part in doc))
    kept = site.store.only(NOTE, KeptRanking, mark)
    if kept and kept.docs == made_of:
        return kept.ranked
    from broadside.plugins.related.ranking import rank_anew  # loads numpy

    ranked = rank_anew(docs, want, kept.ranked if kept else {}, site.settings["JOBS"])
    site.store.keep(only(NOTE, KeptRanking(made_of, ranked), mark))
    return ranked


def ranked_for(want: int) -> int:
    """How many related stories to rank for a stream of `want`: some of the best may be picked by hand already."""
    return want * 2


def picked_of(related: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    """The keys of those of a story's `related` slugs that are published."""
    return [keys[slug] for slug in related if slug in keys]


def stream(
    own: str,
    picked: Iterable[str],
    ranked: Iterable[str],
    want: int,
    languages: Mapping[str, Sequence[Translation]],
) -> list[str]:
    """The keys of a story's stream: all that were picked, filled up to `want`; never its own, and none twice.

    `languages` has the translations of a story by the key of each; the first of them that comes is in the stream alone.
    """
    chosen: dict[str, str] = {}

    def choose(key: str) -> None:
        if key != own:
            chosen.setdefault(languages[key][0].url if key in languages else key, key)

    for key in picked:
        choose(key)
    for key in ranked:
        if len(chosen) >= want:
            break
        choose(key)
    return list(chosen.values())


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_streams)
