"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.versions.shapes import FirstDay
    from broadside.shapes import ApartPlace

## The outlet
VERSIONS: FirstDay = ""
"""The day from which readers can see [what changed](editors-reference.md#earlier-versions) in
stories that are corrected or updated, word by word, as Git knows it: today's, such as
`"2026-12-01"`, or an earlier one for older corrections too.
"""

## Addresses
VERSIONS_URL: ApartPlace = "versions/"
"""The page of what changed in a story: the folder below the story's own address."""
