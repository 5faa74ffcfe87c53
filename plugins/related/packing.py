"""Converts a ranking to the form in which it is kept between builds, and back; the stories' terms are kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from broadside.plugins.pack import Place
from broadside.plugins.related.corpus import Doc, Signature
from broadside.plugins.related.ranking import Ranking
from broadside.plugins.related.score import Row

Fetch = Callable[[Place], str]
"""Fetches the terms at a place in the pack."""


class KeptStory(NamedTuple):
    """A story of a ranking: its doc, with the mark and the place of its terms, and its row."""

    key: str
    slug: str
    date: float
    section: str
    lang: str
    mark: str
    place: Place
    row: Row


class Packed(NamedTuple):
    """A ranking as it is kept; its stories are in the order of its docs."""

    want: int
    spreads: Mapping[str, Sequence[Mapping[str, int]]]
    stories: list[KeptStory]


def pack(ranking: Ranking, places: Iterable[Place]) -> Packed:
    """Pack a ranking, given the places of its stories' terms in the order of its docs."""
    rows = ranking.rows
    stories = [
        KeptStory(*doc[:5], doc.signature.mark, place, rows[key])
        for (key, doc), place in zip(ranking.docs.items(), places, strict=True)
    ]
    return Packed(ranking.want, ranking.spreads, stories)


def unpack(packed: Packed, fetch: Fetch) -> tuple[Ranking, dict[str, Place]]:
    """The ranking that was packed, and the places of its stories' terms.

    Raises ValueError if a story is related to one that is missing.
    """
    docs = {
        key: Doc(key, slug, date, section, lang, Signature(mark, partial(fetch, place)))
        for key, slug, date, section, lang, mark, place, _ in packed.stories
    }
    rows = {story.key: story.row for story in packed.stories}
    if not docs.keys() >= {one.key for row in rows.values() for one in row.best}:
        raise ValueError("a related story is not there")
    spreads = {lang: [Counter(spread) for spread in eras] for lang, eras in packed.spreads.items()}
    return Ranking(packed.want, docs, rows, spreads), {story.key: story.place for story in packed.stories}
