"""What a card is made from: its words and its file, and the fonts, the mark and the colours of all
the site's cards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from broadside.content.records import Record
from broadside.content.terms import Series
from broadside.faults import SiteFailed
from broadside.front_matter.data import SeriesData, StoryData
from broadside.look.colours import channels
from broadside.look.data import Scheme
from broadside.markdown.typography import is_rtl
from broadside.media.derivatives import cut_at
from broadside.media.photos import Derivative, Focus, Original, Photo, credit_line
from broadside.site.story import Story
from broadside.words import ENGLISH, Language

WIDTH, HEIGHT = 1200, 630
"""In pixels: the size recommended for Open Graph."""
MOST_BYTES = 120_000
TOP = 1 / 3
"""How much of what is cropped off a photo is taken from the top, if no focus is given: subjects are
above the middle.
"""
NO_BREAK = "\u00a0"
VERSION = 1
"""Raise it when draw.py changes the look of cards: every card then gets a new address."""
FONTS = Path(__file__).with_name("fonts")
OURS = ("serif-display", "serif-text", "hebrew", "arabic", "devanagari")
"""Our own fonts, in the order in which they are tried; the later ones have Latin letters too."""
ENDINGS = (".otf", ".ttf", ".woff2")
SMALL = "-text"
"""The end of the name of a font that is for small lines only."""
Ink = tuple[int, int, int]


class CardsFailed(SiteFailed):
    """A font or the mark of the cards is not a valid file; the message says which."""


class Colours(Struct, frozen=True):
    """The colours of a look in dark mode: `soft` is for small lines, `accent` for the kicker."""

    ground: Ink
    ink: Ink
    soft: Ink
    accent: Ink

    @classmethod
    def of(cls, scheme: Scheme) -> Colours:
        """The colours of a scheme."""
        return cls(
            *(
                _eight_bits(colour)
                for colour in (scheme.paper, scheme.ink, scheme.soft, scheme.accent)
            )
        )

    @property
    def inks(self) -> dict[str, Ink]:
        """The colours of words, by role."""
        return {"ink": self.ink, "soft": self.soft, "accent": self.accent}


class Design(Struct, frozen=True):
    """The files of the fonts, in the order in which they are tried, the file of the mark, and the
    colours.

    `digest` covers everything about them that cards show.
    """

    fonts: tuple[Path, ...]
    mark: Path | None
    colours: Colours
    digest: str

    @classmethod
    def of(cls, folder: Path | None, mark: Path, scheme: Scheme) -> Design:
        """The design with an outlet's own fonts before ours, sorted by name; the mark may be
        missing.
        """
        own = []
        if folder:
            own = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
        fonts = (*own, *(FONTS / f"{name}.ttf" for name in OURS))
        existing = None
        if mark.is_file():
            existing = mark
        colours = Colours.of(scheme)
        return cls(fonts, existing, colours, f"{_digest_of_files(fonts, existing)} {colours}")


class Words(Struct, frozen=True):
    """The texts on a card, as plain text; `rtl` is the direction of the story's language, `lang`
    its tag.
    """

    headline: str
    kicker: str
    byline: str
    credit: str
    outlet: str
    lang: str
    rtl: bool


class Drawing(Struct, frozen=True):
    """How a card is drawn: its file, its story or series, its words and photo, and the fonts and
    the mark.
    """

    file: Derivative
    story: Record[StoryData] | Record[SeriesData]
    words: Words
    photo: Original | None
    design: Design


def words_of(story: Story, outlet: str, words: Language = ENGLISH) -> Words:
    """The words on a story's card; `words` are those of its language."""
    names = [(line.role, line.author.name.replace(" ", NO_BREAK)) for line in story.byline]
    writers = [name for role, name in names if not role]
    others = [f"{role} {name}" for role, name in names if role]
    kind = story.kicker_type
    sections = ", ".join(section.name for section in story.sections)
    paid = ""
    if story.paid_by:
        paid = words.gettext("Paid for by %(sponsor)s", sponsor=story.paid_by)
    credit = ""
    if story.photo:
        credit = credit_line(story.photo).credit
    return Words(
        headline=story.headlines.social or story.title,
        kicker=paid or " | ".join(filter(None, (kind.name if kind else "", sections))),
        byline=" · ".join([*([", ".join(writers)] if writers else []), *others]),
        credit=credit,
        outlet=outlet,
        lang=story.lang,
        rtl=story.dir == "rtl",
    )


def words_of_series(series: Series, label: str, outlet: str, lang: str) -> Words:
    """The words on the card of a series; `label` says what it is."""
    credit = ""
    if series.photo:
        credit = credit_line(series.photo).credit
    return Words(series.name, label, series.description, credit, outlet, lang, is_rtl(lang))


def alt_of(photo: Photo | None, words: Words) -> str:
    """The card's alt text."""
    text = f"{words.headline}. {words.byline}, {words.outlet}".replace(NO_BREAK, " ")
    shown = ""
    if photo and words.credit:
        shown = photo.alt
    return ". ".join(filter(None, (text, words.kicker, shown)))


def card_file(
    words: Words, photo: Original | None, design: Design, focus: Focus | None = None
) -> Derivative:
    """The file of a card; its name covers everything it shows.

    With a photo it is a JPEG; letters alone are smaller as a PNG.
    """
    point = ""
    if photo and focus:
        point = f" {focus}"
    shown = f"{VERSION} {words!r} {photo.digest if photo else ''} {design.digest}{point}"
    name = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    source = ""
    if photo:
        source = photo.digest
    if photo:
        return Derivative(
            f"cards/{name}.jpg", WIDTH, HEIGHT, "jpeg", 82, source, cut_at=cut_at(focus, TOP)
        )
    return Derivative(f"cards/{name}.png", WIDTH, HEIGHT, "png", 0, source)


def _eight_bits(colour: str) -> Ink:
    red, green, blue = (round(channel * 255) for channel in channels(colour))
    return red, green, blue


def _digest_of_files(fonts: Sequence[Path], mark: Path | None) -> str:
    """The digest of all files, and of which of an outlet's own fonts are for small lines only."""
    data = [path.read_bytes() for path in (*fonts, *([mark] if mark else []))]
    digests = [hashlib.blake2b(file, digest_size=16).hexdigest() for file in data]
    for i, path in enumerate(fonts[: -len(OURS)]):  # the names of ours never change
        if is_small(path):
            digests[i] += SMALL
    return " ".join(digests)


def is_small(font: Path) -> bool:
    """Whether a font is for small lines only."""
    return font.stem.endswith(SMALL)
