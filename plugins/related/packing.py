"""Converts a ranking to the form in which it is kept between builds, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from broadside.plugins.related.corpus import Doc, Signature
from broadside.plugins.related.ranking import Ranking
from broadside.plugins.related.score import Row


class KeptStory(NamedTuple):
    """A story of a ranking: its doc, with the mark of its terms and the terms, and its row."""

    key: str
    slug: str
    date: float
    section: str
    lang: str
    mark: str
    terms: str
    row: Row


class Packed(NamedTuple):
    """A ranking as it is kept; its stories are in the order of its docs."""

    want: int
    spreads: Mapping[str, Sequence[Mapping[str, int]]]
    stories: list[KeptStory]


def pack(ranking: Ranking) -> Packed:
    """Pack a ranking."""
    rows = ranking.rows
    stories = [
        KeptStory(*doc[:5], doc.signature.mark, doc.signature.text, rows[key]) for key, doc in ranking.docs.items()
    ]
    return Packed(ranking.want, ranking.spreads, stories)


def unpack(packed: Packed) -> Ranking:
    """The ranking that was packed; raises ValueError if a story is related to one that is missing."""
    docs = {
        key: Doc(key, slug, date, section, lang, Signature(mark, terms))
        for key, slug, date, section, lang, mark, terms, _ in packed.stories
    }
    rows = {story.key: story.row for story in packed.stories}
    if not docs.keys() >= {one.key for row in rows.values() for one in row.best}:
        raise ValueError("a related story is not there")
    spreads = {lang: [Counter(spread) for spread in eras] for lang, eras in packed.spreads.items()}
    return Ranking(packed.want, docs, rows, spreads)
