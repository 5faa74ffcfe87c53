"""A ranking as plain JSON values, to be kept from one build to the next; the stories' terms are kept apart from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Any

from plugins.pack import Place
from plugins.related.corpus import Doc, Signature
from plugins.related.ranking import Ranking
from plugins.related.score import Bar, Row, Scored

Fetch = Callable[[Place], str]
"""Gets the terms that lie at a place."""


def pack(ranking: Ranking, places: Iterable[Place]) -> dict[str, Any]:
    """Return a ranking as values that JSON can hold, with the places of its stories' terms, in the order of its docs."""
    number = {key: i for i, key in enumerate(ranking.docs)}
    stories = []
    for (key, doc), place in zip(ranking.docs.items(), places, strict=True):
        row = ranking.rows[key]
        best = list(chain.from_iterable((number[one.key], one.score) for one in row.best))
        stories.append([*doc[:5], doc.signature.mark, place, row.keys, row.bar, best])
    return {"want": ranking.want, "spreads": ranking.spreads, "stories": stories}


def unpack(packed: dict[str, Any], fetch: Fetch) -> tuple[Ranking, dict[str, Place]]:
    """Return the ranking that was packed, and the places of its stories' terms.

    Raises KeyError, IndexError, TypeError or ValueError where these values are none.
    """
    docs: dict[str, Doc] = {}
    places = {}
    for key, slug, date, section, lang, mark, at, _, _, _ in packed["stories"]:
        place = places[key] = Place(*at)
        docs[key] = Doc(key, slug, date, section, lang, Signature(mark, partial(fetch, place)))
    docs_of = list(docs.values())
    rows = {
        story[0]: Row(
            story[7],
            Bar(*story[8]),
            tuple(
                [
                    Scored(docs_of[i].key, docs_of[i].slug, score)
                    for i, score in zip(story[9][::2], story[9][1::2], strict=True)
                ]
            ),
        )
        for story in packed["stories"]
    }
    spreads = {lang: [Counter(spread) for spread in eras] for lang, eras in packed["spreads"].items()}
    return Ranking(packed["want"], docs, rows, spreads), places
