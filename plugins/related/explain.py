"""Explains in words and numbers why a story is in another one's stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from broadside.faults import count
from broadside.plugins.related.docs import Doc, by_language
from broadside.plugins.related.key_terms import WHOLE, parse
from broadside.plugins.related.weights import ERA, HEAVIEST, closeness, eras_known, kinship, rarity

SHOWN = 8
"""How many shared terms are named; the others are counted."""

NAMED = 3
"""How many are named in a verdict."""
NEARNESS = (
    (0.3, "Very close"),
    (0.12, "Close"),
    (0.04, "Somewhat close"),
    (0.0, "The nearest there is"),
)
"""Lowest score -> the words for it."""


class Shared(NamedTuple):
    """A term that two stories share: its part of their similarity, and how many stories in the
    language have it today.
    """

    term: str
    part: float
    stories: int


class Why(NamedTuple):
    """What relates two stories: the shared terms, heaviest first, and what section and time add."""

    key: str
    slug: str
    picked: bool
    score: float
    terms: tuple[Shared, ...]
    section: str
    days: int


def explain(
    docs: Sequence[Doc], key: str, stream: Iterable[str], picked: Collection[str] = ()
) -> list[Why]:
    """Why each story of a stream is there; `picked` are the keys of those picked by hand."""
    by_key = {doc.key: doc for doc in docs}
    own = by_key[key]
    group = next(group for group in by_language(docs).values() if own in group)
    older = group[: eras_known(group.index(own) // ERA) * ERA]
    stories_known = Counter(term for doc in older for term in parse(doc.terms))
    stories_today = Counter(term for doc in group for term in parse(doc.terms))
    hefts = {
        term: weight * rarity(stories_known[term]) for term, weight in parse(own.terms).items()
    }
    return [_why(hefts, stories_today, own, by_key[other], other in picked) for other in stream]


def verdict(why: Why) -> str:
    """A sentence for an editor on why a story is in a stream.

    "Close: both write of estonia, cable and repair; same section, 12 days apart."
    """
    if why.picked:
        begin = "An editor picked it"
    else:
        begin = next(says for least, says in NEARNESS if why.score >= least)
    # Of the heaviest terms, those in the fewest stories say most: "year" is heavy in many pairs,
    # and says little.
    rarest = sorted(why.terms[:SHOWN], key=lambda one: one.stories)[:NAMED]
    named = [one.term for one in why.terms if one in rarest]
    words = " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
    about = "they share no words"
    if words:
        about = f"both write of {words}"
    return (
        f"{begin}: {about}; {'same section' if why.section else 'another section'},"
        f" {_apart(why.days)}."
    )


def sentence(why: Why) -> str:
    """A sentence with figures on why a story is in a stream.

    "sea-change: 0.412; shares estonia (31 %, in 9 stories), …; same section +20 %; 12 days apart
    +28 %"
    """
    parts = [f"{why.slug}: {'picked by hand, ' if why.picked else ''}{why.score:.3f}"]
    named = ", ".join(
        f"{one.term} ({one.part:.0%}, in {count(one.stories, 'story')})"
        for one in why.terms[:SHOWN]
    )
    more = len(why.terms) - SHOWN
    parts.append(
        f"shares {named}{f' and {more} more' if more > 0 else ''}" if named else "shares no words"
    )
    parts.append(
        f"same section +{_gain(kinship('a', 'a'))} %" if why.section else "another section"
    )
    return "; ".join((*parts, f"{_apart(why.days)} +{_gain(closeness(why.days))} %"))


def _apart(days: int) -> str:
    if days == 0:
        return "the same day"
    return f"{count(days, 'day')} apart"


def _why(
    hefts: Mapping[str, int], stories: Mapping[str, int], doc: Doc, other: Doc, picked: bool
) -> Why:
    weights = parse(other.terms)
    products = {term: hefts[term] * weights[term] for term in hefts if term in weights}
    likeness = sum(products.values())
    terms = sorted(products, key=lambda term: (-products[term], term))
    section = ""
    if doc.section == other.section:
        section = other.section
    days = int(abs(doc.date - other.date))
    score = (
        likeness
        * closeness(days)
        * kinship(doc.section, other.section)
        / (HEAVIEST * WHOLE**2 * 1000**2)
    )
    shared = tuple(Shared(term, products[term] / likeness, stories[term]) for term in terms)
    return Why(other.key, other.slug, picked, score, shared, section, days)


def _gain(thousandths: int) -> int:
    return round(thousandths / 10) - 100
