"""Finds the related stories of each story: those whose words have most in common with its own.

A story's candidates are those that share keys with it, which are its heaviest terms. The ones that share most and, among
equals, are nearest in time are compared in full. The score is the sum, over the shared terms, of both weights times the
term's rarity for the story whose list it is, times the factors for section and time.

Loading this module loads numpy, which takes a while; so it is imported where stories are ranked, and in that process only.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from broadside.plugins.content.key_terms import TERMS
from broadside.plugins.parallel import share
from broadside.plugins.related.weights import ERA, KEYS, REACH, SAME_SECTION, SHORTLIST, closeness, rarity, reach

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of its own would not survive a fork

import numpy as np

if TYPE_CHECKING:  # the newsroom itself asks content.key_terms what a story is about
    from broadside.plugins.content.records import Record
    from broadside.plugins.front_matter.data import StoryData

SECONDS_A_DAY = 86_400
MANY = 2_000
"""With this many stories, a second process saves more time than its start takes."""

NO_SECTION = -1
NOBODY = np.zeros(0, np.int64)


class Doc(NamedTuple):
    """What ranking needs of a story.

    `key` is its path, `slug` breaks ties, `date` is in days since 1970, `section` is the primary one's slug, and `terms` are
    as content.key_terms writes them.
    """

    key: str
    slug: str
    date: float
    section: str
    lang: str
    terms: str


def docs_of(records: Iterable[Record[StoryData]], sections: Mapping[str, str]) -> list[Doc]:
    """The docs of stories, from their records and the slugs of sections by name."""
    return [
        Doc(
            record.path,
            record.slug,
            record.moment / SECONDS_A_DAY,
            sections.get((record.data.sections or [""])[0], ""),
            record.data.lang,
            record.terms,
        )
        for record in records
    ]


def rank(docs: Iterable[Doc], want: int, jobs: int = 1) -> dict[str, list[str]]:
    """The keys of each story's `want` most related ones, best first; fewer only if its language has no more stories.

    If too few have words in common with it, those next to it in time follow. Large archives are shared among `jobs` processes.
    """
    related: dict[str, list[str]] = {}
    for group in by_language(docs).values():
        keys = [doc.key for doc in group]
        lists = share(partial(_lists, group, Archive(group), want), range(len(group)), jobs, least=MANY)
        related |= zip(keys, ([keys[row] for row in rows] for rows in lists), strict=True)
    return related


def _lists(group: Sequence[Doc], archive: Archive, want: int, rows: Iterable[int]) -> list[list[int]]:
    lists = []
    for row in rows:
        others = archive.related(row, want)
        if len(others) < want:
            others = list(dict.fromkeys(others + next_to(group, row)))[:want]
        lists.append(others)
    return lists


def by_language(docs: Iterable[Doc]) -> dict[str, list[Doc]]:
    """The stories of each language without its region, as who reads one variety can read the others; the oldest first."""
    groups: defaultdict[str, list[Doc]] = defaultdict(list)
    for doc in sorted(docs, key=lambda doc: (-doc.date, doc.slug, doc.key), reverse=True):
        groups[doc.lang.lower().partition("-")[0]].append(doc)
    return groups


def next_to(docs: Sequence[Doc], row: int) -> list[int]:
    """The rows of all other stories: those of its section before it and after it, then all; each time the nearest first.

    Older ones come first because then, whatever is published later, a list stays as it is.
    """
    around = [*range(row - 1, -1, -1), *range(row + 1, len(docs))]
    return [*(other for other in around if docs[other].section == docs[row].section), *around]


class Archive:
    """The stories of one language in arrays, with a row for each, from the oldest on; all numbers are whole."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self._dates = np.array([doc.date for doc in docs], float)
        sections = {"": NO_SECTION}
        self._sections = np.array([sections.setdefault(doc.section, len(sections)) for doc in docs], int)
        self._read_terms(docs)
        self._weigh()
        self._choose_keys()

    def related(self, row: int, want: int) -> list[int]:
        """The rows of the stories that are most related to one, best first and, among equals, the newest first."""
        others, days = self._shortlist(row)
        own = self._terms[row]
        self._heft_of[own] = self._hefts[row]
        likeness = np.einsum(
            "ij,ij->i", self._heft_of.take(self._terms.take(others, axis=0)), self._weights.take(others, axis=0)
        )
        self._heft_of[own] = 0
        section = self._sections[row]
        same = (self._sections[others] == section) & (section != NO_SECTION)
        scores = likeness * closeness(days) * (1000 + SAME_SECTION * same)
        return others[np.lexsort((-others, -scores))[:want]].tolist()  # type: ignore[no-any-return]

    def _read_terms(self, docs: Sequence[Doc]) -> None:
        """Number the terms; if a story has fewer than TERMS, the remaining places have number 0 and no weight."""
        numbers = defaultdict[str, int](count(1).__next__)
        shape = (len(docs), TERMS)
        self._terms, self._weights = np.zeros(shape, np.int32), np.zeros(shape, np.int64)
        for row, doc in enumerate(docs):
            parts = doc.terms.replace(":", " ").split()
            size = len(parts) // 2
            self._terms[row, :size] = [*map(numbers.__getitem__, parts[::2])]
            self._weights[row, :size] = [*map(int, parts[1::2])]
        self._heft_of = np.zeros(len(numbers) + 1, np.int64)

    def _weigh(self) -> None:
        """Work out each term's heft and reach, era by era from the oldest, by what the era knows."""
        rarities = [rarity(stories) for stories in range(len(self._terms) + 1)]
        rarity_of, reach_of = np.array(rarities), np.array([*map(reach, rarities)])
        stories_with = np.zeros(len(self._heft_of), int)
        self._hefts, self._reaches = np.zeros_like(self._weights), np.zeros_like(self._weights)
        for start in range(0, len(self._terms), ERA):
            era = slice(start, start + ERA)
            terms, weights = self._terms[era], self._weights[era]
            own = np.bincount(terms[weights > 0], minlength=len(stories_with))
            known = (stories_with if start else own)[terms]
            self._hefts[era] = weights * rarity_of[known]
            self._reaches[era] = reach_of[known] * (weights > 0)
            stories_with += own

    def _choose_keys(self) -> None:
        """Choose the heaviest terms as keys; one with which a story's keys would find more than REACH stories is passed over."""
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
        ends = np.cumsum(keys)[:-1]
        self._keys = [part.tolist() for part in np.split(terms[is_key], ends)]
        by_key = np.argsort(terms[is_key], kind="stable")
        ends = np.cumsum(np.bincount(terms[is_key], minlength=len(self._heft_of)))[:-1]
        self._holders = np.split(np.nonzero(is_key)[0][by_key], ends)

    def _shortlist(self, row: int) -> tuple[Any, Any]:
        """The rows of the stories to compare in full with one, and how many days apart they are."""
        holders = np.concatenate([NOBODY, *map(self._holders.__getitem__, self._keys[row])])
        # In bytes, because numpy finds the greatest of these fastest.
        shared = np.bincount(holders, minlength=len(self._terms) + SHORTLIST).astype(np.uint8)
        shared[row] = 0
        least = max(1, np.partition(shared, -SHORTLIST)[-SHORTLIST])
        others = np.flatnonzero(shared >= least)
        days = np.abs(self._dates[others] - self._dates[row]).astype(np.int64)
        first = np.lexsort((-others, days, KEYS - shared[others]))[:SHORTLIST]
        return others[first], days[first]
