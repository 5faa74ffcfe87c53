"""Finds the related stories of each story: those whose words have most in common with its own.

A story's candidates are those that share its keys, which are its heaviest terms. The ones that share most and, among equals,
are nearest in time are compared in full. The score is the sum, over the shared terms, of both weights times the term's
rarity for the story whose list it is, times the factors for section and time.

Importing this module loads numpy, which takes a while, so it is imported only in a process that ranks stories.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

from broadside.content.key_terms import TERMS
from broadside.digests import digest
from broadside.parallel import share
from broadside.plugins.related.docs import Doc, Ranked, by_language, next_to
from broadside.plugins.related.weights import ERA, KEYS, REACH, SAME_SECTION, SHORTLIST, closeness, rarity, reach

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of its own would not survive a fork

import numpy as np

MANY = 2_000
"""With this many stories, a second process saves more time than its start takes."""

NO_SECTION = -1
NOBODY = np.zeros(0, np.int64)


def rank(docs: Iterable[Doc], want: int, jobs: int = 1) -> dict[str, list[str]]:
    """The keys of each story's `want` most related ones, best first; fewer only if its language has no more stories.

    If too few have words in common with it, those nearest in time follow. Large archives are shared among `jobs` processes.
    """
    return {key: ranked.keys for key, ranked in rank_anew(docs, want, {}, jobs).items()}


def rank_anew(docs: Iterable[Doc], want: int, kept: Mapping[str, Ranked], jobs: int) -> dict[str, Ranked]:
    """Rank as rank() does, reusing from `kept`, an earlier ranking with the same `want`, each list whose inputs are unchanged."""
    ranked: dict[str, Ranked] = {}
    for group in by_language(docs).values():
        keys = [doc.key for doc in group]
        archive = StoryArrays(group)
        made_of = archive.made_of()
        due = []
        for row, key in enumerate(keys):
            last = kept.get(key)
            if last and last.made_of == made_of[row]:
                ranked[key] = last
            else:
                due.append(row)
        lists = share(partial(_lists, group, archive, want), due, jobs, least=MANY, doing="Comparing stories")
        for row, (others, is_found) in zip(due, lists, strict=True):
            ranked[keys[row]] = Ranked(made_of[row] if is_found else "", [keys[other] for other in others])
    return ranked


def _lists(group: Sequence[Doc], archive: StoryArrays, want: int, rows: Iterable[int]) -> list[tuple[list[int], bool]]:
    """The rows related to each row, and whether all were found by their words alone."""
    lists = []
    for row in rows:
        others = archive.related(row, want)
        is_found = len(others) >= want
        if not is_found:
            others = list(dict.fromkeys(others + next_to(group, row)))[:want]
        lists.append((others, is_found))
    return lists


class StoryArrays:
    """The stories of one language in arrays, with a row for each, oldest first; all numbers are integers."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self._docs = docs
        self._dates = np.array([doc.date for doc in docs], float)
        sections = {"": NO_SECTION}
        self._sections = np.array([sections.setdefault(doc.section, len(sections)) for doc in docs], int)
        self._read_terms(docs)
        self._weigh()
        self._choose_keys()

    def related(self, row: int, want: int) -> list[int]:
        """The rows of the stories most related to one, best first and, among equals, newest first."""
        others, days = self._shortlist(row)
        own = self._terms[row]
        # A dense row of this story's hefts makes the products below lookups; it is reset afterwards instead of allocated anew.
        self._heft_of[own] = self._hefts[row]
        likeness = np.einsum(
            "ij,ij->i", self._heft_of.take(self._terms.take(others, axis=0)), self._weights.take(others, axis=0)
        )
        self._heft_of[own] = 0
        section = self._sections[row]
        same = (self._sections[others] == section) & (section != NO_SECTION)
        scores = likeness * closeness(days) * (1000 + SAME_SECTION * same)
        return others[np.lexsort((-others, -scores))[:want]].tolist()  # type: ignore[no-any-return]

    def made_of(self) -> list[str]:
        """For each row, a digest of everything related() uses: its own terms and weights, and the stories with its keys."""
        parts = (digest(*map(str, doc)) for doc in self._docs)
        docs = np.fromiter((int(part[:16], 16) for part in parts), np.uint64, len(self._docs))
        with_key = np.zeros(len(self._heft_of), np.uint64)
        np.add.at(with_key, self._key_terms, docs[self._key_rows])  # sums, which do not depend on the order
        others = np.zeros_like(docs)
        np.add.at(others, self._key_rows, _mixed(with_key)[self._key_terms])
        places = _mixed(np.arange(1, TERMS + 1, dtype=np.uint64))
        hefts = (self._hefts.astype(np.uint64) * places).sum(axis=1)
        return [f"{number:016x}" for number in _mixed(_mixed(_mixed(docs) + others) + hefts).tolist()]

    def _read_terms(self, docs: Sequence[Doc]) -> None:
        """Number the terms; if a story has fewer than TERMS, the remaining places have number 0 and no weight."""
        numbers = defaultdict[str, int](count(1).__next__)
        parts = " ".join([doc.terms for doc in docs]).replace(":", " ").split()
        sizes = [doc.terms.count(":") for doc in docs]
        there = np.arange(TERMS) < np.array(sizes, int).reshape(-1, 1)
        self._terms, self._weights = np.zeros(there.shape, np.int32), np.zeros(there.shape, np.int64)
        self._terms[there] = np.fromiter(map(numbers.__getitem__, parts[::2]), np.int32)
        self._weights[there] = np.fromiter(map(int, parts[1::2]), np.int64)
        self._heft_of = np.zeros(len(numbers) + 1, np.int64)

    def _weigh(self) -> None:
        """Compute each term's heft and reach, era by era from the oldest, from the stories that the era knows."""
        rarities = [rarity(stories) for stories in range(len(self._terms) + 1)]
        rarity_of, reach_of = np.array(rarities), np.array([*map(reach, rarities)])
        stories_with = np.zeros(len(self._heft_of), int)
        self._hefts, self._reaches = np.zeros_like(self._weights), np.zeros_like(self._weights)
        for start in range(0, len(self._terms), ERA):
            era = slice(start, start + ERA)
            terms, weights = self._terms[era], self._weights[era]
            own = np.bincount(terms[weights > 0], minlength=len(stories_with))
            # Each era knows the stories before it, the first one only itself.
            known = (stories_with if start else own)[terms]
            self._hefts[era] = weights * rarity_of[known]
            self._reaches[era] = reach_of[known] * (weights > 0)
            stories_with += own

    def _choose_keys(self) -> None:
        """Choose the heaviest terms as keys, skipping those with which a story's keys would find more than REACH stories."""
        heaviest = np.argsort(-self._hefts, axis=1, kind="stable")
        terms = np.take_along_axis(self._terms, heaviest, axis=1)
        reaches = np.take_along_axis(self._reaches, heaviest, axis=1)
        is_key = np.zeros(terms.shape, bool)
        stories, keys = np.zeros(len(terms), int), np.zeros(len(terms), int)
        for place in range(TERMS):
            reached = reaches[:, place]
            is_key[:, place] = (reached > 0) & (stories + reached <= REACH) & (keys < KEYS)
            stories += reached * is_key[:, place]
            keys += is_key[:, place]
        # The keys of each story, and the stories with each key.
        self._key_terms, self._key_rows = terms[is_key], np.nonzero(is_key)[0]
        ends = np.cumsum(keys)[:-1]
        self._keys = [part.tolist() for part in np.split(self._key_terms, ends)]
        by_key = np.argsort(self._key_terms, kind="stable")
        ends = np.cumsum(np.bincount(self._key_terms, minlength=len(self._heft_of)))[:-1]
        self._holders = np.split(self._key_rows[by_key], ends)

    def _shortlist(self, row: int) -> tuple[Any, Any]:
        """The rows of the stories to compare in full with one, and how many days apart they are."""
        holders = np.concatenate([NOBODY, *map(self._holders.__getitem__, self._keys[row])])
        # As bytes, because numpy finds the greatest of these fastest.
        shared = np.bincount(holders, minlength=len(self._terms) + SHORTLIST).astype(np.uint8)
        shared[row] = 0
        least = max(1, np.partition(shared, -SHORTLIST)[-SHORTLIST])
        others = np.flatnonzero(shared >= least)
        days = np.abs(self._dates[others] - self._dates[row]).astype(np.int64)
        first = np.lexsort((-others, days, KEYS - shared[others]))[:SHORTLIST]
        return others[first], days[first]


def _mixed(numbers: Any) -> Any:
    """64-bit numbers, each of which depends on all bits of its input (the finalizer of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
