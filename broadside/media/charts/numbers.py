"""The numbers of charts: round steps for an axis, and how a number is written in a language."""

from __future__ import annotations

import math
from collections.abc import Iterable

from broadside.words import Language

STEPS = (1, 2, 2.5, 5, 10)
ALIKE = 1e-9
"""Numbers that differ by a smaller part of themselves are the same to whoever looks at a chart."""


def steps(least: float, most: float, number: int = 4) -> list[float]:
    """Round numbers at even distances, about so many, that reach from below the least to above the most."""
    if most <= least:
        least, most = min(least, 0.0), max(most, 0.0, least + 1)
    rough = (most - least) / number
    exponent = math.floor(math.log10(rough))
    power = 10.0**exponent
    step = next(each * power for each in STEPS if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [round(at * step, 3 - exponent) for at in range(first, last + 1)]


def bounds(numbers: Iterable[float], *, from_zero: bool) -> tuple[float, float]:
    """The least and the most of numbers; bars begin at zero, and lines do unless that would flatten them."""
    found = list(numbers)
    least, most = min(found), max(found)
    is_flat = most - least <= ALIKE * max(abs(least), abs(most))
    if from_zero or 0 < least < most * 0.6 or is_flat:
        least, most = min(least, 0.0), max(most, 0.0)
        return least, most if most > least else 1.0
    return least, most


def written(number: float, words: Language) -> str:
    """A number as the language writes it: 1,234.5."""
    if number == int(number):
        whole, part = int(number), ""
    else:
        text = f"{abs(number):.10f}".rstrip("0")
        whole, part = int(text.partition(".")[0]), text.partition(".")[2]
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    point = "." if words.pgettext("number", "1,234").startswith("1,") else ","
    return sign + words.number(abs(whole)) + (point + words.digits(part) if part else "")
