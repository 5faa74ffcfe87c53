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


class Design(Struct, frozen=True):
    """The files of the fonts, in the order in which they are tried, and of the mark; `digest` covers what cards show of them."""

    fonts: tuple[Path, ...]
    mark: Path | None
    digest: str

    @classmethod
    def of(cls, folder: Path | None, mark: Path) -> Design:
        """The design with an outlet's own fonts, in the order of their names, before ours; the mark may be missing."""
        own = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder else []
        fonts = (*own, *(FONTS / f"{name}.ttf" for name in OURS))
        existing = mark if mark.is_file() else None
        return cls(fonts, existing, _digest(fonts, existing))


def _digest(fonts: Sequence[Path], mark: Path | None) -> str:
    """The digest of all files, and of which of an outlet's own fonts are for small lines only."""
    data = [path.read_bytes() for path in (*fonts, *([mark] if mark else []))]
    digests = [hashlib.blake2b(file, digest_size=16).hexdigest() for file in data]
    for i, path in enumerate(fonts[: -len(OURS)]):  # the names of ours are always the same
        if is_small(path):
            digests[i] += SMALL
    return " ".join(digests)


def is_small(font: Path) -> bool:
    """Whether a font is for small lines only."""
    return font.stem.endswith(SMALL)
