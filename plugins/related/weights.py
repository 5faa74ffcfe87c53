"""The parameters of related stories, each with its reason; tools/quality measures their effect.

Weights of terms are integers, and so is everything computed from them. So sums are exact, and the
order in which stories are compared can never change a result.
"""

from __future__ import annotations

KEYS = 32
"""The terms of a story that are used to find candidates; the other terms only help to order
these.
"""

REACH = 2048
"""How many stories the keys of one story may find in all, as far as its era knows; this limits the
work.

Later stories are not counted, so the keys of an old story may find more: a key at most 2**COMMONEST
+ ERA, because stories of later eras do not use so common a term as a key. Measured on 30,000
generated stories: 3,200 for a story, and 13,100 at most.
"""

SHORTLIST = 48
"""How many candidates of a story are compared in full: those that share the most keys with it."""

RAREST, COMMONEST = 2, 10
"""Powers of two: a term in fewer than 2**3 stories counts as rarest, and one in 2**10 or more as
commonest.
"""

HEAVIEST = 13
"""A power of two is subtracted from this number to give a rarity; even the commonest terms keep
some weight.
"""

ERA = 1024
"""Stories in an era: enough for a term to be found commonest. In a smaller archive, rarity depends
on all stories.

Shorter eras would work as well: the measured quality is the same with 64 as with 1024, on an
archive of 2,058 stories.
"""

NEAR, NEAR_DAYS = 300, 180
"""Thousandths that a story of the same day gains, and the days after which half of the gain is
left.
"""

SAME_SECTION = 200
"""Thousandths that a story of the same section gains."""


def eras_known(era: int) -> int:
    """How many eras, from the oldest, decide how rare terms are for an era's stories: all before it
    or, for the first, itself.

    So once the first era is complete, later stories change no rarity.
    """
    return max(1, era)


def rarity(stories: int) -> int:
    """The rarity of a term for a story in whose known eras this many stories have it.

    It depends only on floor(log2): inserting, editing or removing an old story almost never changes
    it.
    """
    return HEAVIEST - min(COMMONEST, max(RAREST, stories.bit_length() - 1))


def reach(rarity: int) -> int:
    """How many stories a key of this rarity is assumed to find; 0 for the commonest terms, which
    are never keys.
    """
    power = HEAVIEST - rarity
    if power >= COMMONEST:
        return 0
    return 1 << power


def closeness(days: int) -> int:
    """The factor, in thousandths, for stories this many days apart."""
    return 1000 + NEAR * NEAR_DAYS // (NEAR_DAYS + days)


def kinship(section: str, other: str) -> int:
    """The factor, in thousandths, for two sections."""
    return 1000 + (SAME_SECTION if section and section == other else 0)
