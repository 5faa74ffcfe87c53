"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.shapes import ApartPlace

## The outlet
VERSIONS: bool = False
"""Whether readers can see [what changed](editors-reference.md#earlier-versions) in stories that
were corrected or updated, word by word, as Git knows it.
"""

## Addresses
VERSIONS_URL: ApartPlace = "versions/"
"""The page of what changed in a story: the folder below the story's own address."""
