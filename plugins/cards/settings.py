"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.shapes import Day

## Cards
CARDS: bool | Day = False
"""Whether stories have cards; a new outlet has `True` in `publishconf.py`.

A card takes about 10 milliseconds to draw, 60 with a photo, and nobody shares a link to a preview,
so only the live site has them. A day, such as `"2025-01-01"`, gives cards only to stories from that
day on, which makes the first build of a large archive quicker.
"""
CARD_FONTS: str = ""
"""A folder of the outlet with fonts that are tried before Broadside's own: [Fonts of
cards](#fonts-of-cards).
"""
