"""Typefaces of the site: WOFF2 files cut down to the letters that an outlet needs, with the metrics
for a stand-in.

Cutting a file takes a second and needs fontTools; the result is kept, so that later builds load
neither.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadside.digests import digest
from broadside.folders import ENGINE
from broadside.media import picture_store

if TYPE_CHECKING:  # a build whose typefaces are all kept does not need it
    from fontTools.ttLib import TTFont

log = logging.getLogger("broadside")

SHIPPED = ENGINE / "theme" / "faces"
"""The engine's own pair of typefaces, which tools/faces.py makes, and their metrics."""
MEASURES = "measures.json"
WAY = "1"
"""Change this with every change in how typefaces are cut, so that kept ones are cut again."""
MOST_BYTES = 5_000_000
WOFF2 = b"wOF2"

Ranges = tuple[tuple[int, int], ...]
COMMON: Ranges = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2C6, 0x2C7),
    (0x2DA, 0x2DC),
    (0x2010, 0x2015),
    (0x2018, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x2033),
    (0x2039, 0x203A),
    (0x2044, 0x2044),
    (0x20AC, 0x20AC),
    (0x20B4, 0x20B4),
    (0x20B9, 0x20BA),
    (0x20BD, 0x20BD),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x25A0, 0x25A0),
)
"""Basic Latin, Western Europe, punctuation, currencies and the few signs that the theme uses; part
of every choice.
"""
LETTERS: Mapping[str, Ranges] = {
    "latin": ((0x100, 0x17F), (0x218, 0x21B), (0x1E9E, 0x1E9E)),
    "vietnamese": (
        (0x102, 0x103),
        (0x110, 0x111),
        (0x1A0, 0x1B0),
        (0x300, 0x309),
        (0x1EA0, 0x1EF9),
        (0x20AB, 0x20AB),
    ),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F),),
    "hebrew": ((0x590, 0x5FF), (0xFB1D, 0xFB4F), (0x200E, 0x200F)),
    "arabic": (
        (0x600, 0x6FF),
        (0x750, 0x77F),
        (0x8A0, 0x8FF),
        (0xFB50, 0xFDFF),
        (0xFE70, 0xFEFC),
        (0x200C, 0x200F),
    ),
    "devanagari": ((0x900, 0x97F), (0x1CD0, 0x1CFF), (0x200C, 0x200D), (0xA8E0, 0xA8FF)),
    "all": ((0, 0x10FFFF),),
}
"""The letters that a typeface may keep, by their names in look.toml."""
OF_LANGUAGES = {
    "vi": "vietnamese",
    "el": "greek",
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"), "cyrillic"),
    **dict.fromkeys(("he", "yi"), "hebrew"),
    **dict.fromkeys(("ar", "fa", "ku", "ps", "ug", "ur"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "devanagari"),
    **dict.fromkeys(
        (
            "zh",
            "ja",
            "ko",
            "th",
            "hy",
            "ka",
            "am",
            "bn",
            "ta",
            "te",
            "ml",
            "kn",
            "gu",
            "pa",
            "si",
            "km",
        ),
        "all",
    ),
}
"""What an outlet's language needs besides Latin letters."""

FREQUENT = (
    "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllllcccuuummmwwffggyyppbbvk"
    + " " * 18
)
"""Letters in their frequency in English, to measure the width of running text."""


class Face(Struct, frozen=True):
    """A typeface of the site.

    Metrics are in ems: those of a line, and the mean width of a letter, also in bold.
    """

    data: bytes
    weights: tuple[int, int]
    italic: bool
    ascent: float
    descent: float
    gap: float
    width: float
    bold: float


class Unusable(Exception):
    """A file is no typeface that a browser could use; the message says why."""


def letters_for(lang: str) -> tuple[str, ...]:
    """The letters that an outlet in this language needs, by their names."""
    other = OF_LANGUAGES.get(lang.partition("-")[0].lower())
    if other:
        return ("latin", other)
    return ("latin",)


def own(role: str) -> list[Face]:
    """The engine's own faces of a role.

    The italic, which only the serif has, is loaded where a page has slanted words.
    """
    return [shipped(name) for name in (("serif", "italic") if role == "serif" else (role,))]


@cache
def shipped(name: str) -> Face:
    """One of the engine's own typefaces: serif, its italic, or sans."""
    measures = msgspec.json.decode((SHIPPED / MEASURES).read_bytes(), type=dict[str, Face])
    return replace(measures[name], data=(SHIPPED / f"{name}.woff2").read_bytes())


def kept_or_cut(path: Path, letters: tuple[str, ...], kept: Path) -> Face:
    """A file's typeface with these letters; `kept` is the folder with those of earlier builds.

    Raises Unusable or OSError.
    """
    data = path.read_bytes()
    place = kept / digest(WAY, data, *letters)
    if (found := picture_store.read(place)) is not None:
        return msgspec.msgpack.decode(found, type=Face)
    log.info(
        "Cutting %s down to its %s letters; later builds find it cut.",
        path.name,
        " and ".join(letters),
    )
    face = cut(data, letters)
    picture_store.write(place, msgspec.msgpack.encode(face))
    return face


def cut(data: bytes, letters: Iterable[str], features: Iterable[str] = ()) -> Face:
    """The typeface of a WOFF2 file with these letters, without hints, which no screen of today
    reads.

    Of what the font can do with letters, such as ligatures, only these `features` stay if any are
    named.
    """
    if len(data) > MOST_BYTES:
        raise Unusable(f"has {len(data):,} bytes, and may have {MOST_BYTES:,}")
    if not data.startswith(WOFF2):
        raise Unusable(
            "is not a WOFF2 file; a tool such as woff2_compress makes one of a TTF or OTF"
        )
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont

        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
        options = Options()
        options.hinting = False
        if features:
            options.layout_features = [*features]
        options.notdef_outline = True
        options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # what licences require to be kept
        subsetter = Subsetter(options)
        ranges = (*COMMON, *(each for name in letters for each in LETTERS[name]))
        known = font.getBestCmap()
        subsetter.populate(
            unicodes=[
                code for code in known if any(first <= code <= last for first, last in ranges)
            ]
        )
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made, reorderTables=True)
        return replace(measured(font), data=made.getvalue())
    except Exception as problem:  # fontTools fails in many ways at a damaged file
        raise Unusable(f"is not a valid WOFF2 file: {type(problem).__name__}: {problem}") from None


