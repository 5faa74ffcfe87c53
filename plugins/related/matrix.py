"""Compares stories in arrays: the same rows as score.compare() makes, ten times as fast.

Loading numpy takes longer than comparing a few stories, so only whole archives are compared in this way.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from broadside.plugins.related.corpus import Corpus, Doc, choose
from broadside.plugins.related.score import Bar, Row, Scored
from broadside.plugins.related.weights import SAME_SECTION, SHORTLIST, TERMS, closeness, rarity, reach

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of its own would not survive a fork

import numpy as np

EMPTY = np.zeros(0, np.int32)
NEVER = -1
"""The section of a story that has none."""


class Matrix:
    """The stories of one language as arrays, with a row for each, in the order of docs."""

    def __init__(self, corpus: Corpus, docs: Iterable[Doc]) -> None:
        self.docs = sorted(docs, key=lambda doc: doc.order)
        self._number = {doc.key: i for i, doc in enumerate(self.docs)}
        self._read_terms(corpus)
        self._dates = np.array([doc.date for doc in self.docs], float)
        sections: dict[str, int] = {"": NEVER}
        self._sections = np.array([sections.setdefault(doc.section, len(sections)) for doc in self.docs], int)
        self.keys: dict[str, str] = {}
        self._weigh(corpus)
        found: defaultdict[str, list[int]] = defaultdict(list)
        for key, keys in self.keys.items():
            for term in keys.split():
                found[term].append(self._number[key])
        self._postings = {term: np.array(numbers, np.int32) for term, numbers in found.items()}

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
        scores = likeness * closeness(days) * (1000 + SAME_SECTION * same)
        best = np.lexsort((chosen, -scores))[:want]
        others = [self.docs[i] for i in chosen[best].tolist()]
        named = [Scored(other.key, score) for other, score in zip(others, scores[best].tolist(), strict=True)]
        return Row(keys, bar, tuple(named))

    def _read_terms(self, corpus: Corpus) -> None:
        """Number the terms; if a story has fewer than TERMS, the remaining places have no weight."""
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
        self._heft = np.zeros(max(1, len(numbers)), np.int64)

    def _weigh(self, corpus: Corpus) -> None:
        """Work out hefts and keys, era by era from the oldest, by what each knows: the same as Corpus.heft() and keys()."""
        self._hefts = np.zeros_like(self._weights)
        rarities = np.array([rarity(stories) for stories in range(len(self.docs) + 1)], np.int64)
        reaches = np.array([reach(rare) for rare in rarities.tolist()], int)
        spread = np.zeros(len(self._heft), int)
        sizes = Counter(corpus.eras.values())
        end = len(self.docs)
        for era in range(len(sizes)):
            rows = slice(end - sizes[era], end)
            end = rows.start
            terms, weights = self._terms[rows], self._weights[rows]
            own = np.bincount(terms[weights > 0], minlength=len(spread))
            stories = (spread if era else own)[terms]
            self._hefts[rows] = weights * rarities[stories]
            self._choose_keys(rows, reaches[stories])
            spread += own

    def _choose_keys(self, rows: slice, reaches: Any) -> None:
        """Choose the keys of the stories in these rows, whose terms have these reaches."""
        ordered = np.argsort(-self._hefts[rows], axis=1, kind="stable")
        terms = np.take_along_axis(self._terms[rows], ordered, axis=1).tolist()
        reaches = np.take_along_axis(reaches, ordered, axis=1).tolist()
        for i, doc in enumerate(self.docs[rows]):
            size = self._sizes[rows.start + i]
            named = map(self._names.__getitem__, terms[i][:size])
            self.keys[doc.key] = choose(zip(named, reaches[i][:size], strict=True))

    def _shortlist(self, own: int, keys: str) -> tuple[Any, Any, Bar]:
        """The numbers of the stories to compare in full, how many days apart they are, and the bar."""
        found = np.concatenate([EMPTY, *(self._postings[term] for term in keys.split())])
        counts = np.bincount(found, minlength=len(self.docs))
        counts[own] = 0
        others = np.flatnonzero(counts)
        if len(others) < SHORTLIST:
            return others, self._days(own, others), Bar()
        least = np.partition(counts[others], -SHORTLIST)[-SHORTLIST]
        others = others[counts[others] >= least]  # those that share fewer keys need not be sorted
        days = self._days(own, others)
        nearest = np.lexsort((others, days, -counts[others]))[:SHORTLIST]
        return others[nearest], days[nearest], Bar(int(least), int(days[nearest[-1]]))

    def _days(self, own: int, others: Any) -> Any:
        return np.abs(self._dates[others] - self._dates[own]).astype(np.int64)
