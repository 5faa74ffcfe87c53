"""The numbers behind related stories, each with its reason; tests/quality measures what they are worth.

A story's terms keep whole numbers as weights, and everything computed from them stays whole: sums are then exact, so
that the order in which stories are compared can never change a result.
"""

from __future__ import annotations

HEADLINE, DEK = 8, 2
"""How often a word there counts, where one in the body counts once: a headline says what a story is about."""

NAME, NAMED = 1.75, 0.6
"""How much more a name counts, and the share of a word's mentions in the body that a name has with a capital."""

DAMPING = 0.65
"""Exponent of a term's count: the tenth mention says less than the second."""

LENGTH = 1.1
"""Exponent of a story's length; above 1 so that very long stories, which touch on everything, do not relate to all."""

TERMS = 128
"""Terms kept of a story; fewer lose quality, more cost memory and gain little."""

KEYS = 32
"""Terms of a story that look for candidates; the other terms only help to order them."""

REACH = 2048
"""Stories that the keys of one story may find between them, as far as its era knows; this bounds the work.

What came later is not known, so the keys of an old story may find more: a key at most 2**COMMONEST + ERA, because the
stories of later eras do not take so common a term for a key. Measured on 30,000 generated stories: 3,200 for a story, and
13,100 at most.
"""

SHORTLIST = 48
"""Candidates of a story that are compared in full: those that share the most keys with it."""

WHOLE = 10_000
"""What a term's weight of 1.0 is stored as."""

RAREST, COMMONEST = 2, 10
"""Powers of two: a term in fewer than 2**3 stories is as rare as can be, one in 2**10 or more as common as can be."""

HEAVIEST = 13
"""What a power of two is taken from to give a rarity; even the commonest terms weigh something, and always the same."""

ERA = 1024
"""Stories of an era: as many as it takes to find a term as common as can be. Up to here the whole archive tells rarity.

Shorter eras would not relate worse: the measure is the same with 64 as with 1024, on an archive of 2,058 stories.
"""

NEAR, NEAR_DAYS = 300, 180
"""Thousandths that a story of the same day gains, and the days after which half of that is left."""

SAME_SECTION = 200
"""Thousandths that a story of the same section gains."""


def known(era: int) -> int:
    """How many eras, from the oldest, tell the stories of an era how rare a term is: all before it; the first has only itself.

    So what is published later weighs nothing anew, once the first era is complete.
    """
    return max(1, era)


def rarity(stories: int) -> int:
    """What a term weighs for a story that knows of so many stories with it.

    It depends only on floor(log2): a story that is put in among old ones, edited or taken out almost never changes it.
    """
    return HEAVIEST - min(COMMONEST, max(RAREST, stories.bit_length() - 1))


def reach(rarity: int) -> int:
    """How many stories a key of that rarity counts for; 0 for the commonest terms, which are no keys."""
    power = HEAVIEST - rarity
    return 0 if power >= COMMONEST else 1 << power


def closeness(days: int) -> int:
    """The factor, in thousandths, for stories that many days apart."""
    return 1000 + NEAR * NEAR_DAYS // (NEAR_DAYS + days)


def kinship(section: str, other: str) -> int:
    """The factor, in thousandths, for two sections."""
    return 1000 + (SAME_SECTION if section and section == other else 0)
