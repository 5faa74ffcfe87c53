"""Decides which derivatives a photo gets, from its size alone, so that pages can be rendered before
pictures exist.

So all data about a site's photos, from the path in a story to the values in a template, is known
before any is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.media.photos import (
    Crop,
    Derivative,
    Description,
    Focus,
    Kind,
    Original,
    Photo,
    PhotoSource,
)

EXTENSIONS: dict[Kind, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
FALLBACK_WIDTH = 800
SHAPES = ((16, 9), (4, 3), (1, 1))
"""The shapes in which search engines and other sites want a lead photo."""
CUT_FROM, TOP = 1200, 0.4
"""The width from which shapes are cropped, so that they need no scaling of their own; and how much
of what is cropped off a tall picture is taken from the top: less than from the bottom, because
faces are near the top.
"""


class Recipe(Struct, frozen=True):
    """The widths of pictures, and their formats with quality, best format first.

    Raise `version` when the code in pictures.py changes what a picture looks like: every picture
    then gets a new URL.
    """

    widths: tuple[int, ...] = (480, 800, 1200, 1600)
    formats: tuple[tuple[Kind, int], ...] = (("avif", 45), ("webp", 65), ("jpeg", 72))
    version: int = 1


RECIPE = Recipe()


class Photos(Struct):
    """Makes photos of inspected originals, and records which derivatives they need: `used` maps
    paths to plans.
    """

    originals: Mapping[str, Original]
    used: dict[str, tuple[Derivative, ...]] = field(default_factory=dict)

    def photo(self, path: str, words: Description) -> Photo:
        """The photo of the original at a path, with the story's words."""
        if path not in self.used:
            self.used[path] = plan(self.originals[path])
        return photo(self.used[path], words)

    def shown(self, path: str, words: Description) -> Photo:
        """The same, or a photo without a file if there is no such original, as in a text that was
        imported without it.
        """
        if path in self.originals:
            return self.photo(path, words)
        return Photo(words.alt, words.caption, words.credit, words.credit_label, 0, 0, "", ())

    def lead(self, path: str, words: Description) -> Photo:
        """The same for a photo that leads a story, with its crops."""
        plain = self.photo(path, words)
        cut = crops(self.originals[path], words.focus)
        if cut[0] not in self.used[path]:
            self.used[path] += cut
        return replace(plain, crops=tuple(Crop(one.name, one.width, one.height) for one in cut))

    def artwork(self, path: str) -> Derivative:
        """A picture as a square JPEG, as directories of feeds want it."""
        self.used.setdefault(path, plan(self.originals[path]))
        one = artwork(self.originals[path])
        if one not in self.used[path]:
            self.used[path] += (one,)
        return one


def artwork(original: Original, recipe: Recipe = RECIPE) -> Derivative:
    """The largest square from the middle of the widest derivative, as a JPEG."""
    width = max(_widths(original, recipe))
    whole = (width, _height(original, width))
    side, quality = min(whole), dict(recipe.formats)["jpeg"]
    name = f"photos/{original.stem}-{_address(original, recipe, 'artwork')}-{side}x{side}.jpg"
    return Derivative(name, side, side, "jpeg", quality, original.digest, whole)


def plan(original: Original, recipe: Recipe = RECIPE) -> tuple[Derivative, ...]:
    """The derivatives of one original, best format first and narrowest first within a format."""
    address = _address(original, recipe)
    return tuple(
        Derivative(
            name=f"photos/{original.stem}-{address}-{width}.{EXTENSIONS[kind]}",
            width=width,
            height=_height(original, width),
            kind=kind,
            quality=quality,
            source=original.digest,
        )
        for kind, quality in recipe.formats
        for width in _widths(original, recipe)
    )


def crops(
    original: Original, focus: Focus | None = None, recipe: Recipe = RECIPE
) -> tuple[Derivative, ...]:
    """The original in each of SHAPES, as JPEGs cropped from one of its derivatives around the
    focus.
    """
    address = _address(original, recipe, SHAPES, CUT_FROM, TOP, *([focus] if focus else []))
    at = cut_at(focus, TOP)
    widths, quality = _widths(original, recipe), dict(recipe.formats)["jpeg"]
    width = max([width for width in widths if width <= CUT_FROM] or widths[:1])
    whole = (width, _height(original, width))
    return tuple(
        Derivative(
            f"photos/{original.stem}-{address}-{w}x{h}.jpg",
            w,
            h,
            "jpeg",
            quality,
            original.digest,
            whole,
            at,
        )
        for w, h in [_largest(whole, x, y) for x, y in SHAPES]
    )


def cut_at(focus: Focus | None, top: float) -> tuple[float, float]:
    """Which share of what is cropped off is taken from the left and from the top, as in
    object-position; `top` if there is no focus.
    """
    if focus:
        return (focus[0] / 100, focus[1] / 100)
    return (0.5, top)


def photo(derivatives: Sequence[Derivative], words: Description) -> Photo:
    """The photo for templates, from a plan and the story's words; `src` is a JPEG of moderate
    width.
    """
    derivatives = [one for one in derivatives if not one.cut_from]
    kinds = dict.fromkeys(derivative.kind for derivative in derivatives)
    sources = tuple(PhotoSource(f"image/{kind}", _candidates(derivatives, kind)) for kind in kinds)
    fallback = _fallback(derivatives)
    return Photo(
        alt=words.alt,
        caption=words.caption,
        credit=words.credit,
        credit_label=words.credit_label,
        width=fallback.width,
        height=fallback.height,
        src=fallback.name,
        sources=sources,
        redistribute=words.redistribute and bool(words.credit),
        focus=words.focus,
        breadth=words.breadth,
    )


def _address(original: Original, recipe: Recipe, *more: object) -> str:
    # The whole recipe counts: a changed quality is a changed picture, and caches keep these names
    # for ever.
    what = " ".join([original.digest, repr(recipe), *map(repr, more)])
    return hashlib.sha256(what.encode()).hexdigest()[:10]


def _widths(original: Original, recipe: Recipe) -> list[int]:
    # Never upscaled: an original narrower than the next step is the largest itself.
    return sorted({min(width, original.width) for width in recipe.widths})


def _height(original: Original, width: int) -> int:
    return max(1, (2 * original.height * width + original.width) // (2 * original.width))


def _largest(whole: tuple[int, int], x: int, y: int) -> tuple[int, int]:
    """The largest size of the shape x:y within a size."""
    width = max(1, min(whole[0], whole[1] * x // y))
    return width, max(1, min(whole[1], (2 * width * y + x) // (2 * x)))


def _candidates(derivatives: Sequence[Derivative], kind: Kind) -> tuple[tuple[str, int], ...]:
    return tuple((one.name, one.width) for one in derivatives if one.kind == kind)


def _fallback(derivatives: Sequence[Derivative]) -> Derivative:
    jpegs = sorted((one for one in derivatives if one.kind == "jpeg"), key=lambda one: one.width)
    return next((one for one in jpegs if one.width >= FALLBACK_WIDTH), jpegs[-1])
