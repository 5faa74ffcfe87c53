"""Brings the ranking of the last build up to date, and keeps it for the next."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from broadside.plugins.pack import Place
from broadside.plugins.related.change import Map
from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.packing import Packed, pack, unpack
from broadside.plugins.related.ranking import EMPTY, Ranking, rank, update
from broadside.plugins.shelf import DAMAGED, Shelf, ignored


class KeptRanking(Struct):
    """The ranking on a shelf."""

    shelf: Shelf
    _before: Ranking = EMPTY
    _after: Ranking = EMPTY
    _places: dict[str, Place] = field(default_factory=dict)

    def ranked(self, docs: Iterable[Doc], want: int, each: Map) -> Ranking:
        """The ranking of these stories, as rank() would return it, made from what the shelf has of the last one."""
        stories, shelf = list(docs), self.shelf

        def fetch(place: Place) -> str:  # not a method, which would hold self, which holds the ranking that holds it
            return shelf.piece(place).decode()

        self._before, self._places = shelf.load(lambda packed: unpack(packed, fetch), Packed) or (EMPTY, {})
        try:
            self._after = update(self._before, stories, want, each)
        except DAMAGED:  # the kept terms of an old story
            ignored(shelf.path, "is damaged")
            self._before, self._places = EMPTY, {}
            self._after = rank(stories, want, each)
        return self._after

    def save(self) -> None:
        """Put the ranking on the shelf if it has changed, and drop it from memory."""
        before, after, shelf, places = self._before, self._after, self.shelf, self._places
        self._before, self._after, self._places = EMPTY, EMPTY, {}
        if after.docs == before.docs and after.want == before.want:
            shelf.sweep()
            return
        terms = [doc.signature for doc in after.docs.values()]
        known = [places.get(key) if _same_terms(doc, before, key) else None for key, doc in after.docs.items()]
        shelf.save(pack(after, shelf.put(known, lambda at: terms[at].text.encode())))


def _same_terms(doc: Doc, before: Ranking, key: str) -> bool:
    return key in before.docs and before.docs[key].signature == doc.signature
