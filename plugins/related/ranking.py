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


EMPTY = Ranking(0, {}, {}, {})


Each = Callable[[Callable[[Doc], Row], Iterable[Doc]], Iterable[Row]]
"""Something that does what map() does, perhaps in several processes; it must keep the order."""


def rank(docs: Iterable[Doc], want: int = 3, each: Each = map) -> Ranking:
    """Compare all stories; each gets the `want` most related ones of its own language."""
    by_key = {doc.key: doc for doc in docs}
    rows: dict[str, Row] = {}
    spreads = {}
    for lang, group in _by_lang(by_key).items():
        spreads[lang] = spread(group.values())
        corpus = Corpus(group.values(), spreads[lang])
        keys = {key: corpus.keys(key) for key in group}
        for key in group:
            corpus.seek(key, keys[key])
        compared = each(partial(_row, corpus, keys, want), group.values())
        rows |= zip(group, compared, strict=True)
    return Ranking(want, by_key, rows, spreads)


def update(previous: Ranking, docs: Iterable[Doc], want: int = 3) -> Ranking:
    """Return what rank() returns for these stories, comparing anew only those that the changes can touch."""
    by_key = {doc.key: doc for doc in docs}
    if previous.want != want:
        return rank(by_key.values(), want)
    rows: dict[str, Row] = {}
    spreads = {}
    before = _by_lang(previous.docs)
    for lang, group in _by_lang(by_key).items():
        change = _Change(before.get(lang, {}), group, previous, previous.spreads.get(lang, Counter()))
        rows |= change.rows(want)
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
        self.shifted = self._spread() if self.gone or self.new else set()

    def rows(self, want: int) -> dict[str, Row]:
        """Return the rows of all stories, the touched ones computed anew."""
        if not (self.gone or self.new):
            return {key: self.old_rows[key] for key in self.after}
        corpus = Corpus(self.after.values(), self.spread)
        redone = self.new | {key for key in self.after if key not in self.new and self._holds_shifted(key)}
        fresh = {key: corpus.keys(key) for key in redone}
        keys = {key: fresh[key] if key in fresh else self.old_rows[key].keys for key in self.after}
        for key in self.after:
            corpus.seek(key, keys[key])
        redone |= self._reached(corpus, fresh)
        return {
            key: _row(corpus, keys, want, doc) if key in redone else self.old_rows[key]
            for key, doc in self.after.items()
        }

    def _spread(self) -> set[str]:
        """Bring the spread of terms up to date; return the terms whose rarity that changes."""
        shift = spread(self.after[key] for key in self.new)
        shift.subtract(spread(self.before[key] for key in self.gone))
        old, self.spread = self.spread, Counter(self.spread)
        for term, by in shift.items():
            self.spread[term] += by
            if not self.spread[term]:
                del self.spread[term]
        return {term for term in shift if rarity(old[term]) != rarity(self.spread[term])}

    def _holds_shifted(self, key: str) -> bool:
        signature = self.after[key].signature
        return any(f" {term}:" in signature or signature.startswith(f"{term}:") for term in self.shifted)

    def _reached(self, corpus: Corpus, fresh: dict[str, str]) -> set[str]:
        """Return the stories on whose shortlist a changed story was, or could now be."""
        moved = [(self.before[key], self.old_rows[key].keys) for key in self.gone]
        for key, keys in fresh.items():
            if key in self.new:
                moved.append((self.after[key], keys))
            elif keys != self.old_rows[key].keys:
                moved += [(self.after[key], self.old_rows[key].keys), (self.after[key], keys)]
        reached = set()
        for doc, keys in moved:
            for key, overlap in overlaps(corpus, doc.key, keys).items():
                old = self.old_rows.get(key)
                if old and old.bar.lets(overlap, days_apart(doc, self.after[key])):
                    reached.add(key)
        return reached
