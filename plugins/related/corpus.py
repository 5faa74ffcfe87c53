"""The stories of one language, ready to be compared."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import mul
from typing import NamedTuple

from plugins.related.terms import parse
from plugins.related.weights import KEYS, REACH, rarity, reach


class Doc(NamedTuple):
    """One published story, as far as related stories need it.

    `key` names it for good, `slug` breaks ties, `date` is in days since 1970, `section` is the primary one's slug.
    """

    key: str
    slug: str
    date: float
    section: str
    lang: str
    signature: str

    @property
    def order(self) -> tuple[float, str, str]:
        """How ties are broken: the newer story first, then by slug."""
        return -self.date, self.slug, self.key


class Corpus:
    """What is known of the stories of one language; terms are numbered as they are met, and numbers never show."""

    def __init__(self, docs: Iterable[Doc], spread: Counter[str]) -> None:
        self.docs = {doc.key: doc for doc in docs}
        self.spread = spread
        self.rarities: list[int] = []
        self._reaches: list[int] = []
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []
        self._parsed: dict[str, tuple[array[int], array[int]]] = {}
        self._seekers: list[list[str]] = []
        self._heft: list[int] = []

    def terms(self, key: str) -> tuple[array[int], array[int]]:
        """Return the numbers and the weights of a story's terms, strongest first."""
        parsed = self._parsed.get(key)
        if parsed is None:
            pairs = list(parse(self.docs[key].signature))
            parsed = array("I", [self._number(term) for term, _ in pairs]), array("I", [weight for _, weight in pairs])
            self._parsed[key] = parsed
        return parsed

    def keys(self, key: str) -> str:
        """Return the terms of a story that look for candidates: the heaviest by weight and rarity.

        Terms that would, together, find more stories than REACH are passed over for the next heaviest.
        """
        numbers, weights = self.terms(key)
        heft = list(map(mul, weights, map(self.rarities.__getitem__, numbers)))
        keys: list[str] = []
        total = 0
        for at in sorted(range(len(heft)), key=heft.__getitem__, reverse=True):
            found = self._reaches[numbers[at]]
            if heft[at] and total + found <= REACH:
                keys.append(self._terms[numbers[at]])
                total += found
                if len(keys) == KEYS:
                    break
        return " ".join(keys)

    @contextmanager
    def spread_out(self, key: str) -> Iterator[list[int]]:
        """Lend a list that holds, at each term's number, weight times rarity in one story; everywhere else it is 0."""
        numbers, weights = self.terms(key)
        heft = self._heft
        heft += [0] * (len(self._terms) - len(heft))
        for number, weight in zip(numbers, weights, strict=True):
            heft[number] = weight * self.rarities[number]
        yield heft
        for number in numbers:
            heft[number] = 0

    def seek(self, key: str, keys: str) -> None:
        """Let a story be found under its keys."""
        for term in keys.split():
            self._seekers[self._number(term)].append(key)

    def sought(self, keys: str) -> Iterable[tuple[int, list[str]]]:
        """Yield, for each of the keys, its rarity and the stories found under it."""
        for number in map(self._number, keys.split()):
            yield self.rarities[number], self._seekers[number]

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self._terms))
        if number == len(self._terms):
            self._terms.append(term)
            self._seekers.append([])
            self.rarities.append(rarity(self.spread[term]))
            self._reaches.append(reach(self.spread[term]))
        return number


def spread(docs: Iterable[Doc]) -> Counter[str]:
    """Return how many of the stories have each term."""
    counts: Counter[str] = Counter()
    for doc in docs:
        counts.update([term for term, _ in parse(doc.signature)])
    return counts
