"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import TextPlace


class HowMadeSettings(PluginSettings):
    """What an outlet sets of it."""

    ## Addresses
    AI_URL: TextPlace = "ai/"
    """The page that lists the stories in which artificial intelligence [had a
    part](editors-reference.md#how-a-story-was-made), once there is one. Its text is that of a page
    of yours at this address.
    """
