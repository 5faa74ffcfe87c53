"""A story's stream: what the editors picked by hand, then what is most related.

What keeps old pages still when a story is published (design, promise 4):

- a story's terms, their weights and their number depend on that story alone;
- how rare a term is to a story, only the eras before its own tell (weights.known), and the newest story is in none of
  them; only while a language has no more than one era does a new story count for the old ones too;
- so an old story's list changes only where the newest story is among its best, or takes the place of one of these on its
  shortlist: few lists, as many in a large archive as in a small one;
- a story that is put in among old ones, or taken out, moves one story over the border of each later era. A rarity depends
  only on floor(log2) of the stories that have the term, so most stay; still it moves some dozens of lists, where there are
  thirty eras now and then hundreds. An edit moves no border, and few lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

LENGTH = 3
"""Stories in a stream where the setting STREAM_LENGTH does not say."""


def ranked_for(want: int) -> int:
    """How many related stories are ranked for a stream of so many: some of the best may be picked by hand already."""
    return want * 2


class Stream(Struct, frozen=True):
    """The keys of the stories below a story: all of them, those picked by hand, and those that were ranked, best first."""

    keys: list[str]
    picked: list[str]
    ranked: Sequence[str]

    @property
    def left(self) -> list[str]:
        """Ranked stories that found no place."""
        return [key for key in self.ranked if key not in self.keys]


def keys_of(stories: Iterable[tuple[datetime, str, str]]) -> dict[str, str]:
    """Slug -> key of published stories, each given with its date; the newest where several have the slug."""
    return {slug: key for _, slug, key in sorted(stories)}


def stream_of(key: str, related: Iterable[str], keys: Mapping[str, str], ranked: Sequence[str], want: int) -> Stream:
    """A story's stream: the published ones of its `related` slugs, then the best of those ranked, by their keys."""
    picked = [keys[slug] for slug in related if slug in keys]
    return Stream(stream(key, picked, ranked, want), picked, ranked)


def stream(own: str, picked: Iterable[str], ranked: Iterable[str], want: int) -> list[str]:
    """The keys of a story's stream: all that were picked, filled up to `want`; never its own, and none twice."""
    chosen = dict.fromkeys(key for key in picked if key != own)
    for key in ranked:
        if len(chosen) >= want:
            break
        if key != own:
            chosen[key] = None
    return list(chosen)
