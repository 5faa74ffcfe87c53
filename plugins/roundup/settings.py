"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.roundup.shapes import Letters
    from broadside.shapes import ApartPlace, Some

## What readers can do
ROUNDUP: Letters | None = None
"""The weekly letter, `./inv roundup`, and the server through which a test is sent."""

## How much
ROUNDUP_LEAST: Some = 3
"""The fewest stories that a round-up may have; with fewer, `./inv roundup` makes no mail, and
fails.
"""

## Addresses
ROUNDUP_URL: ApartPlace = "roundup/"
"""The round-ups."""
