"""The related stories of a whole archive: computed at once, or brought up to date with the same result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from plugins.related.corpus import Corpus, Doc, eras_of
from plugins.related.score import Row, days_apart, overlaps, row
from plugins.related.terms import parse
from plugins.related.weights import known, rarity


class Ranking(NamedTuple):
    """Every story with its row, and for each language, era after era, in how many stories of the era each term is."""

    want: int
    docs: dict[str, Doc]
    rows: dict[str, Row]
    spreads: dict[str, list[Counter[str]]]


MANY = 200
"""Stories from which on loading numpy pays."""

MOSTLY = 0.8
"""The share of unchanged stories from which on it is quicker to compare only what changed."""

EMPTY = Ranking(0, {}, {}, {})


Each = Callable[[Callable[[Doc], Row], Iterable[Doc]], Iterable[Row]]
"""Something that does what map() does, perhaps in several processes; it must keep the order."""


def rank(docs: Iterable[Doc], want: int = 3, each: Each = map) -> Ranking:
    """Compare all stories; each gets the `want` most related ones of its own language."""
    by_key = {doc.key: doc for doc in docs}
    rows: dict[str, Row] = {}
    spreads: dict[str, list[Counter[str]]] = {}
    for lang, group in _by_lang(by_key).items():
        corpus = Corpus(group.values())
        spreads[lang] = list(corpus.spreads)
        compare = _in_arrays(corpus, group, want) if len(group) >= MANY else _one_by_one(corpus, group, want)
        rows |= zip(group, each(compare, group.values()), strict=True)
    return Ranking(want, by_key, rows, spreads)


def _one_by_one(corpus: Corpus, group: Mapping[str, Doc], want: int) -> Callable[[Doc], Row]:
    keys = {key: corpus.keys(key) for key in group}
    corpus.seek(keys)
    return partial(_row, corpus, keys, want)


def _in_arrays(corpus: Corpus, group: Mapping[str, Doc], want: int) -> Callable[[Doc], Row]:
    from plugins.related.matrix import Matrix  # brings numpy, which takes longer to load than few stories to compare

    return partial(Matrix(corpus, group.values()).row, want)


def update(previous: Ranking, docs: Iterable[Doc], want: int = 3, each: Each = map) -> Ranking:
    """Return what rank() returns for these stories, comparing anew only those that the changes can touch."""
    by_key = {doc.key: doc for doc in docs}
    same = {key: old for key, old in previous.docs.items() if by_key.get(key) == old}
    if previous.want != want or len(same) < len(by_key) * MOSTLY:
        return rank(by_key.values(), want, each)
    rows: dict[str, Row] = {}
    spreads = {}
    before = _by_lang(previous.docs)
    # Of a story that stands, the terms that were kept with its row are fetched quicker than those that were read.
    for lang, group in _by_lang(by_key | same).items():
        change = _Change(before.get(lang, {}), group, previous, previous.spreads.get(lang, []))
        rows |= change.rows(want, each)
        spreads[lang] = change.spreads
    return Ranking(want, by_key, rows, spreads)


def lang_of(doc: Doc) -> str:
    """Return a story's language without its region: readers of one variety read the others."""
    return doc.lang.lower().partition("-")[0]


def _row(corpus: Corpus, keys: Mapping[str, str], want: int, doc: Doc) -> Row:
    return row(corpus, doc, keys[doc.key], want)


def _by_lang(docs: Mapping[str, Doc]) -> dict[str, dict[str, Doc]]:
    groups: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
    for key, doc in docs.items():
        groups[lang_of(doc)][key] = doc
    return groups


class _Change:
    """How one language's stories differ from before, and whose rows that touches."""

    def __init__(
        self, before: dict[str, Doc], after: dict[str, Doc], previous: Ranking, spreads: list[Counter[str]]
    ) -> None:
        self.before, self.after, self.old_rows = before, after, previous.rows
        self.gone = {key for key, doc in before.items() if after.get(key) != doc}
        self.new = {key for key, doc in after.items() if before.get(key) != doc}
        self.spreads = spreads
        self.shifted: set[str] = set()
        self.changed: defaultdict[int, dict[str, bool]] = defaultdict(dict)
        if self.gone or self.new:
            self.eras = eras_of(after.values())
            self._count(eras_of(before.values()))

    def rows(self, want: int, each: Each) -> dict[str, Row]:
        """Return the rows of all stories, the touched ones computed anew."""
        old = self.old_rows
        if not (self.gone or self.new):
            return {key: old[key] for key in self.after}
        corpus = Corpus(self.after.values(), self.spreads, self.eras)
        holders = self._holders()
        fresh = {key: corpus.keys(key) for key in self.new.union(self.shifted, holders)}
        moved = {key: keys for key, keys in fresh.items() if key in self.new or keys != old[key].keys}
        keys = {key: moved[key] if key in moved else old[key].keys for key in self.after}
        corpus.seek(keys)
        redone = sorted(moved.keys() | self._reweighed(corpus, holders) | self._reached(corpus, moved))
        compared = each(partial(_row, corpus, keys, want), [self.after[key] for key in redone])
        anew = dict(zip(redone, compared, strict=True))
        return {key: anew[key] if key in anew else old[key] for key in self.after}

    def _count(self, eras: Mapping[str, int]) -> None:
        """Bring the spreads up to date, and note the stories that are no longer in the era that they had in `eras`.

        Note also the terms whose rarity has changed, by the number of eras that are known to those for whom it has, and
        whether it has risen.
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
        """Return the stories, other than the new ones, that have a term whose rarity has changed for them; with these.

        Texts are looked at only in eras for which one has.
        """
        holders: dict[str, set[str]] = {}
        for key, doc in self.after.items():
            changed = self.changed.get(known(self.eras[key]))
            if changed and key not in self.new:
                text = f" {doc.signature.text}"
                holders[key] = {term for term in changed if f" {term}:" in text}
        return {key: terms for key, terms in holders.items() if terms}

    def _reweighed(self, corpus: Corpus, holders: Mapping[str, set[str]]) -> set[str]:
        """Return the stories whose scores a changed rarity touches.

        Where a rarity falls, stories that share the term only lose: a list without any of them stays as it is.
        """
        touched = set(self.shifted)
        for key, terms in holders.items():
            risen = self.changed[known(self.eras[key])]
            best = (one.key for one in self.old_rows[key].best if one.key in self.after)
            if any(risen[term] for term in terms) or any(terms & corpus.terms(other).keys() for other in best):
                touched.add(key)
        return touched

    def _reached(self, corpus: Corpus, moved: Mapping[str, str]) -> set[str]:
        """Return the stories on whose shortlist a changed story was, or could now be."""
        reached = set[str]()
        for key in self.gone:
            reached |= self._within(corpus, self.before[key], self.old_rows[key].keys)
        for key, keys in moved.items():
            if key in self.new:
                reached |= self._within(corpus, self.after[key], keys)
            else:
                old = self.old_rows[key].keys
                swapped = set(old.split()) ^ set(keys.split())
                under = set().union(*corpus.sought(" ".join(swapped)))
                both = self._within(corpus, self.after[key], old) | self._within(corpus, self.after[key], keys)
                reached |= under & both
        return reached

    def _within(self, corpus: Corpus, doc: Doc, keys: str) -> set[str]:
        """Return the stories whose bar a story with these keys reaches."""
        return {
            key
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