def measured(font: TTFont) -> Face:
    """The metrics of a font, without its bytes."""
    em, line, style = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    axes = {}
    if "fvar" in font:
        axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    axis = axes.get("wght")
    if axis:
        weights = (round(axis.minValue), round(axis.maxValue))
    else:
        weights = (style.usWeightClass, style.usWeightClass)
    return Face(
        data=b"",
        weights=weights,
        italic=bool(font["post"].italicAngle) or bool(style.fsSelection & 1),
        ascent=round(line.ascent / em, 4),
        descent=round(-line.descent / em, 4),
        gap=round(line.lineGap / em, 4),
        width=_width(font, {"wght": 400} if axis else {}),
        bold=_width(font, {"wght": min(axis.maxValue, 700)} if axis else {}),
    )


def _width(font: TTFont, location: Mapping[str, float]) -> float:
    """The mean width of a letter; for a font without Latin letters, its own declared average."""
    names, glyphs = font.getBestCmap(), font.getGlyphSet(location=dict(location))
    if not all(ord(letter) in names for letter in FREQUENT):
        return float(round(font["OS/2"].xAvgCharWidth / font["head"].unitsPerEm, 4))
    widths = {letter: glyphs[names[ord(letter)]].width for letter in set(FREQUENT)}
    return float(
        round(
            sum(widths[letter] for letter in FREQUENT) / len(FREQUENT) / font["head"].unitsPerEm, 4
        )
    )
