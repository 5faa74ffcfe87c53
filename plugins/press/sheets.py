"""What a print run is given, sheets and groups of them, and what it says in return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.plugins.faults import SiteFailed
from broadside.plugins.paths import folders_of
from broadside.plugins.press.pair import Difference

SHOWN = 20
"""How many different doubts are listed."""


class Sheet(Struct, frozen=True):
    """One output file: where it goes, the fingerprint of all it depends on, and how its bytes are made."""

    save_as: str
    fingerprint: str
    make: Callable[[], bytes]


class Quire(Struct, frozen=True):
    """Sheets under one fingerprint, which covers all that any of them depends on.

    If it equals that of the last run, and their files are as that left them, no sheet is even created; otherwise `fill`
    adds them to the run.
    """

    name: str
    fingerprint: str
    fill: Callable[[], object]


class Bundle(Struct, frozen=True):
    """Files below one folder that are made together, and whose names are known only then.

    The folder may also hold other bundles' folders and single sheets, as long as no file is claimed twice.
    """

    prefix: str
    fingerprint: str
    make: Callable[[], dict[str, bytes]]

    def owns(self, path: str) -> bool:
        """Whether a path lies in the bundle's folder."""
        return path.startswith(f"{self.prefix}/")


class Printed(Struct):
    """What a run did, as paths below the output folder, and the `difference` of the pair of trees as it began.

    Paths that were written or removed are sorted; those that were skipped, nearly all in a large archive, are not.
    """

    written: list[str] = field(default_factory=list)
    skipped: Set[str] = frozenset()
    removed: list[str] = field(default_factory=list)
    difference: Difference | None = None


class Doubt(Struct, frozen=True):
    """Something that may be wrong with the file at `path`: what it `says`, and `at` which bytes.

    If another `file` is named, which may be printed later, the doubt is settled when that holds the bytes `unless`.
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


class Proof(Struct, frozen=True):
    """What is doubtful about a file, and the bits of the files that it links to (press.links); None if nobody looked."""

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
    """Two sheets would be written to one file, or one would be a file where another needs a folder."""


def check_folders(paths: Iterable[str]) -> None:
    """Refuse a path that is a file for one sheet and a folder for another, ignoring case."""
    places = {path.lower() for path in paths}
    for folder in sorted(places & folders_of(places)):
        inside = min(path for path in places if path.startswith(f"{folder}/"))
        raise TwoForOnePlace(f"{folder} would be both a page and the folder of {inside}")
