"""Draws a card: its words on a dark background, beside the photo if there is one.

A text is set in one font: the first that has all its letters. If none has them, the text is left
out, because empty boxes mean nothing to anyone, and a system's own fonts would give a different
card on every machine.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from broadside.faults import quoted
from broadside.media.photos import Derivative, Kind, Original, Problem
from broadside.media.pictures import decode_file
from broadside.plugins.cards.layout import Metrics, fit
from broadside.plugins.cards.values import (
    HEIGHT,
    MOST_BYTES,
    WIDTH,
    CardsFailed,
    Colours,
    Design,
    Ink,
    Words,
    is_small,
)

IN_NO_FONT = "\uffff"
"""A letter that no font has, to find out how a font draws missing letters."""
SHAPES = bool(features.check("raqm"))
"""Whether this machine has FriBidi.

Without it, letters stand side by side as they come, which is all that most scripts need.
"""
NO_FRIBIDI = (
    "the card of {} cannot be drawn without FriBidi, because its letters join or run to the left;"
    " install it (Debian, Ubuntu: apt install libfribidi0; macOS: brew install fribidi), or set"
    " CARDS to False"
)
INKS = ("ink", "soft", "accent")
STEPS = 24
"""How many shades of each ink are in the palette of a card without a photo; the mark's colours
follow them.
"""
EDGE, GUTTER, PHOTO_WIDTH = 64, 44, 500
BAR, KICKER_AT, HEADLINE_AT, BYLINE_AT, RULE_AT, NAME_AT = 10, 92, 118, 504, 534, 592
"""Pixels from the top; for lines of text, to the baseline."""
MARK, MARK_ALONE = 38, 120
SEEN = 8
"""How much a mark's background may differ from a card's, of 255, to count as the same."""
QUALITIES = (82, 70, 55, 40, 25, 10, 1)


class TextStyle(Struct, frozen=True):
    """A text's ink, sizes and greatest number of lines, and whether further lines go "up" or
    "down".
    """

    ink: str
    sizes: tuple[int, ...]
    most: int = 1
    grow: str = ""

    @property
    def small(self) -> bool:
        """Whether it is a small line rather than a headline or the outlet's name."""
        return self.ink != "ink"


HEADLINE = TextStyle(
    "ink", (144, 128, 112, 100, 90, 80, 72, 64, 58, 52, 46, 40, 36, 32, 28), 9, "down"
)
KICKER, BYLINE = TextStyle("accent", (30, 26, 22)), TextStyle("soft", (27, 24, 21), 3, "up")
NAME, NAME_ALONE = TextStyle("ink", (36, 30, 24)), TextStyle("ink", (84, 64, 48, 36))
CREDIT = TextStyle("soft", (17, 15, 13), 4, "up")


class Canvas(Struct):
    """The words of a card in one layer for each ink; lines begin at `start`, and run to the left if
    it is `rtl`.
    """

    design: Design
    words: Words
    start: int
    layers: dict[str, Image.Image] = field(
        default_factory=lambda: {ink: Image.new("L", (WIDTH, HEIGHT)) for ink in INKS}
    )

    def text(self, text: str, style: TextStyle, box: tuple[int, int], at: int) -> int:
        """Draw a text with the baseline of a single line at `at`; returns its height, 0 if no font
        has its letters.

        Several lines go down from a top at `at`, or up from a last line there.
        """
        path = font_for(text, self.design.fonts, style.small)
        if not text or not path:
            return 0
        metrics = Metrics(lambda part: opened(path, 100).getlength(part) / 100, leading_of(path))
        fitted = fit(text, box, style.sizes, metrics, style.most)
        font, step = opened(path, fitted.size), round(fitted.size * metrics.leading)
        up, down = step * (1 - len(fitted.lines)), round(fitted.size * metrics.leading * 0.8)
        first = at + {"up": up, "down": down}.get(style.grow, 0)
        rtl, pen = self.words.rtl, ImageDraw.Draw(self.layers[style.ink])
        # The headline is in the story's language; names and terms may be in another.
        if style.small:
            direction = None
        elif rtl:
            direction = "rtl"
        else:
            direction = "ltr"
        told: dict[str, Any] = (
            {"direction": direction, "language": self.words.lang} if SHAPES else {}
        )
        if not SHAPES and any(map(_needs_shaping, text)):
            raise CardsFailed(NO_FRIBIDI.format(quoted(text)))
        for number, line in enumerate(fitted.lines):
            pen.text(
                (self.start, first + step * number),
                line,
                255,
                font,
                "rs" if rtl else "ls",
                **told,
            )
        return step * len(fitted.lines)

    def bar(self, ink: str, width: int, top: int, height: int, shade: int = 255) -> None:
        """Draw a bar that begins where lines begin."""
        left = self.start
        if self.words.rtl:
            left = self.start - width
        ImageDraw.Draw(self.layers[ink]).rectangle(
            (left, top, left + width - 1, top + height - 1), shade
        )


