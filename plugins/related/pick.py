"""A story's stream: what the editors picked by hand, then what is most related.

What keeps old pages still when a story is published (design, promise 4):

- a term's rarity depends only on floor(log2) of the number of stories that have it, never on the archive's size;
- a story's terms, their weights and their number depend on that story alone;
- an old story's list changes only where the new story is among its best, or where a term it shares with one of its
  picks has just become half as rare; either touches a few lists, as many in a large archive as in a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stream:
    """The keys of the stories below a story: all of them, those picked by hand, and ranked ones that found no place."""

    keys: list[str]
    picked: list[str]
    left: list[str]


def keys_of(stories: Iterable[tuple[datetime, str, str]]) -> dict[str, str]:
    """Return slug -> key of published stories, each given with its date; the newest where several have the slug."""
    return {slug: key for _, slug, key in sorted(stories)}


def stream_of(key: str, related: Iterable[str], keys: Mapping[str, str], ranked: Sequence[str], want: int) -> Stream:
    """Return a story's stream: the published ones of its `related` slugs, then the best of those ranked, by their keys."""
    picked = [keys[slug] for slug in related if slug in keys]
    chosen = stream(key, picked, ranked, want)
    return Stream(chosen, picked, [other for other in ranked if other not in chosen])


def stream(own: str, picked: Iterable[str], ranked: Iterable[str], want: int) -> list[str]:
    """Return the keys of a story's stream: all that were picked, filled up to `want`; never its own, and none twice."""
    chosen = dict.fromkeys(key for key in picked if key != own)
    for key in ranked:
        if len(chosen) >= want:
            break
        if key != own:
            chosen[key] = None
    return list(chosen)
