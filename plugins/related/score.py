"""Which stories of a corpus are related to a story, and how much.

A story's candidates are those found under the same keys; the ones that share most keys, and among equals the nearest
in time, are compared in full. The score is the sum over the shared terms of both weights and the term's rarity to the
story whose list it is, times the factors for section and for time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

from plugins.related.corpus import Corpus, Doc
from plugins.related.weights import SHORTLIST, closeness, kinship


class Scored(NamedTuple):
    """A related story and how much it is related."""

    key: str
    score: int


class Bar(NamedTuple):
    """What a story must reach to be compared in full with another: shared keys, then closeness in days."""

    overlap: int = 0
    days: int = 0

    def lets(self, overlap: int, days: int) -> bool:
        """Whether a story with so many shared keys, so many days apart, could be on the shortlist."""
        return (overlap, -days) >= (self.overlap, -self.days)


class Row(NamedTuple):
    """What is kept of one story's comparison: its keys, its bar, and the best of the related, best first."""

    keys: str
    bar: Bar
    best: tuple[Scored, ...]

    @property
    def keys_of_best(self) -> list[str]:
        """The related stories by their keys."""
        return [scored.key for scored in self.best]


def compare(corpus: Corpus, keys: Mapping[str, str], want: int, doc: Doc) -> Row:
    """The comparison of one story with all others of its language; `keys` are those of each."""
    own = keys[doc.key]
    shortlist, bar = _shortlist(corpus, doc, overlaps(corpus, doc.key, own))
    best = sorted(_scores(corpus, doc, shortlist), key=partial(_place, corpus))[:want]
    return Row(own, bar, tuple(best))


def rescored(corpus: Corpus, doc: Doc, old: Row, edited: Collection[tuple[Doc, int]], want: int) -> Row | None:
    """A row after edits that changed the terms of some others but not how these are found, so that its shortlist stands.

    `edited` are those others, which all reach the bar, each with how many keys it shares. None where that is not enough to tell.
    """
    if any((overlap, days_apart(doc, other)) == old.bar for other, overlap in edited):
        return None  # it comes up to the last on the list, and may be that one or the next
    anew = {one.key: one for one in _scores(corpus, doc, [other for other, _ in edited])}
    place = partial(_place, corpus)
    found = sorted([*anew.values(), *(one for one in old.best if one.key not in anew)], key=place)
    if want and len(old.best) == want and place(found[want - 1]) > place(old.best[-1]):
        return None  # another one may be better now
    return Row(old.keys, old.bar, tuple(found[:want]))


def overlaps(corpus: Corpus, key: str, keys: str) -> Counter[str]:
    """How many of the keys each other story shares, for the stories that share any."""
    found = Counter(chain.from_iterable(corpus.postings(keys)))
    found.pop(key, None)
    return found


def factor(doc: Doc, other: Doc) -> int:
    """What section and time do to a score, in millionths."""
    return closeness(days_apart(doc, other)) * kinship(doc.section, other.section)


def days_apart(doc: Doc, other: Doc) -> int:
    """The whole days between two stories."""
    return int(abs(doc.date - other.date))


def _shortlist(corpus: Corpus, doc: Doc, found: Counter[str]) -> tuple[list[Doc], Bar]:
    docs = corpus.docs
    if len(found) < SHORTLIST:
        return [docs[key] for key in found], Bar()
    least = nlargest(SHORTLIST, found.values())[-1]
    chosen = [docs[key] for key, overlap in found.items() if overlap > least]
    last = [docs[key] for key, overlap in found.items() if overlap == least]
    last.sort(key=lambda other: (days_apart(doc, other), other.order))
    chosen += last[: SHORTLIST - len(chosen)]
    return chosen, Bar(least, days_apart(doc, chosen[-1]))


def _scores(corpus: Corpus, doc: Doc, others: list[Doc]) -> list[Scored]:
    likeness = zip(others, _likeness(corpus, doc, others), strict=True)
    return [Scored(other.key, alike * factor(doc, other)) for other, alike in likeness]


def _place(corpus: Corpus, one: Scored) -> tuple[int, tuple[float, str, str]]:
    """Where a story stands among others: by its score, and where that is level, by its own order."""
    return -one.score, corpus.docs[one.key].order


def _likeness(corpus: Corpus, doc: Doc, others: list[Doc]) -> list[int]:
    heft = corpus.heft(doc.key)
    shared_with = set(heft).intersection
    compared = [corpus.terms(other.key) for other in others]
    return [sum([heft[term] * terms[term] for term in shared_with(terms)]) for terms in compared]
