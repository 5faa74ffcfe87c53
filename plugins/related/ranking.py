"""The related stories of a whole archive: computed at once, or brought up to date with the same result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from plugins.related.corpus import Corpus, Doc, spread
from plugins.related.score import Row, days_apart, overlaps, row
from plugins.related.weights import rarity


class Ranking(NamedTuple):
    """Every story with its row, and in how many stories of its language each term is."""

    want: int
    docs: dict[str, Doc]
    rows: dict[str, Row]
    spreads: dict[str, Counter[str]]


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
    spreads: dict[str, Counter[str]] = {}
    for lang, group in _by_lang(by_key).items():
        spreads[lang] = Counter()
        corpus = Corpus(group.values(), spreads[lang])
        for key in group:
            spreads[lang].update(corpus.terms(key).keys())
        compare = _in_arrays(corpus, group, want) if len(group) >= MANY else _one_by_one(corpus, group, want)
        rows |= zip(group, each(compare, group.values()), strict=True)
    return Ranking(want, by_key, rows, spreads)


def _one_by_one(corpus: Corpus, group: Mapping[str, Doc], want: int) -> Callable[[Doc], Row]:
    keys = {key: corpus.keys(key) for key in group}
    for key in group:
        corpus.seek(key, keys[key])
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
        change = _Change(before.get(lang, {}), group, previous, previous.spreads.get(lang, Counter()))
        rows |= change.rows(want, each)
        spreads[lang] = change.spread
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

    def __init__(self, before: dict[str, Doc], after: dict[str, Doc], previous: Ranking, spread: Counter[str]) -> None:
        self.before, self.after, self.old_rows = before, after, previous.rows
        self.gone = {key for key, doc in before.items() if after.get(key) != doc}
        self.new = {key for key, doc in after.items() if before.get(key) != doc}
        self.spread = spread
        self.risen: set[str] = set()
        self.fallen: set[str] = set()
        if self.gone or self.new:
            self._count()

    def rows(self, want: int, each: Each) -> dict[str, Row]:
        """Return the rows of all stories, the touched ones computed anew."""
        old = self.old_rows
        if not (self.gone or self.new):
            return {key: old[key] for key in self.after}
        if self.risen or self.fallen:  # then all texts are looked at
            self.after = {key: doc._replace(signature=doc.signature.held()) for key, doc in self.after.items()}
        corpus = Corpus(self.after.values(), self.spread)
        holders = {term: self._holders(term) for term in self.risen | self.fallen}
        fresh = {key: corpus.keys(key) for key in self.new.union(*holders.values())}
        moved = {key: keys for key, keys in fresh.items() if key in self.new or keys != old[key].keys}
        keys = {key: moved[key] if key in moved else old[key].keys for key in self.after}
        for key in self.after:
            corpus.seek(key, keys[key])
        redone = sorted(moved.keys() | self._reweighed(holders) | self._reached(corpus, moved))
        compared = each(partial(_row, corpus, keys, want), [self.after[key] for key in redone])
        anew = dict(zip(redone, compared, strict=True))
        return {key: anew[key] if key in anew else old[key] for key in self.after}

    def _count(self) -> None:
        """Bring the spread of terms up to date, and note the terms whose rarity that changes."""
        shift = spread(self.after[key] for key in self.new)
        shift.subtract(spread(self.before[key] for key in self.gone))
        old, self.spread = self.spread, Counter(self.spread)
        for term, by in shift.items():
            self.spread[term] += by
            if not self.spread[term]:
                del self.spread[term]
        self.risen = {term for term in shift if rarity(old[term]) < rarity(self.spread[term])}
        self.fallen = {term for term in shift if rarity(old[term]) > rarity(self.spread[term])}

    def _holders(self, term: str) -> set[str]:
        """Return the stories, other than the new ones, that have a term."""
        first, later = f"{term}:", f" {term}:"
        texts = ((key, doc.signature.text) for key, doc in self.after.items() if key not in self.new)
        return {key for key, text in texts if later in text or text.startswith(first)}

    def _reweighed(self, holders: Mapping[str, set[str]]) -> set[str]:
        """Return the stories whose scores a changed rarity touches.

        Where a rarity falls, stories that share the term only lose: a list without any of them stays as it is.
        """
        touched = set[str]().union(*(holders[term] for term in self.risen))
        for term in self.fallen:
            having = holders[term] | self.new
            touched |= {key for key in holders[term] if any(one.key in having for one in self.old_rows[key].best)}
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
