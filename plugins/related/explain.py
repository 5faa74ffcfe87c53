"""Explains in words and numbers why a story is in another one's stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from broadside.plugins.faults import count
from broadside.plugins.related.corpus import Corpus, Doc, eras_of, stories_with
from broadside.plugins.related.ranking import Ranking, lang_of
from broadside.plugins.related.score import days_apart, factor
from broadside.plugins.related.weights import HEAVIEST, WHOLE, closeness, kinship

SHOWN = 8
"""How many shared terms are named; the others are counted."""


class Shared(NamedTuple):
    """A term that two stories share: its part of their likeness, and how many stories of the language have it today."""

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


def explain(ranking: Ranking, key: str, stream: Iterable[str], picked: Iterable[str] = ()) -> list[Why]:
    """Why each story of a stream is there; `picked` are the keys of those that were picked by hand."""
    doc, by_hand = ranking.docs[key], set(picked)
    eras = eras_of(other for other in ranking.docs.values() if lang_of(other) == lang_of(doc))
    corpus = Corpus(ranking.docs.values(), ranking.spreads[lang_of(doc)], eras)
    return [_why(corpus, doc, ranking.docs[other], other in by_hand) for other in stream]


def sentence(why: Why) -> str:
    """Say in one sentence why a story is in a stream.

    "sea-change: 0.412; shares estonia (31 %, in 9 stories), …; same section +20 %; 12 days apart +28 %"
    """
    parts = [f"{why.slug}: {'picked by hand, ' if why.picked else ''}{why.score:.3f}"]
    named = ", ".join(f"{one.term} ({one.part:.0%}, in {count(one.stories, 'story')})" for one in why.terms[:SHOWN])
    more = len(why.terms) - SHOWN
    parts.append(f"shares {named}{f' and {more} more' if more > 0 else ''}" if named else "shares no words")
    parts.append(f"same section +{_gain(kinship('a', 'a'))} %" if why.section else "another section")
    apart = "the same day" if why.days == 0 else f"{why.days} day{'s' if why.days > 1 else ''} apart"
    return "; ".join((*parts, f"{apart} +{_gain(closeness(why.days))} %"))


def _why(corpus: Corpus, doc: Doc, other: Doc, picked: bool) -> Why:
    heft, theirs = corpus.heft(doc.key), corpus.terms(other.key)
    products = {term: heft[term] * theirs[term] for term in heft if term in theirs}
    likeness = sum(products.values())
    terms = sorted(products, key=lambda term: (-products[term], term))
    section = other.section if doc.section == other.section else ""
    score = likeness * factor(doc, other) / (HEAVIEST * WHOLE**2 * 1000**2)
    shared = tuple(Shared(term, products[term] / likeness, stories_with(term, corpus.spreads)) for term in terms)
    return Why(other.key, other.slug, picked, score, shared, section, days_apart(doc, other))


def _gain(thousandths: int) -> int:
    return round(thousandths / 10) - 100
