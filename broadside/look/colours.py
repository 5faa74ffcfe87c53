"""Contrast between colours, and the nearest colour with enough of it."""

from __future__ import annotations

from collections.abc import Sequence

Channels = tuple[float, float, float]
STEPS = 40
"""How often a search halves a range: far more often than eight bits can show."""


def channels(colour: str) -> Channels:
    """The red, green and blue of a colour such as #fff or #ffffff, from 0 to 1."""
    if len(colour) == 7:
        digits = colour[1:]
    else:
        digits = "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def hexadecimal(colour: Channels) -> str:
    """A colour as #rrggbb."""
    return "#" + "".join(f"{round(min(max(each, 0), 1) * 255):02x}" for each in colour)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Sequence[str]) -> float:
    """The lowest contrast of the colour with any of the backgrounds."""
    return min(contrast(colour, ground) for ground in grounds)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, with this share of the other."""
    return hexadecimal(_between(channels(one), channels(other), share))


def passing(colour: str, grounds: Sequence[str], least: float) -> str:
    """The colour itself if its contrast with all backgrounds is at least this, else the nearest of
    its hue that passes, or "".

    It is mixed with black or white until it passes; of the two ways, the shorter one is taken.
    """
    if least_contrast(colour, grounds) >= least:
        return colour
    found = [
        each for end in ("#000000", "#ffffff") if (each := _towards(end, colour, grounds, least))
    ]
    return min(found, key=lambda each: _distance(each, colour), default="")


def _towards(end: str, colour: str, grounds: Sequence[str], least: float) -> str:
    """The first colour that passes on the way to black or white; "" if not even the end does."""
    if least_contrast(end, grounds) < least:
        return ""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (
            (low, middle)
            if least_contrast(mixed(colour, end, middle), grounds) >= least
            else (middle, high)
        )
    return mixed(colour, end, high)


def _between(one: Channels, other: Channels, share: float) -> Channels:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _distance(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(channels(one), channels(other), strict=True))


def _luminance(colour: str) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
