"""Brings a ranking up to date when stories come, go or are edited, comparing only those whose results may change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial

from broadside.plugins.related.corpus import Corpus, Doc, eras_of
from broadside.plugins.related.score import Row, compare, days_apart, overlaps, rescored
from broadside.plugins.related.terms import parse
from broadside.plugins.related.weights import known, rarity

Map = Callable[[Callable[[Doc], Row], Iterable[Doc]], Iterable[Row]]
"""A function that does what map() does, perhaps in several processes; it must keep the order."""


class Change:
    """How the stories of one language differ from before, and whose rows that may change.

    An edited story is both `gone` and `new`; if it keeps its place in the order, it is also `edited`.
    """

    def __init__(
        self, before: dict[str, Doc], after: dict[str, Doc], old_rows: dict[str, Row], spreads: list[Counter[str]]
    ) -> None:
        self.before, self.after, self.old_rows = before, after, old_rows
        self.gone = {key for key, doc in before.items() if after.get(key) != doc}
        self.new = {key for key, doc in after.items() if before.get(key) != doc}
        self.spreads = spreads
        self.shifted: set[str] = set()
        self.changed: defaultdict[int, dict[str, bool]] = defaultdict(dict)
        self.eras = eras_of(after.values())
        self.edited = {key for key in self.gone & self.new if before[key].order == after[key].order}
        self._count(self.eras if self.edited == self.gone == self.new else eras_of(before.values()))

    def rows(self, want: int, each: Map) -> dict[str, Row]:
        """The rows of all stories; those that may have changed are computed anew."""
        old = self.old_rows
        corpus = Corpus(self.after.values(), self.spreads, self.eras)
        holders = self._holders()
        fresh = {key: corpus.keys(key) for key in self.new.union(self.shifted, holders)}
        moved = {key: keys for key, keys in fresh.items() if key in self.new or keys != old[key].keys}
        keys = {key: moved[key] if key in moved else old[key].keys for key in self.after}
        corpus.index(keys)
        redone = moved.keys() | self._reweighed(corpus, holders) | self._reached(corpus, moved)
        anew = dict[str, Row]()
        for key, about in self._reached_by_edits(corpus, keys, redone).items():
            if scored := rescored(corpus, self.after[key], old[key], about, want):
                anew[key] = scored
            else:
                redone.add(key)
        ordered = sorted(redone)
        compared = each(partial(compare, corpus, keys, want), [self.after[key] for key in ordered])
        anew |= zip(ordered, compared, strict=True)
        return {key: anew[key] if key in anew else old[key] for key in self.after}

    def _reached_by_edits(
        self, corpus: Corpus, keys: Mapping[str, str], redone: Set[str]
    ) -> dict[str, list[tuple[Doc, int]]]:
        """The stories on whose shortlist an edited one is or may be, with the edited ones and how many keys each shares.

        Those that are compared anew in any case are left out.
        """
        reached = defaultdict[str, list[tuple[Doc, int]]](list)
        for key in self.edited:
            for other, overlap in self._within(corpus, self.after[key], keys[key]).items():
                if other not in redone:
                    reached[other].append((self.after[key], overlap))
        return reached

    def _count(self, eras: Mapping[str, int]) -> None:
        """Bring the spreads up to date, and note the stories that have left the era that they had in `eras`.

        Also note the terms whose rarity has changed, and whether it has risen, by the number of eras from which stories know
        the rarity.
        """
        self.shifted = {key for key in self.after.keys() - self.new if self.eras[key] != eras[key]}
        shifts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for key in self.new | self.shifted:
            shifts[self.eras[key]].update(_terms(self.after[key]))
        for key in self.gone | self.shifted:
            shifts[eras[key]].subtract(_terms(self.before[key]))
        old = self.spreads
        self.spreads = [
            _shifted(old[era] if era < len(old) else Counter(), shifts[era])
            for era in range(max(self.eras.values()) + 1)
        ]
        for term in set[str]().union(*shifts.values()):
            was = now = 0
            for era in range(known(len(self.spreads) - 1)):
                was += old[era].get(term, 0) if era < len(old) else 0
                now += self.spreads[era].get(term, 0)
                if rarity(was) != rarity(now):
                    self.changed[era + 1][term] = rarity(was) < rarity(now)

    def _holders(self) -> dict[str, set[str]]:
        """The stories, other than new ones, that have terms whose rarity has changed for them, with these terms.

        Only eras for which a rarity has changed are searched.
        """
        holders: dict[str, set[str]] = {}
        for key, doc in self.after.items():
            changed = self.changed.get(known(self.eras[key]))
            if changed and key not in self.new:
                text = f" {doc.signature.text}"
                holders[key] = {term for term in changed if f" {term}:" in text}
        return {key: terms for key, terms in holders.items() if terms}

    def _reweighed(self, corpus: Corpus, holders: Mapping[str, set[str]]) -> set[str]:
        """The stories whose best may change with a rarity.

        If a rarity falls, stories that share the term only lose: a list without any of them stays as it is.
        """
        touched = set(self.shifted)
        for key, terms in holders.items():
            risen = self.changed[known(self.eras[key])]
            best = (one.key for one in self.old_rows[key].best if one.key in self.after)
            if any(risen[term] for term in terms) or any(terms & corpus.terms(other).keys() for other in best):
                touched.add(key)
        return touched

    def _reached(self, corpus: Corpus, moved: Mapping[str, str]) -> set[str]:
        """The stories whose shortlist may change, because a changed story was on it or could be now.

        A story that keeps its place in the order only matters to those with a key that it has gained or lost.
        """
        reached = set[str]()
        for key in self.gone - self.edited:
            reached |= self._within(corpus, self.before[key], self.old_rows[key].keys).keys()
        for key, keys in moved.items():
            if key in self.new - self.edited:
                reached |= self._within(corpus, self.after[key], keys).keys()
            else:
                old = self.old_rows[key].keys
                swapped = set(old.split()) ^ set(keys.split())
                under = set().union(*corpus.postings(" ".join(swapped)))
                both = self._within(corpus, self.after[key], old) | self._within(corpus, self.after[key], keys)
                reached |= under & both.keys()
        return reached

    def _within(self, corpus: Corpus, doc: Doc, keys: str) -> dict[str, int]:
        """The stories whose bar a story with these keys reaches, with how many of the keys each has."""
        return {
            key: overlap
            for key, overlap in overlaps(corpus, doc.key, keys).items()
            if (old := self.old_rows.get(key)) and old.bar.lets(overlap, days_apart(doc, self.after[key]))
        }


def _terms(doc: Doc) -> list[str]:
    return [term for term, _ in parse(doc.signature.text)]


def _shifted(spread: Counter[str], shift: Counter[str]) -> Counter[str]:
    """The spread of an era after some of its stories have come and gone."""
    if not shift:
        return spread
    after = Counter(spread)
    for term, by in shift.items():
        after[term] += by
        if not after[term]:
            del after[term]
    return after
