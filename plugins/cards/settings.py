"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import Day


class CardsSettings(PluginSettings):
    """What an outlet sets of it."""

    ## Cards
    CARDS: bool | Day = False
    """Whether stories have cards; a new outlet has `True` in `publishconf.py`.

    A card takes about 10 milliseconds to draw, 60 with a photo, and nobody shares a link to a
    preview, so only the live site has them. A day, such as `"2025-01-01"`, gives cards only to
    stories from that day on, which makes the first build of a large archive quicker.
    """
    CARD_FONTS: str = ""
    """A folder of the outlet with fonts that are tried before Broadside's own: [Fonts of
    cards](#fonts-of-cards).
    """
