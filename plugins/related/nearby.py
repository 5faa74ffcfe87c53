"""Fills up the lists of stories that share too few words with others, with the stories nearest to them in time.

Those of the same section come first, and among these older ones, the nearest first: whatever is published later, they stay
the same. A story with too few stories before it takes the next ones after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.ranking import Ranking, lang_of


def best(ranking: Ranking) -> dict[str, list[str]]:
    """The keys of each story's related ones, best first; as many as were wanted, if its language has enough."""
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
    """Each story's place among those of its section, and among all of its language, from the oldest on."""
    rows: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    places: defaultdict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for doc in sorted(docs, key=lambda doc: doc.order, reverse=True):
        lang = lang_of(doc)
        for row in (rows[lang, doc.section], rows[lang,]):
            places[doc.key].append((row, len(row)))
            row.append(doc.key)
    return places


def _next_to(places: Iterable[tuple[list[str], int]]) -> Iterator[str]:
    """The stories before these places, and then those after them, the nearest first."""
    for row, at in places:
        yield from (row[i] for i in range(at - 1, -1, -1))
        yield from (row[i] for i in range(at + 1, len(row)))
