"""The numbers behind related stories, each with its reason; they were tuned on public archives, see docs of the measure.

A story's terms keep whole numbers as weights, and everything computed from them stays whole: sums are then exact, so
that the order in which stories are compared can never change a result.
"""

from __future__ import annotations

HEADLINE, DEK, BODY = 8, 2, 1
"""How often a word of each part counts: a headline says what a story is about."""

DAMPING = 0.65
"""Exponent of a term's count: the tenth mention says less than the second."""

LENGTH = 1.1
"""Exponent of a story's length; above 1 so that very long stories, which touch on everything, do not relate to all."""

TERMS = 128
"""Terms kept of a story; fewer lose quality, more cost memory and gain little."""

KEYS = 32
"""Terms of a story that look for candidates; the other terms only help to order them."""

REACH = 4096
"""Stories that the keys of one story may find between them; this bounds the work, whatever the size of the archive."""

SHORTLIST = 48
"""Candidates of a story that are compared in full: those that share the most keys with it."""

WHOLE = 10_000
"""What a term's weight of 1.0 is stored as."""

RAREST, COMMONEST = 4, 13
"""Powers of two: a term in fewer than 2**5 stories is as rare as can be, one in 2**13 or more says nothing."""

NEAR, NEAR_DAYS = 300, 180
"""Thousandths that a story of the same day gains, and the days after which half of that is left."""

SAME_SECTION = 200
"""Thousandths that a story of the same section gains."""


def rarity(stories: int) -> int:
    """What a term in so many stories weighs.

    It depends only on floor(log2), and not on the size of the archive: one story more almost never changes it, and so
    the lists of old stories stay as they are.
    """
    return max(0, COMMONEST - max(RAREST, stories.bit_length() - 1))


def reach(stories: int) -> int:
    """How many stories a key in so many stories counts for: a power of two that is as slow to change as its rarity."""
    return 1 << max(RAREST, stories.bit_length() - 1)


def closeness(days: int) -> int:
    """The factor, in thousandths, for stories that many days apart."""
    return 1000 + NEAR * NEAR_DAYS // (NEAR_DAYS + days)


def kinship(section: str, other: str) -> int:
    """The factor, in thousandths, for two sections."""
    return 1000 + (SAME_SECTION if section and section == other else 0)
