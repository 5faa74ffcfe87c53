"""The comparison of many stories at once, in arrays: the same rows as score.row() makes one by one, ten times as fast.

Loading numpy takes longer than comparing a few stories, so that only whole archives are compared in this way.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from plugins.related.corpus import Corpus, Doc, choose
from plugins.related.score import Bar, Row, Scored
from plugins.related.weights import NEAR, NEAR_DAYS, SAME_SECTION, SHORTLIST, TERMS, reach

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of its own would not survive a fork

import numpy as np

EMPTY = np.zeros(0, np.int32)
NEVER = -1
"""The section of a story that has none."""


class Matrix:
    """The stories of one language as arrays, a row for each in the order in which ties are broken."""

    def __init__(self, corpus: Corpus, docs: Iterable[Doc]) -> None:
        self.docs = sorted(docs, key=lambda doc: doc.order)
        self._number = {doc.key: i for i, doc in enumerate(self.docs)}
        self._read_terms(corpus)
        self._dates = np.array([doc.date for doc in self.docs], float)
        sections: dict[str, int] = {"": NEVER}
        self._sections = np.array([sections.setdefault(doc.section, len(sections)) for doc in self.docs], int)
        self.keys = dict(zip(self._number, self._all_keys(), strict=True))
        found: defaultdict[str, list[int]] = defaultdict(list)
        for i, keys in enumerate(self.keys.values()):
            for term in keys.split():
                found[term].append(i)
        self._seekers = {term: np.array(numbers, np.int32) for term, numbers in found.items()}

    def row(self, want: int, doc: Doc) -> Row:
        """The comparison of one story with all others."""
        own = self._number[doc.key]
        keys = self.keys[doc.key]
        chosen, days, bar = self._shortlist(own, keys)
        terms = self._terms[own, : self._sizes[own]]
        self._heft[terms] = self._hefts[own, : self._sizes[own]]
        likeness = (self._heft[self._terms[chosen]] * self._weights[chosen]).sum(axis=1)
        self._heft[terms] = 0
        section = self._sections[own]
        same = (self._sections[chosen] == section) & (section != NEVER)
        scores = likeness * (1000 + NEAR * NEAR_DAYS // (NEAR_DAYS + days)) * (1000 + SAME_SECTION * same)
        best = np.lexsort((chosen, -scores))[:want]
        others = [self.docs[i] for i in chosen[best].tolist()]
        named = [
            Scored(other.key, other.slug, score) for other, score in zip(others, scores[best].tolist(), strict=True)
        ]
        return Row(keys, bar, tuple(named))

    def _read_terms(self, corpus: Corpus) -> None:
        """Number the terms; where a story has fewer than others, the places left over weigh nothing."""
        numbers: dict[str, int] = {}
        shape = (len(self.docs), TERMS)
        self._terms, self._weights = np.zeros(shape, np.int32), np.zeros(shape, np.int64)
        self._sizes = [0] * len(self.docs)
        for i, doc in enumerate(self.docs):
            terms = corpus.terms(doc.key)
            size = self._sizes[i] = len(terms)
            self._terms[i, :size] = [numbers.setdefault(term, len(numbers)) for term in terms]
            self._weights[i, :size] = list(terms.values())
        self._names = list(numbers)
        rarities = [corpus.rarity(term) for term in self._names]
        self._reach = np.array([reach(rarity) for rarity in rarities], int)
        self._hefts = self._weights * np.array(rarities or [0], np.int64)[self._terms]
        self._heft = np.zeros(max(1, len(rarities)), np.int64)

    def _all_keys(self) -> Iterator[str]:
        """Each story's keys, as corpus.keys() chooses them."""
        ordered = np.argsort(-self._hefts, axis=1, kind="stable")
        for i, size in enumerate(self._sizes):
            terms = self._terms[i, ordered[i]][:size]
            yield choose(zip([self._names[term] for term in terms.tolist()], self._reach[terms].tolist(), strict=True))

    def _shortlist(self, own: int, keys: str) -> tuple[Any, Any, Bar]:
        """The numbers of the stories that are compared in full, how many days apart they are, and the bar."""
        found = np.concatenate([EMPTY, *(self._seekers[term] for term in keys.split())])
        counts = np.bincount(found, minlength=len(self.docs))
        counts[own] = 0
        others = np.flatnonzero(counts)
        days = np.abs(self._dates[others] - self._dates[own]).astype(np.int64)
        if len(others) < SHORTLIST:
            return others, days, Bar()
        overlaps = counts[others]
        nearest = np.lexsort((others, days, -overlaps))[:SHORTLIST]
        last = nearest[-1]
        return others[nearest], days[nearest], Bar(int(overlaps[last]), int(days[last]))
