"""The ranking of the last build, brought up to date and kept for the next."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.pack import Place
from plugins.related.corpus import Doc
from plugins.related.packing import Packed, pack, unpack
from plugins.related.ranking import EMPTY, Each, Ranking, rank, update
from plugins.shelf import DAMAGED, Shelf


def ranked(docs: Iterable[Doc], want: int, each: Each, shelf: Shelf) -> Ranking:
    """Return what rank() returns, from what the shelf has of the last time, and leave it there for the next."""
    stories = list(docs)

    def fetch(place: Place) -> str:
        return shelf.piece(place).decode()

    before, places = shelf.load(lambda packed: unpack(packed, fetch), Packed) or (EMPTY, {})
    try:
        ranking = update(before, stories, want, each)
    except DAMAGED:  # terms that were kept of old stories
        before, places, ranking = EMPTY, {}, rank(stories, want, each)
    if ranking.docs != before.docs or ranking.want != before.want:
        _save(ranking, before, places, shelf)
    return ranking


def _save(ranking: Ranking, before: Ranking, places: dict[str, Place], shelf: Shelf) -> None:
    same = {key: places[key] for key, doc in ranking.docs.items() if key in places and _same_terms(doc, before, key)}
    anew = shelf.must_repack(same.values())
    new = [key for key in ranking.docs if anew or key not in same]
    added = shelf.add((ranking.docs[key].signature.text.encode() for key in new), anew)
    same |= zip(new, added, strict=True)
    shelf.save(pack(ranking, (same[key] for key in ranking.docs)))


def _same_terms(doc: Doc, before: Ranking, key: str) -> bool:
    return before.docs[key].signature == doc.signature
