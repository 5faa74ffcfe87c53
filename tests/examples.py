"""How many examples property-based tests try."""

from __future__ import annotations

from hypothesis import settings

EVERY_DAY, ALL = 10, 100
"""How many a test tries that does not say otherwise: in ./inv test, and with --all."""


def times(factor: float) -> int:
    """So many times what a test tries that does not say otherwise."""
    return round(factor * settings().max_examples)
