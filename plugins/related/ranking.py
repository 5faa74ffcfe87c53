"""Ranks the related stories of a whole archive: from scratch, or by an update with the same result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import NamedTuple

from broadside.plugins.related.change import Change, Map
from broadside.plugins.related.corpus import Corpus, Doc
from broadside.plugins.related.score import Row, compare


class Ranking(NamedTuple):
    """Every story with its row, and for each language and era how many of its stories have each term (`spreads`)."""

    want: int
    docs: dict[str, Doc]
    rows: dict[str, Row]
    spreads: dict[str, list[Counter[str]]]


MANY = 200
"""With this many stories, loading numpy pays."""

MOSTLY = 0.8
"""The share of unchanged stories from which it is quicker to compare only what changed."""

EMPTY = Ranking(0, {}, {}, {})


def rank(docs: Iterable[Doc], want: int = 3, each: Map = map) -> Ranking:
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
    corpus.index(keys)
    return partial(compare, corpus, keys, want)


def _in_arrays(corpus: Corpus, group: Mapping[str, Doc], want: int) -> Callable[[Doc], Row]:
    from broadside.plugins.related.matrix import Matrix  # loads numpy, which takes longer than comparing a few stories

    return partial(Matrix(corpus, group.values()).row, want)


def update(previous: Ranking, docs: Iterable[Doc], want: int = 3, each: Map = map) -> Ranking:
    """The same as rank() for these stories, but comparing only those whose results may have changed."""
    by_key = {doc.key: doc for doc in docs}
    same = {key: old for key, old in previous.docs.items() if by_key.get(key) == old}
    if previous.want != want or len(same) < len(by_key) * MOSTLY:
        return rank(by_key.values(), want, each)
    rows: dict[str, Row] = {}
    spreads = {}
    before = _by_lang(previous.docs)
    # For unchanged stories the old docs are used: the terms kept with the ranking are fetched faster than those of records.
    for lang, group in _by_lang(by_key | same).items():
        if before.get(lang) == group:
            rows |= {key: previous.rows[key] for key in group}
            spreads[lang] = previous.spreads[lang]
            continue
        change = Change(before.get(lang, {}), group, previous.rows, previous.spreads.get(lang, []))
        rows |= change.rows(want, each)
        spreads[lang] = change.spreads
    return Ranking(want, by_key, rows, spreads)


def lang_of(doc: Doc) -> str:
    """A story's language without its region: who reads one variety can read the others."""
    return _without_region(doc.lang)


@cache
def _without_region(lang: str) -> str:
    return lang.lower().partition("-")[0]


def _by_lang(docs: Mapping[str, Doc]) -> dict[str, dict[str, Doc]]:
    groups: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
    for key, doc in docs.items():
        groups[lang_of(doc)][key] = doc
    return groups
