"""A story's stream: what the editors picked by hand, then what is most related.

Why old pages hardly change when a story is published (design, promise 4):

- a story's terms, their weights and their number depend on that story alone;
- how rare a term is for a story depends only on the eras before its own (weights.known), none of which has the newest
  story; only while a language has a single era does a new story count for the old ones too;
- so an old story's list changes only if the newest story is among its best, or displaces one of these from its shortlist:
  these are few lists, as many in a large archive as in a small one;
- a story that is inserted among old ones, or removed, moves one story across the border of each later era. A rarity depends
  only on floor(log2) of the number of stories that have the term, so most stay the same; but some dozens of lists change
  and, with thirty eras, now and then hundreds. An edit moves no border, and changes few lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # the newsroom itself asks related.terms what a story is about
    from broadside.plugins.newsroom.terms import Translation

LENGTH = 3
"""How many stories a stream has, unless the setting STREAM_LENGTH says otherwise."""


def ranked_for(want: int) -> int:
    """How many related stories to rank for a stream of `want`: some of the best may be picked by hand already."""
    return want * 2


class Stream(Struct, frozen=True):
    """The keys of a story's stream, of those picked by hand, and of those that were ranked, best first."""

    keys: list[str]
    picked: list[str]
    ranked: Sequence[str]

    @property
    def left(self) -> list[str]:
        """Ranked stories that are not in the stream."""
        return [key for key in self.ranked if key not in self.keys]


def keys_of(stories: Iterable[tuple[datetime, str, str]]) -> dict[str, str]:
    """Slug -> key of published stories, each given with its date, slug and key; of several with one slug, the newest."""
    return {slug: key for _, slug, key in sorted(stories)}


def stream_of(  # noqa: PLR0913, PLR0917 -- what is picked, what is ranked, and what is the same
    key: str,
    related: Iterable[str],
    keys: Mapping[str, str],
    ranked: Sequence[str],
    want: int,
    languages: Mapping[str, Sequence[Translation]],
) -> Stream:
    """A story's stream: those of its `related` slugs that are published, then the best of the ranked ones."""
    picked = [keys[slug] for slug in related if slug in keys]
    return Stream(stream(key, picked, ranked, want, languages), picked, ranked)


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