class CardJob(Struct, frozen=True):
    """A card that the store lacks; `path` is its photo or, without one, the story's source."""

    path: Path
    derivatives: tuple[Derivative, ...]
    words: Words
    photo: Original | None
    design: Design

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The card with its bytes."""
        return [(one, card(self.words, self._column(), self.design, one.kind)) for one in wanted]

    def failed(self, fault: Exception) -> Problem:
        """Blame the photo: no words can make a card fail, and a bad font or mark stops all
        cards.
        """
        return Problem(
            "photo-damaged", f"{self.path.name} cannot be put on a card: {fault}", "export it again"
        )

    def _column(self) -> Image.Image | None:
        """The photo, cropped to its column."""
        if not self.photo:
            return None
        scale = max(PHOTO_WIDTH / self.photo.width, HEIGHT / self.photo.height)
        width = max(PHOTO_WIDTH, round(self.photo.width * scale))
        height = max(HEIGHT, round(self.photo.height * scale))
        across, down = self.derivatives[0].cut_at
        left, top = int((width - PHOTO_WIDTH) * across), int((height - HEIGHT) * down)
        photo = decode_file(self.path, self.photo.digest, (width, height)).convert("RGB")
        return photo.crop((left, top, left + PHOTO_WIDTH, top + HEIGHT))


def card(words: Words, photo: Image.Image | None, design: Design, kind: Kind) -> bytes:
    """The bytes of a card; `photo` is already cropped to its column."""
    if not font_for(words.credit, design.fonts, small=True):
        photo = None  # no photo without its credit
    panel = WIDTH
    if photo:
        panel = WIDTH - PHOTO_WIDTH
    left = 0
    if words.rtl:
        left = WIDTH - panel
    canvas = Canvas(design, words, left + panel - EDGE if words.rtl else EDGE)
    marks = _draw_words(canvas, panel - EDGE - (GUTTER if photo else EDGE))
    if kind == "png":
        return _as_png(canvas, marks)
    sheet = Image.new("RGB", (WIDTH, HEIGHT), design.colours.ground)
    if photo:
        _draw_photo(sheet, photo, 0 if words.rtl else panel, canvas)
    for ink, layer in canvas.layers.items():
        sheet.paste(design.colours.inks[ink], (0, 0), layer)
    for mark, place in marks:
        sheet.paste(mark, place)
    return _as_jpeg(sheet)


def without_font(words: Words, design: Design) -> list[str]:
    """The texts that no font can set: without a headline a card shows the mark, without the credit
    it has no photo.
    """
    parts = ("headline", "kicker", "byline", "credit")
    return [
        part
        for part in parts
        if not font_for(getattr(words, part), design.fonts, small=part != "headline")
    ]


def _draw_words(canvas: Canvas, width: int) -> list[tuple[Image.Image, tuple[int, int]]]:
    """Draw all texts except the credit; returns the mark and its position."""
    words = canvas.words
    canvas.bar("accent", EDGE, 0, BAR)
    if not font_for(words.headline, canvas.design.fonts):
        mark = _mark(canvas, MARK_ALONE, 170)
        canvas.text(words.outlet, NAME_ALONE, (width, 200), 400)
        return mark
    canvas.text(words.kicker, KICKER, (width, 60), KICKER_AT)
    names = canvas.text(words.byline, BYLINE, (width, 120), BYLINE_AT)
    canvas.text(
        words.headline, HEADLINE, (width, BYLINE_AT - names - 12 - HEADLINE_AT), HEADLINE_AT
    )
    canvas.bar("soft", width, RULE_AT, 1, 110)
    mark = _mark(canvas, MARK, NAME_AT - MARK + 4)
    taken = 0
    if mark:
        taken = mark[0][0].width + 16
    begin, canvas.start = canvas.start, canvas.start + (-taken if words.rtl else taken)
    canvas.text(words.outlet, NAME, (width - taken, 50), NAME_AT)
    canvas.start = begin
    return mark


def _mark(canvas: Canvas, size: int, top: int) -> list[tuple[Image.Image, tuple[int, int]]]:
    if not canvas.design.mark:
        return []
    mark = _mark_of(canvas.design.mark, size, canvas.design.colours.ground)
    return [(mark, (canvas.start - mark.width if canvas.words.rtl else canvas.start, top))]


@lru_cache(8)
def _mark_of(path: Path, height: int, ground: Ink) -> Image.Image:
    """The mark without its background, so that it lines up with the letters."""
    try:
        with Image.open(path) as image:
            whole = image.convert("RGBA")
    except OSError:
        raise CardsFailed(f"{path} cannot be read as a picture") from None
    flat = Image.alpha_composite(Image.new("RGBA", whole.size, ground), whole).convert("RGB")
    difference = ImageChops.difference(flat, Image.new("RGB", flat.size, ground)).convert("L")
    bare = flat.crop(difference.point(lambda level: 255 * (level > SEEN)).getbbox())
    return bare.resize(
        (max(1, round(bare.width * height / bare.height)), height), Image.Resampling.LANCZOS
    )


def _draw_photo(sheet: Image.Image, photo: Image.Image, column: int, canvas: Canvas) -> None:
    """Put the photo into its column, and its credit on a dark strip at the bottom."""
    start, canvas.start = canvas.start, column + (PHOTO_WIDTH - 16 if canvas.words.rtl else 16)
    strip = canvas.text(canvas.words.credit, CREDIT, (PHOTO_WIDTH - 32, 90), HEIGHT - 14) + 16
    canvas.start = start
    sheet.paste(photo, (column, 0))
    sheet.paste(
        canvas.design.colours.ground,
        (column, HEIGHT - strip),
        Image.new("L", (PHOTO_WIDTH, strip), 225),
    )


def _as_jpeg(sheet: Image.Image) -> bytes:
    data = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        sheet.save(buffer, "JPEG", quality=quality, subsampling="4:4:4", optimize=True)
        data = buffer.getvalue()
        if len(data) <= MOST_BYTES:
            break
    return data


def _as_png(canvas: Canvas, marks: list[tuple[Image.Image, tuple[int, int]]]) -> bytes:
    sheet, colours = Image.new("L", (WIDTH, HEIGHT)), _palette(canvas.design.colours)
    for number, layer in enumerate(canvas.layers.values()):
        box = layer.getbbox()
        if box:  # skip a layer without letters
            shades = layer.crop(box).point(_shades(number))
            sheet.paste(ImageChops.lighter(sheet.crop(box), shades), box)
    first = len(colours) // 3
    for mark, place in marks:
        few, palette = _few_colours(mark)
        sheet.paste(few.point([level + first for level in range(256)], "L"), place)
        colours = [*colours, *palette]
    sheet.putpalette(colours)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


@cache
def _palette(colours: Colours) -> list[int]:
    """The palette: the background, and each ink in its shades."""
    palette = list(colours.ground)
    for ink in INKS:
        for step in range(1, STEPS):
            pairs = zip(colours.ground, colours.inks[ink], strict=True)
            palette += [ground + (full - ground) * step // (STEPS - 1) for ground, full in pairs]
    return palette


@cache
def _shades(number: int) -> list[int]:
    """For each of 256 levels, the place in the palette of an ink's shade."""
    return [
        0,
        *(
            number * (STEPS - 1) + max(1, round(level * (STEPS - 1) / 255))
            for level in range(1, 256)
        ),
    ]


