"""Colours and gradients, mixed in the OKLab space so that blends stay clean."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]
Colour = str | Array
Stops = Sequence[tuple[float, str]]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_LMS = np.linalg.inv(_TO_LMS)


def rgb(colour: Colour) -> Array:
    """A hex colour as three floats between 0 and 1; an array as it is."""
    if isinstance(colour, str):
        digits = colour.lstrip("#")
        values = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        return np.array(values, np.float32)
    return colour


def _to_oklab(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Convert sRGB values to OKLab."""
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T)


def _from_oklab(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Convert OKLab values back to sRGB, clipped to the gamut."""
    linear = np.clip(((values @ _FROM_LAB.T) ** 3) @ _FROM_LMS.T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


@lru_cache(maxsize=256)
def _table(stops: tuple[tuple[float, str], ...]) -> Array:
    """A 1024-step colour table that runs through the given stops."""
    places = [place for place, _ in stops]
    labs = _to_oklab(np.stack([rgb(colour) for _, colour in stops]).astype(np.float64))
    steps = np.linspace(places[0], places[-1], 1024)
    mixed = np.stack([np.interp(steps, places, labs[:, k]) for k in range(3)], axis=-1)
    return _from_oklab(mixed).astype(np.float32)


def ramp(position: npt.NDArray[np.floating], stops: Stops) -> Array:
    """Look up each position in the gradient made of the given stops."""
    first, last = stops[0][0], stops[-1][0]
    scaled = np.clip((position - first) / (last - first), 0, 1) * 1023
    return np.asarray(_table(tuple(stops))[scaled.astype(np.int32)])


def tint(share: float, stops: Stops) -> Array:
    """The one colour that lies at the given share of a gradient."""
    return np.asarray(ramp(np.array([share]), stops)[0])


def mix(first: str, second: str, share: float) -> Array:
    """The colour that lies the given share of the way from first to second."""
    return tint(share, [(0.0, first), (1.0, second)])
