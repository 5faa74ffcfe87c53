"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.republish.shapes import Republish
    from broadside.shapes import ApartPlace

## What readers can do
REPUBLISH: Republish | None = None
"""The terms on which other outlets may republish your stories.

Each story then has a page with its HTML and text to copy; `republish: no` in a story excludes it.
`None` offers nothing.
"""

## Addresses
REPUBLISH_URL: ApartPlace = "republish/"
"""The page from which others may copy a story: the folder below the story's own address."""
