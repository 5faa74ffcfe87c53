"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.support.shapes import Support
    from broadside.shapes import TextPlace

## What readers can do
SUPPORT: Support | None = None
"""The [call for readers' support](editors-reference.md#the-call-for-support).

No script of the provider's is ever loaded. `None` leaves it out.
"""

## Addresses
SUPPORT_URL: TextPlace = "support/"
"""The page about support, if `SUPPORT` is set. Its text is that of a page of yours at this
address.
"""
