"""Stories for those that share too few words with others: the ones next to them in time.

Those of the same section come first, and of these the older ones, the nearest first: they stay where they are, whatever
is published later. A story that has not enough of them before it takes the next ones after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plugins.related.corpus import Doc
from plugins.related.ranking import Ranking, lang_of


def best(ranking: Ranking) -> dict[str, list[str]]:
    """The keys of each story's related ones, best first; as many as were wanted, if its language has so many."""
    found = {key: row.keys_of_best for key, row in ranking.rows.items()}
    few = [key for key, keys in found.items() if len(keys) < ranking.want]
    places = _places(ranking.docs.values()) if few else {}
    for key in few:
        keys = found[key]
        for other in _next_to(places[key]):
            if len(keys) == ranking.want:
                break
            if other not in keys:
                keys.append(other)
    return found


def _places(docs: Iterable[Doc]) -> dict[str, list[tuple[list[str], int]]]:
    """Where each story stands in its section and in all of its language, of which the oldest is the first."""
    rows: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    places: defaultdict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for doc in sorted(docs, key=lambda doc: doc.order, reverse=True):
        lang = lang_of(doc)
        for row in (rows[lang, doc.section], rows[lang,]):
            places[doc.key].append((row, len(row)))
            row.append(doc.key)
    return places


def _next_to(places: Iterable[tuple[list[str], int]]) -> Iterator[str]:
    for row, at in places:
        yield from (row[i] for i in range(at - 1, -1, -1))
        yield from (row[i] for i in range(at + 1, len(row)))
