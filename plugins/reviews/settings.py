"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace


class ReviewsSettings(PluginSettings):
    """What an outlet sets of it."""

    ## Addresses
    REVIEWS_URL: ApartPlace = "reviews/"
    """The list of what was reviewed, once there is a [review](writers-reference.md#reviews)."""
