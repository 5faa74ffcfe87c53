"""The fonts and the mark that all cards of a site share."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from broadside.faults import SiteFailed
from broadside.look.colours import channels
from broadside.look.data import Scheme

FONTS = Path(__file__).with_name("fonts")
OURS = ("serif-display", "serif-text", "hebrew", "arabic", "devanagari")
"""Our own fonts, in the order in which they are tried, because the later ones have Latin letters too."""
ENDINGS = (".otf", ".ttf", ".woff2")
SMALL = "-text"
"""The end of the name of a font that is for small lines only."""


class CardsFailed(SiteFailed):
    """A font or the mark of the cards is not a valid file; the message says which."""


Ink = tuple[int, int, int]


class Colours(Struct, frozen=True):
    """Those of a look in dark mode: `soft` is for small lines, `accent` for the kicker."""

    ground: Ink
    ink: Ink
    soft: Ink
    accent: Ink

    @classmethod
    def of(cls, scheme: Scheme) -> Colours:
        """The colours of a scheme."""
        return cls(*(_eight_bits(colour) for colour in (scheme.paper, scheme.ink, scheme.soft, scheme.accent)))

    @property
    def inks(self) -> dict[str, Ink]:
        """What words are set in, by role."""
        return {"ink": self.ink, "soft": self.soft, "accent": self.accent}


def _eight_bits(colour: str) -> Ink:
    red, green, blue = (round(channel * 255) for channel in channels(colour))
    return red, green, blue


class Design(Struct, frozen=True):
    """The files of the fonts, in the order in which they are tried, and of the mark, and the colours.

    `digest` covers what cards show of them.
    """

    fonts: tuple[Path, ...]
    mark: Path | None
    colours: Colours
    digest: str

    @classmethod
    def of(cls, folder: Path | None, mark: Path, scheme: Scheme) -> Design:
        """The design with an outlet's own fonts, in the order of their names, before ours; the mark may be missing."""
        own = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder else []
        fonts = (*own, *(FONTS / f"{name}.ttf" for name in OURS))
        existing = mark if mark.is_file() else None
        colours = Colours.of(scheme)
        return cls(fonts, existing, colours, f"{_digest(fonts, existing)} {colours}")


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
