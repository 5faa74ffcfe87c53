"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace


class BlogrollSettings(PluginSettings):
    """What an outlet sets of it."""

    ## Addresses
    BLOGROLL_URL: ApartPlace = "blogroll/"
    """The [sites that you recommend](editors-reference.md#a-blogroll), once there is
    `blogroll.opml`.
    """
