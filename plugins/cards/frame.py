"""The fonts and the mark that all cards of a site share."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from broadside.plugins.faults import SiteFailed

FONTS = Path(__file__).with_name("fonts")
OURS = ("serif-display", "serif-text", "hebrew", "arabic", "devanagari")
"""Our own fonts, in the order in which they are tried, because the later ones have Latin letters too."""
ENDINGS = (".otf", ".ttf", ".woff2")
SMALL = "-text"
"""The end of the name of a font that is for small lines only."""


class CardsFailed(SiteFailed):
    """A font or the mark of the cards is not a valid file; the message says which."""


class Frame(Struct, frozen=True):
    """The files of the fonts, in the order in which they are tried, and of the mark; `digest` covers what cards show of them."""

    fonts: tuple[Path, ...]
    mark: Path | None
    digest: str

    @classmethod
    def of(cls, folder: Path | None, mark: Path) -> Frame:
        """The frame with an outlet's own fonts, in the order of their names, before ours; the mark may be missing."""
        theirs = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder else []
        fonts = (*theirs, *(FONTS / f"{name}.ttf" for name in OURS))
        there = mark if mark.is_file() else None
        return cls(fonts, there, _digest(fonts, there))

    def check(self) -> None:
        """Raise CardsFailed if a font or the mark no longer matches the digest."""
        try:
            is_same = _digest(self.fonts, self.mark) == self.digest
        except OSError:
            is_same = False
        if not is_same:
            raise CardsFailed("a font or the mark of the cards changed while they were drawn; build again")


def _digest(fonts: Sequence[Path], mark: Path | None) -> str:
    """The digest of all files, and of which of an outlet's own fonts are for small lines only."""
    data = [path.read_bytes() for path in (*fonts, *([mark] if mark else []))]
    marks = [hashlib.blake2b(each, digest_size=16).hexdigest() for each in data]
    for i, path in enumerate(fonts[: -len(OURS)]):  # the names of ours are always the same
        if is_small(path):
            marks[i] += SMALL
    return " ".join(marks)


def is_small(font: Path) -> bool:
    """Whether a font is for small lines only."""
    return font.stem.endswith(SMALL)
