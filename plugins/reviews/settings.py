"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.shapes import ApartPlace

## Addresses
REVIEWS_URL: ApartPlace = "reviews/"
"""The list of what was reviewed, once there is a [review](writers-reference.md#reviews)."""
