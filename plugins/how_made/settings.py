"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.shapes import TextPlace

## Addresses
AI_URL: TextPlace = "ai/"
"""The page that lists the stories in which artificial intelligence [had a
part](editors-reference.md#how-a-story-was-made), once there is one. Its text is that of a page
of yours at this address.
"""
