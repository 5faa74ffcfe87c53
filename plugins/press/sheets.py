"""What a print run prints: every file of the site is one sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.faults import SiteFailed
from plugins.paths import folders_of
from plugins.press.pair import Difference

SHOWN = 20
"""Different doubts that are listed."""


class Sheet(Struct, frozen=True):
    """One output file: where it goes, the fingerprint of all it depends on, and how its bytes are made."""

    save_as: str
    fingerprint: str
    make: Callable[[], bytes]


class Quire(Struct, frozen=True):
    """Sheets that lie together, under one fingerprint that covers all that any of them depends on.

    Where it is that of the last run, and their files are as that left them, they are not even made out; else `fill` adds
    them to the run.
    """

    name: str
    fingerprint: str
    fill: Callable[[], object]


class Bundle(Struct, frozen=True):
    """Several files made at once below one folder, whose names are known only when they are made.

    The folder may hold other bundles' folders and single sheets, as long as no file is claimed twice.
    """

    prefix: str
    fingerprint: str
    make: Callable[[], dict[str, bytes]]

    def owns(self, path: str) -> bool:
        """Whether a path lies in the bundle's folder."""
        return path.startswith(f"{self.prefix}/")


class Printed(Struct):
    """What a run did, as paths below the output folder, and the `difference` of a pair of trees by which it began.

    Those that were written or removed are sorted; those that were `skipped`, of an archive nearly all, are in no order.
    """

    written: list[str] = field(default_factory=list)
    skipped: Set[str] = frozenset()
    removed: list[str] = field(default_factory=list)
    difference: Difference | None = None


class Doubt(Struct, frozen=True):
    """Something wrong with a file: what it does, and near which bytes.

    Where `file` is named, the doubt is settled if that file holds the bytes `unless`, which may be printed later.
    """

    says: str
    at: bytes = b""
    file: str = ""
    unless: bytes = b""
    path: str = ""
    line: int = 0

    def with_line(self, data: bytes) -> Doubt:
        """The doubt with its line in the file that it is about, whose bytes these are."""
        place = data.find(self.at) if self.at else -1
        return replace(self, line=data.count(b"\n", 0, place) + 1 if place >= 0 else 0)

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.says}"


class Proof(Struct, frozen=True):
    """What is doubtful about a file, and the bits of the files that it leads to (press.links); None where nobody looked."""

    doubts: tuple[Doubt, ...] = ()
    links: int | None = None


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
    """Two sheets of a run would be written to one file, or one where another needs a folder."""


def check_folders(paths: Iterable[str]) -> None:
    """Refuse a path that is a file for one sheet and a folder for another, whatever the case of their letters."""
    places = {path.lower() for path in paths}
    for folder in sorted(places & folders_of(places)):
        inside = min(path for path in places if path.startswith(f"{folder}/"))
        raise TwoForOnePlace(f"{folder} would be both a page and the folder of {inside}")
