"""How many examples tests of properties try, and in how many languages others are run."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

from broadside.words import Catalogs

EVERY_DAY, ALL = 10, 100
"""How many a test tries that does not say otherwise: in ./inv test, and with --all."""


def times(factor: float) -> int:
    """So many times what a test tries that does not say otherwise."""
    return round(factor * settings().max_examples)


def languages(*quick: str) -> list[Any]:
    """The languages of the engine's catalogs as parameters, of which only these are quick."""
    return [
        pytest.param(lang, marks=() if lang in quick else pytest.mark.slow)
        for lang in sorted(Catalogs().languages)
    ]
