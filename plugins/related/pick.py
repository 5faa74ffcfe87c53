"""Puts a story's stream together: what the editors picked by hand, then what is most related."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the newsroom itself asks content.key_terms what a story is about
    from broadside.content.terms import Translation

LENGTH = 3
"""How many stories a stream has, unless the setting STREAM_LENGTH says otherwise."""


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