def _few_colours(mark: Image.Image) -> tuple[Image.Image, list[int]]:
    few = mark.quantize(64)
    return few, (few.getpalette() or [])[: 3 * 64]


def font_for(text: str, fonts: Sequence[Path], small: bool = False) -> Path | None:
    """The first font that has all letters of a text; for small lines, fonts made for them are tried
    first.
    """
    for_small = []
    if small:
        for_small = [path for path in fonts if is_small(path)]
    rest = [path for path in fonts if not is_small(path)]
    letters = set(text)
    return next(
        (path for path in (*for_small, *rest) if all(has(path, letter) for letter in letters)), None
    )


@lru_cache(4096)
def has(path: Path, letter: str) -> bool:
    """Whether a font has a letter; true for spaces and characters that are not printed."""
    if letter.isspace() or unicodedata.category(letter) == "Cf":
        return True
    return _drawn(path, letter) != _drawn(path, IN_NO_FONT)


@lru_cache(512)
def opened(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels."""
    try:
        layout_engine = ImageFont.Layout.BASIC
        if SHAPES:
            layout_engine = ImageFont.Layout.RAQM
        return ImageFont.truetype(path, size, layout_engine=layout_engine)
    except OSError:
        raise CardsFailed(f"{path} cannot be read as a font") from None


def _needs_shaping(letter: str) -> bool:
    """Whether a letter is read from the right, or stands on or under another."""
    return unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in (
        "Mn",
        "Mc",
    )


def leading_of(path: Path) -> float:
    """Line spacing as a multiple of the size: scripts with stacked marks need more."""
    ascent, descent = opened(path, 100).getmetrics()
    return max(1.1, 0.8 * (ascent + descent) / 100)


def _drawn(path: Path, letter: str) -> tuple[bytes, tuple[int, int]]:
    mask, offset = opened(path, 24).getmask2(letter, "L")
    return bytes(mask), (offset[0], offset[1])
