"""A photo, from the file that a writer hands in to a template's values: with its credit line, and
in the rows of a gallery.

The credit line evens out what desks write in different ways. A gallery's rows show each picture at
its neighbours' height, uncropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from broadside.faults import Fault, Severity
from broadside.words import ENGLISH, Language

Focus = tuple[int, int]
"""The point of a photo that crops keep, as percentages from the left and from the top."""
Kind = Literal["avif", "webp", "jpeg", "png"]
CreditLabel = Literal["photo", "image"]
MOST_IN_ROW = 3
"""How many pictures a row may have."""
USUAL = 2.2
"""The best ratio of a row's width to its height."""
HEIGHT = 1600
"""The height that every picture declares: a style sheet shrinks those of a row alike, and they fill
it exactly.
"""
COLUMN = 40
"""The width of the column of text, in em."""
PAGE = 55
"""That of a gallery on a wide screen."""
LARGE = 80
"""How much of the height of a window the large picture may have, in percent."""
_LABEL = re.compile(
    r"^(?:(?:top|lead)\s+)?(?:(?:photo|image|picture)\s+credit|credit)s?\s*[:：]\s*", re.IGNORECASE
)
_ONE_SIDED_SLASH = re.compile(r"(?<=\S) +/(?=[^\s/])|(?<=[^\s/:])/ +(?=\S)")
_TITLES = frozenset(
    ("capt", "col", "dr", "gen", "gov", "jr", "lt", "mr", "mrs", "ms", "prof", "rep", "sen", "sgt")
)
_ABBREVIATIONS = _TITLES | {"bros", "co", "corp", "inc", "ltd", "no", "sr", "st"}


