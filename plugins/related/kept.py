"""The ranking of the last build, brought up to date and kept for the next."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from plugins.pack import Place
from plugins.related.change import Each
from plugins.related.corpus import Doc
from plugins.related.packing import Packed, pack, unpack
from plugins.related.ranking import EMPTY, Ranking, rank, update
from plugins.shelf import DAMAGED, Shelf


class Kept(Struct):
    """The ranking on a shelf: of the last build, until it is brought up to date."""

    shelf: Shelf
    _before: Ranking = EMPTY
    _after: Ranking = EMPTY
    _places: dict[str, Place] = field(default_factory=dict)

    def ranked(self, docs: Iterable[Doc], want: int, each: Each) -> Ranking:
        """Return what rank() returns, from what the shelf has of the last time."""
        stories = list(docs)
        self._before, self._places = self.shelf.load(lambda packed: unpack(packed, self._fetch), Packed) or (EMPTY, {})
        try:
            self._after = update(self._before, stories, want, each)
        except DAMAGED:  # terms that were kept of old stories
            self._before, self._places = EMPTY, {}
            self._after = rank(stories, want, each)
        return self._after

    def save(self) -> None:
        """Leave the ranking on the shelf for the next build, where it is another one."""
        before, after, shelf = self._before, self._after, self.shelf
        if after.docs == before.docs and after.want == before.want:
            return
        same = {key: place for key, place in self._places.items() if self._stands(key)}
        anew = shelf.must_repack(same.values())
        new = [key for key in after.docs if anew or key not in same]
        added = shelf.add((after.docs[key].signature.text.encode() for key in new), anew)
        same |= zip(new, added, strict=True)
        shelf.save(pack(after, (same[key] for key in after.docs)))

    def _stands(self, key: str) -> bool:
        """Whether a story has the terms that it had."""
        before, after = self._before.docs[key], self._after.docs.get(key)
        return after is not None and after.signature == before.signature

    def _fetch(self, place: Place) -> str:
        return self.shelf.piece(place).decode()
