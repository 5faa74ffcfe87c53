"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import Literal

from broadside.settings import PluginSettings
from broadside.shapes import Keys, Service


class Statistics(Keys):
    """The service that counts readers, and where it runs."""

    service: Literal["goatcounter", "plausible", "umami", "matomo"]
    """What counts them."""
    url: Service
    """Where it runs, on its makers' host or on yours, such as `"https://halyard.goatcounter.com"`,
    `"https://plausible.io"`, `"https://cloud.umami.is"` or `"https://stats.example.org"`. On the
    site's own host, name its path in `ELSEWHERE_PATHS`.
    """
    site: str = ""
    """By what it knows your site: Plausible by your domain, Umami by an id, Matomo by a number in
    quotes. GoatCounter wants none.
    """
    picture: bool = False
    """`True` counts by a picture instead of a script (GoatCounter, Matomo): also who has scripts
    switched off, and programs too.
    """
    privacy: str = "privacy/"
    """The address of your page about privacy, if it is not `"privacy/"`.

    A sentence at its end says what is counted, and by whom.
    """


class StatisticsSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    STATISTICS: Statistics | None = None
    """The service that [counts your readers](for-site-owners.md#counting-readers), such as
    `{"service": "plausible", "url": "https://plausible.io", "site": "example.org"}`. `None` counts
    nobody.
    """
