"""Finds the related stories of each story: those whose words have most in common with its own.

A story's candidates are those that share its keys, which are its heaviest terms. The ones that
share most and, among equals, are nearest in time are compared in full. The score is the sum, over
the shared terms, of both weights times the term's rarity for the story whose list it is, times the
factors for section and time.

Importing this module loads numpy, which takes a while, so it is imported only in a process that
ranks stories.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

from broadside.digests import digest
from broadside.parallel import share
from broadside.plugins.related.docs import Doc, KeptTerms, Ranked, by_language, next_to
from broadside.plugins.related.key_terms import TERMS
from broadside.plugins.related.weights import (
    ERA,
    KEYS,
    REACH,
    SAME_SECTION,
    SHORTLIST,
    closeness,
    rarity,
    reach,
)

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of its own would not survive a fork

import numpy as np

MANY = 2_000
"""With this many stories, a second process saves more time than its start takes."""

TOGETHER = 1_000
"""Of how many stories the terms are read at once; each takes some 10 kB until they are numbers."""
FEW = 64
"""So many new signatures are read in each build; with more, the terms are kept anew, which takes
about as long.
"""

NO_SECTION = -1
NOBODY = np.zeros(0, np.int64)
NO_TERMS = KeptTerms([], "", b"", b"")


def rank(docs: Iterable[Doc], want: int, jobs: int = 1) -> dict[str, list[str]]:
    """The keys of each story's `want` most related ones, best first; fewer only if its language has
    no more stories.

    If too few have words in common with it, those nearest in time follow. Large archives are shared
    among `jobs` processes.
    """
    return {key: ranked.keys for key, ranked in rank_anew(docs, want, {}, jobs).items()}


def rank_anew(
    docs: Iterable[Doc],
    want: int,
    kept: Mapping[str, Ranked],
    jobs: int,
    terms: dict[str, KeptTerms] | None = None,
) -> dict[str, Ranked]:
    """Rank as rank() does, reusing from `kept`, an earlier ranking with the same `want`, each list
    whose inputs are unchanged.

    `terms` are those of the last build by language; the languages in which many are new are
    replaced.
    """
    ranked: dict[str, Ranked] = {}
    if terms is None:
        terms = {}
    for lang, group in by_language(docs).items():
        keys = [doc.key for doc in group]
        archive = StoryArrays(group, terms.get(lang, NO_TERMS))
        if archive.unread > FEW:
            terms[lang] = archive.terms()
        made_of = archive.made_of()
        due = []
        for row, key in enumerate(keys):
            last = kept.get(key)
            if last and last.made_of == made_of[row]:
                ranked[key] = last
            else:
                due.append(row)
        lists = share(
            partial(_lists, group, archive, want), due, jobs, least=MANY, doing="Comparing stories"
        )
        for row, (others, is_found) in zip(due, lists, strict=True):
            ranked[keys[row]] = Ranked(
                made_of[row] if is_found else "", [keys[other] for other in others]
            )
    return ranked


def _lists(
    group: Sequence[Doc], archive: StoryArrays, want: int, rows: Iterable[int]
) -> list[tuple[list[int], bool]]:
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
    """The stories of one language in arrays, with a row for each, oldest first; all numbers are
    integers.
    """

    def __init__(self, docs: Sequence[Doc], kept: KeptTerms = NO_TERMS) -> None:
        self._docs = docs
        self._dates = np.array([doc.date for doc in docs], float)
        sections = {"": NO_SECTION}
        self._sections = np.array(
            [sections.setdefault(doc.section, len(sections)) for doc in docs], int
        )
        self._read_terms(docs, kept)
        self._weigh()
        self._choose_keys()

    def related(self, row: int, want: int) -> list[int]:
        """The rows of the stories most related to one, best first and, among equals, newest
        first.
        """
        others, days = self._shortlist(row)
        own = self._terms[row]
        # A dense row of this story's hefts makes the products below lookups; it is reset afterwards
        # instead of allocated anew.
        self._heft_of[own] = self._hefts[row]
        likeness = np.einsum(
            "ij,ij->i",
            self._heft_of.take(self._terms.take(others, axis=0)),
            self._weights.take(others, axis=0),
        )
        self._heft_of[own] = 0
        section = self._sections[row]
        same = (self._sections[others] == section) & (section != NO_SECTION)
        scores = likeness * closeness(days) * (1000 + SAME_SECTION * same)
        return others[np.lexsort((-others, -scores))[:want]].tolist()  # type: ignore[no-any-return]

    def made_of(self) -> list[str]:
        """For each row, a digest of everything related() uses: its own terms and weights, and the
        stories with its keys.
        """
        own = zip(self._docs, self._signatures, strict=True)
        parts = (digest(*map(str, doc[:-1]), signature) for doc, signature in own)
        docs = np.fromiter((int(part[:16], 16) for part in parts), np.uint64, len(self._docs))
        with_key = np.zeros(len(self._heft_of), np.uint64)
        # sums, which do not depend on the order
        np.add.at(with_key, self._key_terms, docs[self._key_rows])
        others = np.zeros_like(docs)
        np.add.at(others, self._key_rows, _mixed(with_key)[self._key_terms])
        places = _mixed(np.arange(1, TERMS + 1, dtype=np.uint64))
        hefts = (self._hefts.astype(np.uint64) * places).sum(axis=1)
        return [
            f"{number:016x}" for number in _mixed(_mixed(_mixed(docs) + others) + hefts).tolist()
        ]

    def _read_terms(self, docs: Sequence[Doc], kept: KeptTerms) -> None:
        """Number the terms; if a story has fewer than TERMS, the remaining places have number 0 and
        no weight.
        """
        shape = len(docs), TERMS
        self._terms, self._weights = np.zeros(shape, np.int32), np.zeros(shape, np.int64)
        self._signatures = [digest(doc.terms) for doc in docs]
        row_of = {signature: row for row, signature in enumerate(kept.signatures)}
        rows = np.array([row_of.get(signature, -1) for signature in self._signatures], int)
        known = rows >= 0
        self._terms[known] = np.frombuffer(kept.numbers, np.int32).reshape(-1, TERMS)[rows[known]]
        self._weights[known] = np.frombuffer(kept.weights, np.uint16).reshape(-1, TERMS)[
            rows[known]
        ]
        words = kept.words.split()
        self._numbers = defaultdict[str, int](
            count(len(words) + 1).__next__, zip(words, count(1), strict=False)
        )
        self._unread = np.flatnonzero(~known)
        for start in range(0, len(self._unread), TOGETHER):
            some = self._unread[start : start + TOGETHER]
            signatures = [docs[row].terms for row in some]
            parts = " ".join(signatures).replace(":", " ").split()
            there = np.zeros(shape, bool)
            there[some] = np.arange(TERMS) < np.array(
                [text.count(":") for text in signatures], int
            ).reshape(-1, 1)
            self._terms[there] = np.fromiter(map(self._numbers.__getitem__, parts[::2]), np.int32)
            self._weights[there] = np.fromiter(map(int, parts[1::2]), np.int64)
        self._heft_of = np.zeros(len(self._numbers) + 1, np.int64)

    def terms(self) -> KeptTerms:
        """The terms for the next build, without those that no story has any more."""
        is_used = np.bincount(self._terms.ravel(), minlength=len(self._heft_of)) > 0
        is_used[0] = True
        new = np.cumsum(is_used, dtype=np.int32) - 1
        words = [word for word, number in self._numbers.items() if is_used[number]]
        numbers, weights = new[self._terms].astype(np.int32), self._weights.astype(np.uint16)
        return KeptTerms(self._signatures, " ".join(words), numbers.tobytes(), weights.tobytes())

    @property
    def unread(self) -> int:
        """How many stories had terms that were not kept."""
        return len(self._unread)

    def _weigh(self) -> None:
        """Compute each term's heft and reach, era by era from the oldest, from the stories that the
        era knows.
        """
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
        """Choose the heaviest terms as keys, skipping those with which a story's keys would find
        more than REACH stories.
        """
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
        # The keys of all stories, one story after the other, and the stories with each key; each
        # with where the next begin.
        self._key_terms, self._key_rows = terms[is_key], np.nonzero(is_key)[0]
        self._key_starts = [0, *np.cumsum(keys).tolist()]
        self._holders = self._key_rows[np.argsort(self._key_terms, kind="stable")]
        holders = np.bincount(self._key_terms, minlength=len(self._heft_of))
        self._holder_starts = [0, *np.cumsum(holders).tolist()]

    def _shortlist(self, row: int) -> tuple[Any, Any]:
        """The rows of the stories to compare in full with one, and how many days apart they are."""
        keys = self._key_terms[self._key_starts[row] : self._key_starts[row + 1]].tolist()
        starts = self._holder_starts
        holders = np.concatenate(
            [NOBODY, *(self._holders[starts[key] : starts[key + 1]] for key in keys)]
        )
        # As bytes, because numpy finds the greatest of these fastest.
        shared = np.bincount(holders, minlength=len(self._terms) + SHORTLIST).astype(np.uint8)
        shared[row] = 0
        least = max(1, np.partition(shared, -SHORTLIST)[-SHORTLIST])
        others = np.flatnonzero(shared >= least)
        days = np.abs(self._dates[others] - self._dates[row]).astype(np.int64)
        first = np.lexsort((-others, days, KEYS - shared[others]))[:SHORTLIST]
        return others[first], days[first]


def _mixed(numbers: Any) -> Any:
    """64-bit numbers, each of which depends on all bits of its input (the finalizer of
    SplitMix64).
    """
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
