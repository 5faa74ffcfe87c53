"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.shapes import ApartPlace

## Addresses
BLOGROLL_URL: ApartPlace = "blogroll/"
"""The [sites that you recommend](editors-reference.md#a-blogroll), once there is
`blogroll.opml`.
"""
