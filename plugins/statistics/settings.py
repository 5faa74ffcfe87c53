"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.statistics.shapes import Statistics

## What readers can do
STATISTICS: Statistics | None = None
"""The service that [counts your readers](for-site-owners.md#counting-readers), such as `{"service":
"plausible", "url": "https://plausible.io", "site": "example.org"}`. `None` counts nobody.
"""
