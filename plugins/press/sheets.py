"""What a print run prints: every file of the site is one sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sheet:
    """One output file: where it goes, the fingerprint of all it depends on, and how its bytes are made."""

    save_as: str
    fingerprint: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several files made at once below one folder, whose names are known only when they are made.

    The folder may hold other bundles' folders and single sheets, as long as no file is claimed twice.
    """

    prefix: str
    fingerprint: str
    make: Callable[[], dict[str, bytes]]

    def owns(self, path: str) -> bool:
        """Whether a path lies in the bundle's folder."""
        return path.startswith(f"{self.prefix}/")


@dataclass(slots=True)
class Printed:
    """What a run did, as sorted paths below the output folder."""

    written: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


class TwoForOnePlace(Exception):
    """Two sheets of a run would be written to one file, or one where another needs a folder."""


def check_folders(paths: Iterable[str]) -> None:
    """Refuse a path that is a file for one sheet and a folder for another, whatever the case of their letters."""
    places = {path.lower() for path in paths}
    seen: set[str] = set()
    for path in places:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            if folder in places:
                raise TwoForOnePlace(f"{folder} would be both a page and the folder of {path}")
            seen.add(folder)
            folder = folder.rpartition("/")[0]