class Problem(Struct, frozen=True):
    """Something wrong with a picture file, wherever it is used."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def at(self, path: str, line: int = 0) -> Fault:
        """The problem as a fault of a source."""
        return Fault(path, line, 0, self.severity, self.code, self.message, self.hint)


class Original(Struct, frozen=True):
    """A picture file that passed inspection; width and height are those that a reader sees, after
    EXIF orientation.

    `size` is that of the file in bytes.
    """

    stem: str
    digest: str
    width: int
    height: int
    kind: Kind
    size: int = 0


BREADTHS = ("wide", "full")
"""How far a picture in a text may reach beyond it, on a screen with room: most of the way to the
end of the page, or all of it.
"""


class Description(Struct, frozen=True):
    """A photo in its user's words; `redistribute` says that others may print it when they republish
    the story.

    `breadth` is one of BREADTHS, for a picture in a text that is wider than the text.
    """

    alt: str
    caption: str = ""
    credit: str = ""
    credit_label: CreditLabel = "photo"
    redistribute: bool = False
    focus: Focus | None = None
    breadth: str = ""


class Derivative(Struct, frozen=True):
    """One picture file: its path in the output, its size, and how it is made.

    If it is cropped from another derivative, `cut_from` is that one's size, and `cut_at` says which
    share of what is cropped off is taken from the left and from the top.
    """

    name: str
    width: int
    height: int
    kind: Kind
    quality: int
    source: str
    cut_from: tuple[int, int] | None = None
    cut_at: tuple[float, float] = (0.5, 0.5)


class PhotoSource(Struct, frozen=True):
    """One format of a photo: media type and (url, width) candidates, narrowest first."""

    type: str
    candidates: tuple[tuple[str, int], ...]


class Crop(Struct, frozen=True):
    """A lead photo in one of the shapes that search engines and other sites want."""

    url: str
    width: int
    height: int


class Photo(Struct, frozen=True):
    """A photo for templates: text, the fallback's size and URL, and the better formats in order of
    preference.

    `src` is "" in a text that was imported without the picture's file; only its caption is shown.
    `crops` are those of a lead photo, widest first; `redistribute` says that others may print it
    when they republish the story. `focus` is the point that style sheets keep where they crop it.
    """

    alt: str
    caption: str
    credit: str
    credit_label: CreditLabel
    width: int
    height: int
    src: str
    sources: tuple[PhotoSource, ...]
    crops: tuple[Crop, ...] = ()
    redistribute: bool = False
    focus: Focus | None = None
    breadth: str = ""


class CreditLine(Struct, frozen=True):
    """The parts of a printed line, as plain text: label with its colon, caption and credit; any of
    them may be empty.
    """

    label: str
    caption: str
    credit: str

    @property
    def closing(self) -> str:
        """The credit as printed: in parentheses after a caption, bare if it is alone."""
        if self.caption and self.credit:
            return f"({_inner_brackets(self.credit)})"
        return self.credit

    @property
    def words(self) -> str:
        """Caption and credit, without the label."""
        return " ".join(filter(None, (self.caption, self.closing)))

    def __str__(self) -> str:
        if self.label and self.words:
            return f"{self.label} {self.words}"
        return self.words


class GalleryPicture(Struct, frozen=True):
    """A picture of a gallery: its photo, its place from 1, and its widths in its row and when
    opened.
    """

    photo: Photo
    number: int
    sizes: str
    large: str


def credit_line(
    photo: Photo | Description, lead: bool = False, words: Language = ENGLISH
) -> CreditLine:
    """The line under a photo; for a story's top photo (`lead`) it is below the text, and says so in
    `words`.
    """
    credit = _clean_credit(photo.credit)
    return CreditLine(
        words.credit(photo.credit_label, lead), _clean_caption(photo.caption, credit), credit
    )


def in_rows(photos: Sequence[Photo]) -> list[list[GalleryPicture]]:
    """The pictures of a gallery in order, row by row."""
    shapes = tuple(photo.width / photo.height for photo in photos)
    rows: list[list[GalleryPicture]] = []
    at = 0
    for count in _rows(shapes):
        whole = sum(shapes[at : at + count])
        rows.append(
            [_picture(photos[number], number + 1, whole) for number in range(at, at + count)]
        )
        at += count
    return rows


def _clean_credit(text: str) -> str:
    text = _without_label(text)
    closed, start, end = _closed(text), 0, len(text)
    while True:
        if closed.get(start) == end - 1:
            start, end = start + 1, end - 1
        elif _ends_in_stop(text[start:end]):
            end -= 1
        else:
            return _ONE_SIDED_SLASH.sub(" / ", text[start:end])
        start += text[start : start + 1] == " "
        end -= text[end - 1 : end] == " "


def _clean_caption(text: str, credit: str) -> str:
    text = _without_label(text)
    start = text.rfind("(")
    # Agencies end their captions with the credit; after such a caption it would be printed twice.
    if credit and start >= 0 and _clean_credit(text[start:]) == credit:
        text = text[:start].rstrip()
    return text


def _without_label(text: str) -> str:
    return _LABEL.sub("", " ".join(text.split()), count=1)


def _closed(text: str) -> dict[int, int]:
    """Where each parenthesis of a text is closed, computed once, because a credit may be in
    thousands of them.
    """
    closed: dict[int, int] = {}
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            closed[opened.pop()] = at
    return closed


def _ends_in_stop(text: str) -> bool:
    """Whether the text ends in a full stop that is not part of an abbreviation or an ellipsis."""
    if not text.endswith("."):
        return False
    word = text[:-1].rpartition(" ")[2].strip("([\"'“‘")
    abbreviated = (
        "." in word or word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
    )
    return bool(word) and not abbreviated


def _inner_brackets(text: str) -> str:
    balanced = text.count("(") == text.count(")")
    if balanced:
        return text.replace("(", "[").replace(")", "]")
    return text


def _picture(photo: Photo, number: int, whole: float) -> GalleryPicture:
    shape = photo.width / photo.height
    width = replace(photo, width=round(HEIGHT * shape), height=HEIGHT)
    part = shape / whole
    sizes = f"(min-width:78em) {PAGE * part:.1f}em, (min-width:48em) {COLUMN * part:.1f}em, 100vw"
    return GalleryPicture(width, number, sizes, f"min(100vw, {round(LARGE * shape)}vh)")


@lru_cache(256)  # stories below others are on several pages
def _rows(shapes: tuple[float, ...]) -> tuple[int, ...]:
    """How many pictures each row has, so that rows come as near as possible to the best shape; a
    tie goes to a large beginning.
    """
    # The best rows for the first `end` pictures follow from those for fewer; costs are rounded, so
    # that no rounding error breaks a tie.
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(shapes) + 1):
        best.append(
            min(
                (
                    round(
                        best[end - count][0] + log(sum(shapes[end - count : end]) / USUAL) ** 2, 6
                    ),
                    (*best[end - count][1], count),
                )
                for count in range(1, min(MOST_IN_ROW, end) + 1)
            )
        )
    return best[-1][1]
