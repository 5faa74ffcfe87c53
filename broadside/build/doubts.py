"""What may be wrong with the files of a site."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from broadside.faults import SiteFailed

SHOWN = 20
"""How many different doubts are listed."""


class Doubt(Struct, frozen=True):
    """Something that may be wrong with the file at `path`: what it `says`, and `at` which bytes.

    If another `file` is named, which may be written later, the doubt is settled when that holds the bytes `unless`.
    """

    says: str
    at: bytes = b""
    file: str = ""
    unless: bytes = b""
    path: str = ""
    line: int = 0

    def with_line(self, data: bytes) -> Doubt:
        """The doubt with its line in the file that it is about, which has these bytes."""
        place = data.find(self.at) if self.at else -1
        return replace(self, line=data.count(b"\n", 0, place) + 1 if place >= 0 else 0)

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.says}"


class Unsound(SiteFailed):
    """Files of the site have something wrong with them, so it must not be published."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        by_fault: dict[str, list[str]] = {}
        for doubt in sorted(doubts, key=str):
            by_fault.setdefault(doubt.says, []).append(str(doubt))
        lines = [first + (f" ({len(more):,} more like it)" if more else "") for first, *more in by_fault.values()]
        rest = [f"and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else []
        super().__init__("\n  ".join(["finished pages have faults:", *lines[:SHOWN], *rest]))


class TwoForOnePlace(SiteFailed):
    """Two pages would be written to one file, or one would be a file where another needs a folder."""
