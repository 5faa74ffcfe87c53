"""Scores how much the stories of a corpus are related to one of them.

A story's candidates are those that share keys with it; the ones that share most and, among equals, are nearest in time are
compared in full. The score is the sum, over the shared terms, of both weights times the term's rarity for the story whose
list it is, times the factors for section and time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

from broadside.plugins.related.corpus import Corpus, Doc
from broadside.plugins.related.weights import SHORTLIST, closeness, kinship


class Scored(NamedTuple):
    """A related story, and how much it is related."""

    key: str
    score: int


class Bar(NamedTuple):
    """What a story must reach to be compared in full with another: this many shared keys and, if no more, this few days apart."""

    overlap: int = 0
    days: int = 0

    def lets(self, overlap: int, days: int) -> bool:
        """Whether a story with this many shared keys, this many days apart, could be on the shortlist."""
        return (overlap, -days) >= (self.overlap, -self.days)


class Row(NamedTuple):
    """The result of comparing a story with all others: its keys, its bar, and its best related stories, best first."""

    keys: str
    bar: Bar
    best: tuple[Scored, ...]

    @property
    def keys_of_best(self) -> list[str]:
        """The keys of the related stories."""
        return [scored.key for scored in self.best]


def compare(corpus: Corpus, keys: Mapping[str, str], want: int, doc: Doc) -> Row:
    """Compare a story with all others of its language, whose `keys` are given for each."""
    own = keys[doc.key]
    shortlist, bar = _shortlist(corpus, doc, overlaps(corpus, doc.key, own))
    best = sorted(_scores(corpus, doc, shortlist), key=partial(_place, corpus))[:want]
    return Row(own, bar, tuple(best))


def rescored(corpus: Corpus, doc: Doc, old: Row, edited: Collection[tuple[Doc, int]], want: int) -> Row | None:
    """A story's row after edits of others that changed their terms but not their keys, so that its shortlist is the same.

    `edited` are those others, which all reach the bar, each with how many keys it shares. None if that is not enough to tell.
    """
    if any((overlap, days_apart(doc, other)) == old.bar for other, overlap in edited):
        return None  # it ties with the last on the shortlist, and may be on it or not
    anew = {one.key: one for one in _scores(corpus, doc, [other for other, _ in edited])}
    place = partial(_place, corpus)
    found = sorted([*anew.values(), *(one for one in old.best if one.key not in anew)], key=place)
    if want and len(old.best) == want and place(found[want - 1]) > place(old.best[-1]):
        return None  # one that is not on the list may be better now
    return Row(old.keys, old.bar, tuple(found[:want]))


def overlaps(corpus: Corpus, key: str, keys: str) -> Counter[str]:
    """How many of the keys each other story shares, for those that share any."""
    found = Counter(chain.from_iterable(corpus.postings(keys)))
    found.pop(key, None)
    return found


def factor(doc: Doc, other: Doc) -> int:
    """The factor for section and time, in millionths."""
    return closeness(days_apart(doc, other)) * kinship(doc.section, other.section)


def days_apart(doc: Doc, other: Doc) -> int:
    """The number of whole days between two stories."""
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
    """The sort key of related stories: by score and, among equals, by the stories' own order."""
    return -one.score, corpus.docs[one.key].order


def _likeness(corpus: Corpus, doc: Doc, others: list[Doc]) -> list[int]:
    heft = corpus.heft(doc.key)
    shared_with = set(heft).intersection
    compared = [corpus.terms(other.key) for other in others]
    return [sum([heft[term] * terms[term] for term in shared_with(terms)]) for terms in compared]
