"""Brings the ranking of the last build up to date, and keeps it for the next."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from broadside.plugins.related.change import Map
from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.packing import Packed, pack, unpack
from broadside.plugins.related.ranking import EMPTY, Ranking, update
from broadside.plugins.store import DAMAGED, Store

NOTE = "ranking"


class KeptRanking(Struct, frozen=True):
    """The ranking in the store; `mark` is a digest of all that terms depend on."""

    store: Store
    mark: str

    def ranked(self, docs: Iterable[Doc], want: int, each: Map) -> Ranking:
        """The ranking of these stories, as rank() would return it, made from the last one, and kept if it is another."""
        before = self._kept()
        after = update(before, list(docs), want, each)
        if after.docs != before.docs or after.want != before.want:
            self.store.keep_notes({NOTE: (self.mark, pack(after))})
        return after

    def _kept(self) -> Ranking:
        mark, packed = self.store.note(NOTE, tuple[str, Packed]) or ("", None)
        if packed is None or mark != self.mark:
            return EMPTY
        try:
            return unpack(packed)
        except DAMAGED:
            return EMPTY
