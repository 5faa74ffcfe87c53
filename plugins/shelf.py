"""What is kept from one build to the next: a value in a file of its own, and the large parts of it in a pack.

Everything is plain JSON under a digest, so that nothing in it can be run, and nothing is believed that was cut short or
changed. What was kept by another version, or under another mark, is ignored with a line that says so.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from plugins.pack import Pack, Place
from plugins.press.fingerprint import digest

T = TypeVar("T")

VERSION = 1
DAMAGED = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What comes of reading data that is not what was written."""

log = logging.getLogger("broadside")


@dataclass(slots=True)
class Shelf:
    """A named place in the cache folder; `mark` stands for all that the kept value depends on."""

    folder: Path
    name: str
    mark: str
    _pack: Pack | None = None

    def load(self, make: Callable[[Any], T]) -> T | None:
        """What `make` makes of the kept value; None where there is none that can be believed."""
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
        except OSError:
            return None
        try:
            version, mark, mark_of_body, pack, size = json.loads(head)
            why = self._doubt(version, mark, mark_of_body == digest(body))
            if not why:
                self._pack = Pack.open(self.folder, self.name, pack, size)
                return make(json.loads(body))
        except DAMAGED:
            why = "is damaged"
        self._pack = None
        log.info("What %s keeps in %s %s; it is made anew.", self.name, self.folder, why)
        return None

    def _doubt(self, version: Any, mark: Any, whole: bool) -> str:
        """Why the kept value is not to be believed; "" where nothing speaks against it."""
        if version != VERSION:
            return "was left by another version"
        if not whole:
            return "is damaged"
        return "" if mark == self.mark else "was made by other code or settings"

    def piece(self, place: Place) -> bytes:
        """A piece of the pack; raises ValueError where it is not what was put there."""
        if self._pack is None:
            raise ValueError("there is no pack")
        return self._pack.get(place)

    def must_repack(self, places: Iterable[Place]) -> bool:
        """Whether all pieces are to be added anew, because there is no pack, or these are little of it."""
        return self._pack is None or self._pack.is_mostly_waste(sum(place.size for place in places))

    def add(self, pieces: Iterable[bytes], anew: bool) -> list[Place]:
        """Add pieces to the pack, or put them into a new one; while they come, the old one can still be read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        pack = Pack.new(self.folder, self.name) if anew or self._pack is None else self._pack
        places = pack.add(pieces)
        self._pack = pack
        return places

    def save(self, value: Any) -> None:
        """Put a value in the place of the old one; its pieces are in the pack by now."""
        pack = self._pack
        body = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
        names = [pack.name, pack.size()] if pack else ["", 0]
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        part.write_bytes(json.dumps([VERSION, self.mark, digest(body), *names]).encode() + b"\n" + body)
        os.replace(part, self._path)
        if pack:
            pack.sweep(self.name)

    @property
    def _path(self) -> Path:
        return self.folder / f"{self.name}.json"
