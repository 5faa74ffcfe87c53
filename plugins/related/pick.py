"""A story's stream: what the editors picked by hand, then what is most related.

What keeps old pages still when a story is published (design, promise 4):

- a term's rarity depends only on floor(log2) of the number of stories that have it, never on the archive's size;
- a story's terms, their weights and their number depend on that story alone;
- an old story's list changes only where the new story is among its best, or where a term it shares with one of its
  picks has just become half as rare; either touches a few lists, as many in a large archive as in a small one.
"""

from __future__ import annotations

from collections.abc import Iterable

from plugins.related.score import Scored


def stream(own: str, picked: Iterable[str], ranked: Iterable[Scored], want: int) -> list[str]:
    """Return the keys of a story's stream: all that were picked, filled up to `want`; never its own, and none twice."""
    chosen = dict.fromkeys(key for key in picked if key != own)
    for scored in ranked:
        if len(chosen) >= want:
            break
        if scored.key != own:
            chosen[scored.key] = None
    return list(chosen)
