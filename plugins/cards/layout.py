"""Breaks a headline into lines, and finds its size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

Measure = Callable[[str], float]
"""Returns the width of an unbroken text, as a multiple of the size."""
SPACE = re.compile(r"[ \t\n]+")
"""Where a line may break; not at a no-break space."""
IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d"
)
NOT_FIRST = (
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗〟!),.:;?]}"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥"
)
NOT_LAST = "‘“（〔［｛〈《「『【〘〖〝([{"
_OPENING, _CLOSING = f"[{re.escape(NOT_LAST)}]*", f"[{re.escape(NOT_FIRST)}]*"
PART = re.compile(
    f"{_OPENING}[{IDEOGRAPHS}]{_CLOSING}|[^{IDEOGRAPHS}—]+?(?={_OPENING}[{IDEOGRAPHS}]|—|$)—*|—+{_CLOSING}|."
)
"""A part that must not be broken: a Chinese or Japanese character with its punctuation, or other
letters up to a dash.
"""
ELLIPSIS = "…"


class Metrics(Struct, frozen=True):
    """A font's measurements: the width of a text, and the line spacing as a multiple of the
    size.
    """

    measure: Measure
    leading: float


class SetText(Struct, frozen=True):
    """A text in lines at a size in pixels."""

    lines: list[str]
    size: int


def fit(
    text: str, box: tuple[int, int], sizes: Sequence[int], metrics: Metrics, most: int
) -> SetText:
    """The text in the largest size that fits into a box of pixels, in at most `most` lines of about
    equal length.

    If it fits in no size, it is set in the smallest, words that are too long are broken, and it
    ends in an ellipsis.
    """
    measure, leading = metrics.measure, metrics.leading
    parts = [(part, measure(part)) for part in parts_of(text)]
    space = measure("n n") - measure("nn")
    for size in sizes:
        limit, room = box[0] / size, min(most, int(box[1] / (size * leading)))
        if all(width <= limit for _, width in parts):
            lines = lines_of(parts, limit, space)
            if len(lines) <= room:
                return SetText(balanced(parts, limit, space, len(lines)), size)
    limit, room = box[0] / sizes[-1], max(1, min(most, int(box[1] / (sizes[-1] * leading))))
    parts = [piece for part in parts for piece in _chopped(part, limit, measure)]
    lines = lines_of(parts, limit, space)
    if len(lines) <= room:
        return SetText(balanced(parts, limit, space, len(lines)), sizes[-1])
    return SetText([*lines[: room - 1], _cut(lines[room - 1], limit, measure)], sizes[-1])


def parts_of(text: str) -> list[str]:
    """The parts between which a line may break; a part that follows a space begins with it."""
    parts: list[str] = []
    for word in SPACE.split(text.strip()):
        first, *rest = PART.findall(word) or [word]
        parts += [f" {first}" if parts else first, *rest]
    return parts


def lines_of(parts: Sequence[tuple[str, float]], limit: float, space: float) -> list[str]:
    """The lines, each filled with as many parts as fit."""
    lines: list[str] = []
    room = -1.0
    for part, width in parts:
        bare = width
        if part.startswith(" "):
            bare = width - space
        if lines and width <= room + 1e-9:
            lines[-1] += part
            room -= width
        else:
            lines.append(part.lstrip(" "))
            room = limit - bare
    return lines


def balanced(
    parts: Sequence[tuple[str, float]], limit: float, space: float, count: int
) -> list[str]:
    """`count` lines of lengths as equal as possible: of all ways to break them, the one with the
    smallest sum of squares.
    """
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        longer: dict[int, tuple[float, list[int]]] = {}
        for begin, (cost, ends) in ways.items():
            width = 0.0
            for end, (part, its_width) in enumerate(parts[begin:], begin + 1):
                width += its_width - (space if end == begin + 1 and part.startswith(" ") else 0)
                if width > limit + 1e-9 and end > begin + 1:
                    break
                if end not in longer or cost + width**2 < longer[end][0]:
                    longer[end] = (cost + width**2, [*ends, end])
        ways = longer
    _, ends = ways[len(parts)]
    return ["".join(part for part, _ in parts[i:j]).lstrip(" ") for i, j in pairwise([0, *ends])]


def _chopped(part: tuple[str, float], limit: float, measure: Measure) -> list[tuple[str, float]]:
    """A part that is wider than a line, in pieces that fit."""
    text, width = part
    if width <= limit:
        return [part]
    pieces = [""]
    for letter in _letters(text):
        if pieces[-1].strip() and measure(pieces[-1] + letter) > limit:
            pieces.append("")
        pieces[-1] += letter
    return [(piece, measure(piece)) for piece in pieces]


def _cut(line: str, limit: float, measure: Measure) -> str:
    letters = _letters(line)
    while letters and measure("".join(letters).rstrip() + ELLIPSIS) > limit:
        letters.pop()
    return "".join(letters).rstrip(" ,;:–—-") + ELLIPSIS


def _letters(text: str) -> list[str]:
    """Letters as people count them, each with its marks."""
    letters: list[str] = []
    for sign in text:
        is_mark = unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")
        if letters and (is_mark or letters[-1].endswith("\u200d")):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters
