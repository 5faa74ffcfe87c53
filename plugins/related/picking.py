"""Which stories are in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadside.content.terms import Translation


def ranked_for(want: int) -> int:
    """How many related stories to rank for a stream of `want`: some of the best may already be picked by hand."""
    return want * 2


def picked_of(related: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    """The keys of the published stories among a story's `related` slugs."""
    return [keys[slug] for slug in related if slug in keys]


def answers_to(published: Iterable[tuple[str, str]], keys: Mapping[str, str]) -> dict[str, list[str]]:
    """The keys of the stories that answer each story, oldest first, of published ones: the key and `answers` of each, oldest first."""
    found: dict[str, list[str]] = {}
    for key, slug in published:
        if slug in keys:
            found.setdefault(keys[slug], []).append(key)
    return found


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
