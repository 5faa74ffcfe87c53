"""Finds each story's stream: hand-picked stories first, then the most similar by their text, then the nearest in time.

Adds stream to articles. `./inv related` explains a stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from broadside.content.names import keys_of
from broadside.digests import digest
from broadside.plugins.related.docs import Doc, KeptRanking, KeptTerms, Ranked, docs_of
from broadside.site import Site, signals
from broadside.store import only

if TYPE_CHECKING:
    from broadside.content.terms import Translation

NOTE, TERMS = "ranking", "terms"
"""What is kept: all stories ranked, and the terms of each."""


def add_streams(site: Site) -> None:
    """Give every story its stream."""
    want = site.settings["STREAM_LENGTH"]
    docs = docs_of([story.record for story in site.stories], site.content.lists.slugs_of_sections)
    ranked = ranked_in(site, docs, ranked_for(want))
    # Drafts and hidden stories have a stream, but are in no other story's.
    shown = {story.record.path: story for story in site.every_story if story.desk_status != "withdrawn"}
    keys = keys_of((story.date, story.slug, story.record.path) for story in site.stories)
    for key, story in shown.items():
        picked = picked_of(story.record.data.related, keys)
        story.stream = [
            shown[other]
            for other in stream(key, picked, ranked[key].keys if key in ranked else (), want, site.content.languages)
        ]


def ranked_in(site: Site, docs: list[Doc], want: int) -> dict[str, Ranked]:
    """The ranking of a site's stories, reusing as much as possible of the last build's."""
    mark, made_of = digest(site.mark, str(want)), digest(*(str(part) for doc in docs for part in doc))
    kept = site.store.only(NOTE, KeptRanking, mark)
    if kept and kept.docs == made_of:
        return kept.ranked
    from broadside.plugins.related.ranking import rank_anew  # loads numpy

    terms = site.store.only(TERMS, dict[str, KeptTerms], mark) or {}
    before = {**terms}
    ranked = rank_anew(docs, want, kept.ranked if kept else {}, site.settings["JOBS"], terms)
    site.store.keep(only(NOTE, KeptRanking(made_of, ranked), mark))
    if terms != before:
        site.store.keep(only(TERMS, terms, mark))
    return ranked


def ranked_for(want: int) -> int:
    """How many related stories to rank for a stream of `want`: some of the best may already be picked by hand."""
    return want * 2


def picked_of(related: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    """The keys of the published stories among a story's `related` slugs."""
    return [keys[slug] for slug in related if slug in keys]


def stream(
    own: str,
    picked: Iterable[str],
    ranked: Iterable[str],
    want: int,
    languages: Mapping[str, Sequence[Translation]],
) -> list[str]:
    """The keys of a story's stream: all that were picked, filled up to `want`; never its own, and none twice.

    `languages` has the translations of each story by its key; only the first of them is in the stream.
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
